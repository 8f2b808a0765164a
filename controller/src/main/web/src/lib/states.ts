import type { Node, State } from './api';

/** The states as a person goes through them: what needs somebody first, what is well last. */
export const STATES: readonly State[] = [
  'failed',
  'blocked',
  'silent',
  'pending',
  'new',
  'removing',
  'revoked',
  'rebooting',
  'working',
  'waiting',
  'ready',
];

export const STATE_WORDS: Record<State, string> = {
  failed: 'failed',
  blocked: 'blocked',
  silent: 'silent',
  pending: 'wants in',
  new: 'no role',
  removing: 'leaving',
  revoked: 'shut out',
  rebooting: 'rebooting',
  working: 'working',
  waiting: 'waiting',
  ready: 'ready',
};

/** What so many nodes are: `1 wants in`, `20 want in`. */
export const stateOf = (state: State, n: number): string => (state === 'pending' && n !== 1 ? 'want in' : STATE_WORDS[state]);

/** Whether a person has to decide who comes in. */
export function waitsForApproval(node: Node): boolean {
  return node.state === 'pending' || node.candidate !== undefined;
}
