/** Where a value stands on an axis from 0 on, and which round values are marked there. Pure. */
import { scaleLinear } from 'd3-scale';

export interface Axis {
  /** In per cent of the axis. */
  at(value: number): number;
  marks: number[];
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What people call round. */
const STEPS = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
];

/** Seconds, marked at no more than that many round ones after 0: 15 s, 5 min, 1 h. */
export function timeAxis(seconds: number, most: number): Axis {
  const step = STEPS.find((one) => seconds / one <= most) ?? Math.ceil(seconds / most / DAY) * DAY;
  return {
    at: (value) => (value / seconds) * 100,
    marks: Array.from({ length: Math.floor(seconds / step) + 1 }, (_, place) => place * step),
  };
}

export function valueAxis(most: number, marks: number): Axis {
  const scale = scaleLinear([0, most], [0, 100]);
  return { at: (value) => scale(value), marks: scale.ticks(marks) };
}
