/** What the controller's API answers, as /api/v1/openapi.json has it; only what the dashboard looks at. */

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
  /** Fingerprint of its key, while it waits for approval. */
  key?: string;
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
  /** When it gives the next roles; absent when every node has one. */
  nextInSeconds?: number;
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
    swarm: { state: string; manager: boolean; nodeId: string; clusterId: string; address: string; error: string; foreign: boolean };
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

export interface Measure {
  name: string;
  title: string;
  unit: string;
  better: 'more' | 'less';
}

export interface Spread {
  least: number;
  p25: number;
  median: number;
  p75: number;
  most: number;
}

/** Of a model's steady boards, or of its throttled ones. */
export interface ModelBenchmark {
  model: string;
  throttled: boolean;
  nodes: number;
  values: Record<string, Spread>;
}

export interface NodeBenchmark {
  node: string;
  id: string;
  model: string;
  takenAt: string;
  throttled: boolean;
  celsiusBefore?: number;
  celsiusAfter?: number;
  values: Record<string, number>;
  missing: Record<string, string>;
}

export interface Benchmarks {
  at: string;
  measures: Measure[];
  pending: { node: string; askedAt: string; overdue: boolean }[];
  results: NodeBenchmark[];
  models: ModelBenchmark[];
}

export interface Role {
  name: string;
  membership: 'manager' | 'worker';
  nodes: string[];
}

export interface Diagnosis {
  node: string;
  pending: boolean;
  takenAt?: string;
  parts: { name: string; text: string; trouble: string }[];
}

export interface SwarmManager {
  name: string;
  address: string;
  connected: boolean;
  manages: boolean;
  leader: boolean;
  trouble: string;
  seenAt?: string;
}

export interface Swarm {
  state: 'none' | 'founding' | 'recovering' | 'working' | 'silent';
  clusterId: string;
  founder: string;
  founderEpoch: number;
  managersJoined: number;
  managersReachable: number;
  managers: SwarmManager[];
  workersJoined: number;
  workersReady: number;
  waitingFor: string;
  seenAt?: string;
}

export interface Recovery {
  clusterId: string;
  founderEpoch: number;
  chosen: string;
  keeps: boolean;
  connected: string[];
  silent: string[];
  lost: string[];
}

export interface EnrolmentKey {
  id: string;
  state: 'usable' | 'expired' | 'used-up' | 'revoked';
  usesLeft: number;
  createdAt: string;
  expiresAt: string;
}

export interface AccessToken {
  name: string;
  level: Session['level'];
  createdAt: string;
}

export interface PolicyChange {
  changes: string[];
  applied: boolean;
  warnings: string[];
}

/** Where in a text something is wrong. */
export interface LineProblem {
  line: number;
  column: number;
  problem: string;
  remedy: string;
}

/** Packages that the controller keeps for its nodes. */
export interface Cache {
  at: string;
  enabled: boolean;
  files: number;
  bytes: number;
  limit: number;
  inFlight: number;
  hits: number;
  misses: number;
  joined: number;
  stale: number;
  failed: number;
  bytesServed: number;
  bytesFetched: number;
  upstreams: Record<string, { requests: number; bytes: number; failures: number }>;
  docker: { release: string; architecture: string; state: 'coming' | 'ready' | 'failed' }[];
}
