/** How far a node is. Actions vanish from a plan as they are done: the longest plan that was seen is the whole. */
import type { Node } from './api';

const longest = new Map<string, number>();

/** 0 to 1; undefined when the node does not work. */
export function progress(node: Node): number | undefined {
  if (node.state === 'ready' || node.state === 'new') {
    longest.delete(node.id);
    return undefined;
  }
  if (node.state !== 'working' || node.remaining === 0) return undefined;
  const whole = Math.max(longest.get(node.id) ?? 0, node.remaining);
  longest.set(node.id, whole);
  return (whole - node.remaining) / whole;
}
