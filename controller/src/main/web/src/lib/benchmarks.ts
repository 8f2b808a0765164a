/** Benchmarks as rows for a spreadsheet. Pure. */
import type { Benchmarks } from './api';

type Cells = Record<string, string | number>;

/** A row for each model and measure. */
export function benchmarkRows(all: Benchmarks): Cells[] {
  return all.models.flatMap((group) =>
    all.measures.flatMap((measure) => {
      const spread = group.values[measure.name];
      if (!spread) return [];
      const { least, p25, median, p75, most } = spread;
      return [
        {
          model: group.model,
          throttled: String(group.throttled),
          nodes: group.nodes,
          measure: measure.name,
          unit: measure.unit,
          least,
          p25,
          median,
          p75,
          most,
        },
      ];
    }),
  );
}

/** A row for each node. */
export function nodeRows(all: Benchmarks): Cells[] {
  return all.results.map((result) => ({
    node: result.node,
    id: result.id,
    model: result.model,
    takenAt: result.takenAt,
    throttled: String(result.throttled),
    celsiusBefore: result.celsiusBefore ?? '',
    celsiusAfter: result.celsiusAfter ?? '',
    ...Object.fromEntries(all.measures.map((measure) => [measure.name, result.values[measure.name] ?? ''])),
  }));
}
