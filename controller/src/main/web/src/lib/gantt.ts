/** Which actions the chart shows, and where. Pure. */
import type { Run } from './api';

export interface Bar {
  kind: string;
  action: string;
  from: number;
  seconds: number;
  ok: boolean;
}

export interface Lane {
  node: string;
  bars: Bar[];
}

export interface Chart {
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  lanes: Lane[];
  /** By how long they took together, the longest first. */
  kinds: string[];
}

/** The latest stretch of work: actions with no longer pause between any two than this. */
const PAUSE_MILLIS = 10 * 60_000;

export function chart(runs: readonly Run[], collate: (a: { name: string }, b: { name: string }) => number): Chart | undefined {
  const byStart = runs
    .map((run) => ({ ...run, from: Date.parse(run.startedAt) }))
    .sort((a, b) => b.from - a.from);
  const stretch: typeof byStart = [];
  let begin = Infinity;
  for (const run of byStart) {
    if (begin - (run.from + run.seconds * 1_000) > PAUSE_MILLIS && stretch.length) break;
    stretch.push(run);
    begin = Math.min(begin, run.from);
  }
  if (stretch.length === 0) return undefined;
  const lanes = new Map<string, Bar[]>();
  const took = new Map<string, number>();
  for (const run of stretch.reverse()) {
    const bars = lanes.get(run.node) ?? [];
    bars.push({ kind: run.kind, action: run.action, from: run.from, seconds: run.seconds, ok: run.ok });
    lanes.set(run.node, bars);
    took.set(run.kind, (took.get(run.kind) ?? 0) + run.seconds);
  }
  return {
    from: begin,
    to: Math.max(...stretch.map((run) => run.from + run.seconds * 1_000)),
    lanes: [...lanes].map(([name, bars]) => ({ name, node: name, bars })).sort(collate),
    kinds: [...took].sort((a, b) => b[1] - a[1]).map(([kind]) => kind),
  };
}
