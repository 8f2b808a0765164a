/** The controller's API as the dashboard uses it: an operation a line. */
import { ask, askForText, LONGEST_MILLIS } from './ask';
import type {
  AccessToken,
  Auto,
  Benchmarks,
  Cache,
  Change,
  Diagnosis,
  EnrolmentKey,
  Event,
  KindDurations,
  LogLines,
  NodeDetail,
  Plan,
  PolicyChange,
  Recovery,
  Role,
  Run,
  Session,
  Swarm,
} from './shapes';

export * from './shapes';
export { onLoggedOut, Problem } from './ask';

const part = encodeURIComponent;
const longest = (waitSeconds: number): number => LONGEST_MILLIS + waitSeconds * 1_000;

export const api = {
  session: () => ask<Session>('GET', '/session'),
  login: (token: string) => ask<Session>('POST', '/session', { token }),
  logout: () => ask<unknown>('DELETE', '/session'),
  logoutEverywhere: () => ask<{ ended: number }>('DELETE', '/sessions'),
  node: (name: string, signal?: AbortSignal) => ask<NodeDetail>('GET', `/nodes/${part(name)}`, { signal }),
  plan: (name: string, signal?: AbortSignal) => ask<Plan>('GET', `/nodes/${part(name)}/plan`, { signal }),
  log: (name: string, after: number, waitSeconds: number, signal?: AbortSignal) =>
    ask<LogLines>('GET', `/nodes/${part(name)}/log?after=${after}&limit=1000&wait=${waitSeconds}`, {
      signal,
      longestMillis: longest(waitSeconds),
    }),
  events: (limit: number, node?: string, signal?: AbortSignal) =>
    ask<{ events: Event[] }>('GET', `/events?limit=${limit}${node ? `&node=${part(node)}` : ''}`, { signal }),
  actions: (limit: number, node?: string, signal?: AbortSignal) =>
    ask<{ actions: Run[] }>('GET', `/actions?limit=${limit}${node ? `&node=${part(node)}` : ''}`, { signal }),
  durations: (signal?: AbortSignal) =>
    ask<{ at: string; runs: number; durations: KindDurations[] }>('GET', '/actions/durations', { signal }),
  benchmark: (nodes: string[], dryRun: boolean) => ask<Change>('POST', `/benchmarks?dryRun=${dryRun}`, { body: { nodes } }),
  benchmarks: (signal?: AbortSignal) => ask<Benchmarks>('GET', '/benchmarks', { signal }),
  roles: (signal?: AbortSignal) => ask<{ roles: Role[]; auto?: Auto }>('GET', '/roles', { signal }),
  assign: (role: string, nodes: string[], dryRun: boolean) =>
    ask<Change>('POST', `/roles/assign?dryRun=${dryRun}`, { body: { role, nodes } }),
  unassign: (nodes: string[], dryRun: boolean) =>
    ask<Change>('POST', `/roles/unassign?dryRun=${dryRun}`, { body: { nodes } }),
  setAuto: (auto: Auto, dryRun: boolean) => ask<Change>('PUT', `/roles/auto?dryRun=${dryRun}`, { body: auto }),
  clearAuto: (dryRun: boolean) => ask<Change>('DELETE', `/roles/auto?dryRun=${dryRun}`),
  changeNodes: (change: string, nodes: string[], dryRun: boolean) =>
    ask<Change>('POST', `/node-changes?dryRun=${dryRun}`, { body: { change, nodes } }),
  /** Only the card with that key: another one may have come to wait in its place. */
  approve: (node: string, key: string, dryRun: boolean) =>
    ask<Change>('POST', `/nodes/${part(node)}/approve?key=${part(key)}&dryRun=${dryRun}`),
  rename: (node: string, name: string, dryRun: boolean) =>
    ask<Change>('PUT', `/nodes/${part(node)}/name?dryRun=${dryRun}`, { body: { name } }),
  label: (nodes: string[], labels: { set: Record<string, string>; remove: string[] }, dryRun: boolean) =>
    ask<Change>('POST', `/node-labels?dryRun=${dryRun}`, { body: { nodes, ...labels } }),
  diagnose: (node: string) => ask<Change>('POST', `/nodes/${part(node)}/diagnosis`),
  diagnosis: (node: string, waitSeconds: number, signal?: AbortSignal) =>
    ask<Diagnosis>('GET', `/nodes/${part(node)}/diagnosis?wait=${waitSeconds}`, { signal, longestMillis: longest(waitSeconds) }),
  swarm: (signal?: AbortSignal) => ask<Swarm>('GET', '/swarm', { signal }),
  previewRecovery: (founder: string) => ask<Recovery>('POST', '/swarm/recovery/preview', { body: founder ? { founder } : {} }),
  recover: (founderEpoch: number, founder: string) =>
    ask<Change>('POST', '/swarm/recovery', { body: { founderEpoch, ...(founder ? { founder } : {}) } }),
  enrolmentKeys: (signal?: AbortSignal) => ask<{ keys: EnrolmentKey[] }>('GET', '/enrolment-keys', { signal }),
  createEnrolmentKey: (uses: number, expiresInSeconds: number) =>
    ask<{ key: EnrolmentKey; text: string }>('POST', '/enrolment-keys', { body: { uses, expiresInSeconds } }),
  revokeEnrolmentKey: (id: string) => ask<Change>('DELETE', `/enrolment-keys/${part(id)}`),
  tokens: (signal?: AbortSignal) => ask<{ tokens: AccessToken[] }>('GET', '/tokens', { signal }),
  createToken: (name: string, level: Session['level']) =>
    ask<{ token: AccessToken; text: string }>('POST', '/tokens', { body: { name, level } }),
  revokeToken: (name: string) => ask<{ tokens: AccessToken[] }>('DELETE', `/tokens/${part(name)}`),
  cache: (signal?: AbortSignal) => ask<Cache>('GET', '/cache', { signal }),
  clearCache: () => ask<Cache>('DELETE', '/cache'),
  policy: (signal?: AbortSignal) => askForText('/fleet', signal),
  diffPolicy: (yaml: string) => ask<PolicyChange>('POST', '/fleet/diff', { yaml }),
  applyPolicy: (yaml: string) => ask<PolicyChange>('PUT', '/fleet', { yaml }),
};
