/** How the fleet view is cut into groups, and which nodes it shows. Pure. */
import type { Node, State } from './api';
import { STATES, STATE_WORDS } from './states';
import { byName, model } from './words';

export type GroupBy = 'none' | 'role' | 'model' | 'state' | `label:${string}`;

export interface Group {
  name: string;
  nodes: Node[];
}

const NO_ROLE = 'no role';

/** Which groupings make sense for these nodes. */
export function groupings(nodes: readonly Node[]): { by: GroupBy; name: string }[] {
  const labels = new Set(nodes.flatMap((node) => Object.keys(node.labels ?? {})));
  return [
    { by: 'role', name: 'Role' },
    { by: 'model', name: 'Model' },
    { by: 'state', name: 'State' },
    ...[...labels].sort().map((label) => ({ by: `label:${label}` as const, name: label })),
    { by: 'none', name: 'Nothing' },
  ];
}

function key(node: Node, by: GroupBy): string {
  if (by === 'role') return node.role ?? (node.state === 'pending' ? STATE_WORDS.pending : NO_ROLE);
  if (by === 'model') return model(node.model);
  if (by === 'state') return STATE_WORDS[node.state];
  if (by === 'none') return '';
  const label = by.slice('label:'.length);
  const value = node.labels?.[label];
  return value === undefined ? `no ${label}` : `${label} ${value}`;
}

const ORDER: Record<string, number> = { manager: 0, worker: 1, [NO_ROLE]: 8, [STATE_WORDS.pending]: 9 };
const STATE_ORDER = new Map(STATES.map((state, place) => [STATE_WORDS[state], place]));

export function groups(nodes: readonly Node[], by: GroupBy): Group[] {
  const found = new Map<string, Node[]>();
  for (const node of nodes) {
    const name = key(node, by);
    const group = found.get(name);
    if (group) group.push(node);
    else found.set(name, [node]);
  }
  const rank = (name: string): number =>
    by === 'state' ? (STATE_ORDER.get(name) ?? 0) : name.startsWith('no ') && by !== 'role' ? 9 : (ORDER[name] ?? 5);
  return [...found]
    .map(([name, members]) => ({ name, nodes: members }))
    .sort((a, b) => rank(a.name) - rank(b.name) || byName(a, b));
}

export function counts(nodes: Iterable<Node>): Map<State, number> {
  const found = new Map<State, number>();
  for (const node of nodes) {
    found.set(node.state, (found.get(node.state) ?? 0) + 1);
  }
  return found;
}

/** Whether what somebody typed is in the node's name, serial, address, model, role, state or labels; all words of it. */
export function matches(node: Node, typed: string): boolean {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const labels = Object.entries(node.labels ?? {}).map(([label, value]) => `${label}=${value}`);
  const text = [node.name, node.id, node.address, model(node.model), node.role ?? NO_ROLE, STATE_WORDS[node.state], ...labels]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
