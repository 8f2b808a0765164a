/** Models of boards side by side: in which order, and in which colour. Pure. */
import { model } from './words';

const SHADES = 4;

/** The models' full names, in the order of their short ones. */
export function models(rows: readonly { model: string }[]): string[] {
  return [...new Set(rows.map((row) => row.model))].sort((a, b) => (model(a) < model(b) ? -1 : 1));
}

/** The class of the colour; the same for a model all over a report. */
export const shade = (all: readonly string[], name: string): string => `shade${all.indexOf(name) % SHADES}`;
