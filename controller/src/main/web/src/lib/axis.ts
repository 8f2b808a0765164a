/** Where a value stands on an axis from 0 on, and which round values are marked there. Pure. */
import { scaleLinear, scaleUtc } from 'd3-scale';

export interface Axis {
  /** In per cent of the axis. */
  at(value: number): number;
  marks: number[];
}

/** Seconds, marked at what people call round: 15 s, 5 min, 1 h. */
export function timeAxis(seconds: number, marks: number): Axis {
  const scale = scaleUtc([0, seconds * 1_000], [0, 100]);
  return { at: (value) => scale(value * 1_000), marks: scale.ticks(marks).map((mark) => mark.getTime() / 1_000) };
}

export function valueAxis(most: number, marks: number): Axis {
  const scale = scaleLinear([0, most], [0, 100]);
  return { at: (value) => scale(value), marks: scale.ticks(marks) };
}
