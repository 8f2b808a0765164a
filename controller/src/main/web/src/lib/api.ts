/** The controller's API as the dashboard uses it. The shapes are those of /api/v1/openapi.json. */

export type State =
  | 'pending'
  | 'new'
  | 'silent'
  | 'working'
  | 'waiting'
  | 'ready'
  | 'failed'
  | 'blocked'
  | 'rebooting'
  | 'revoked'
  | 'removing';

export interface Candidate {
  reason: string;
  key: string;
  address: string;
  askedAt: string;
}

export interface Node {
  id: string;
  name: string;
  model: string;
  memoryBytes: number;
  role?: string;
  state: State;
  why: string;
  remedy: string;
  connected: boolean;
  address: string;
  membership: '' | 'manager' | 'worker';
  remaining: number;
  agentVersion: string;
  arrivedAt: string;
  candidate?: Candidate;
  seenAt?: string;
  labels?: Record<string, string>;
}

export interface SwarmLine {
  founder: string;
  clusterId: string;
  managers: number;
  workers: number;
  managersJoined: number;
  managersReachable: number;
  workersJoined: number;
  workersReady: number;
  leader: string;
  margin: number;
  seenAt?: string;
}

export interface Auto {
  managers: number;
  settleSeconds: number;
}

export interface Status {
  version: string;
  fleet: string;
  ready: boolean;
  nodes: number;
  waiting: number;
  states: Record<string, number>;
  swarm: SwarmLine;
  auto?: Auto;
  warnings: string[];
}

export interface Feed {
  revision: number;
  whole: boolean;
  at: string;
  status: Status;
  nodes: Node[];
  gone: string[];
}

export interface Session {
  name: string;
  level: 'admin' | 'operator' | 'viewer';
  expiresAt?: string;
}

export interface Finding {
  severity: 'warning' | 'error';
  problem: string;
  remedy: string;
}

export interface Outcome {
  action: string;
  startedAt: string;
  seconds: number;
  ok: boolean;
  problem: string;
  remedy: string;
  lastLines: string[];
}

export interface NodeDetail {
  at: string;
  node: Node;
  facts?: {
    os: string;
    kernel: string;
    architecture: string;
    docker: string;
    hostname: string;
    freeDiskBytes: number;
    celsius?: number;
    underVoltage: boolean;
    addresses: { name: string; address: string; wired: boolean }[];
    swarm: { state: string; manager: boolean; nodeId: string; clusterId: string; address: string; error: string };
  };
  running?: { action: string; startedAt: string; progress: string };
  findings: Finding[];
  outcomes: Outcome[];
}

export interface Step {
  type: string;
  title: string;
}

export interface Plan {
  factsAt: string;
  converged: boolean;
  actions: Step[];
  rebootFor: string;
  waitingFor: string;
  findings: Finding[];
}

export interface LogLines {
  lines: { sequence: number; at: string; action: string; text: string }[];
  next: number;
}

export interface Event {
  at: string;
  actor: string;
  node?: string;
  text: string;
}

export interface Quorum {
  managers: number;
  connected: number;
  needed: number;
  spare: number;
}

export interface AffectedNode {
  id: string;
  name: string;
  roleBefore?: string;
  roleAfter?: string;
  status: string;
  actions: Step[];
  rebootFor: string;
  waitingFor: string;
  problem: string;
}

export interface Change {
  done: string[];
  warnings: string[];
  preview?: { before: Quorum; after: Quorum; nodes: AffectedNode[] };
}

export interface Run {
  node: string;
  model: string;
  action: string;
  kind: string;
  startedAt: string;
  seconds: number;
  ok: boolean;
}

export interface KindDurations {
  kind: string;
  model: string;
  count: number;
  failed: number;
  least: number;
  p25: number;
  median: number;
  p75: number;
  p95: number;
  most: number;
}

export interface Role {
  name: string;
  membership: 'manager' | 'worker';
  nodes: string[];
}

/** Why a request was not answered, and what to do instead. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly remedy: string,
  ) {
    super(detail);
  }
}

const BASE = 'api/v1';
const LONGEST_MILLIS = 20_000;

let whenLoggedOut = () => {};

/** To be told when the controller does not know the session any more. */
export function onLoggedOut(listener: () => void): void {
  whenLoggedOut = listener;
}

async function ask<T>(
  method: string,
  path: string,
  options: { body?: unknown; token?: string; signal?: AbortSignal; longestMillis?: number } = {},
): Promise<T> {
  const headers: Record<string, string> = { 'X-Swarmctl': 'dashboard' };
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (options.token) {
    headers['Authorization'] = `Bearer ${options.token}`;
  }
  const timeout = AbortSignal.timeout(options.longestMillis ?? LONGEST_MILLIS);
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch((failure: unknown) => {
    if (options.signal?.aborted) {
      throw failure;
    }
    throw new Problem(0, 'the controller does not answer', 'the page tries again by itself');
  });
  if (!response.ok) {
    const said = (await response.json().catch(() => ({}))) as { detail?: string; remedy?: string };
    if (response.status === 401 && !options.token) {
      whenLoggedOut();
    }
    throw new Problem(response.status, said.detail ?? `the controller answered ${response.status}`, said.remedy ?? '');
  }
  return (await response.json()) as T;
}

const part = encodeURIComponent;

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
      longestMillis: LONGEST_MILLIS + waitSeconds * 1_000,
    }),
  events: (limit: number, node?: string, signal?: AbortSignal) =>
    ask<{ events: Event[] }>('GET', `/events?limit=${limit}${node ? `&node=${part(node)}` : ''}`, { signal }),
  actions: (limit: number, signal?: AbortSignal) => ask<{ actions: Run[] }>('GET', `/actions?limit=${limit}`, { signal }),
  durations: (signal?: AbortSignal) =>
    ask<{ at: string; runs: number; durations: KindDurations[] }>('GET', '/actions/durations', { signal }),
  roles: () => ask<{ roles: Role[]; auto?: Auto }>('GET', '/roles'),
  assign: (role: string, nodes: string[], dryRun: boolean) =>
    ask<Change>('POST', `/roles/assign?dryRun=${dryRun}`, { body: { role, nodes } }),
  unassign: (nodes: string[], dryRun: boolean) =>
    ask<Change>('POST', `/roles/unassign?dryRun=${dryRun}`, { body: { nodes } }),
  setAuto: (auto: Auto, dryRun: boolean) => ask<Change>('PUT', `/roles/auto?dryRun=${dryRun}`, { body: auto }),
  clearAuto: (dryRun: boolean) => ask<Change>('DELETE', `/roles/auto?dryRun=${dryRun}`),
  changeNodes: (change: string, nodes: string[], dryRun: boolean) =>
    ask<Change>('POST', `/node-changes?dryRun=${dryRun}`, { body: { change, nodes } }),
  rename: (node: string, name: string) => ask<Change>('PUT', `/nodes/${part(node)}/name`, { body: { name } }),
};
