/** Changing labels of one node or of many. Pure. */
import type { Node } from './api';

/** A label as it stands in the form. `before`: what all nodes have, undefined where they differ or have none. */
export interface Row {
  key: string;
  value: string;
  before: string | undefined;
  fresh: boolean;
  remove: boolean;
}

export const freshRow = (): Row => ({ key: '', value: '', before: undefined, fresh: true, remove: false });

/** A row for each label that any of the nodes has. */
export function rows(nodes: readonly Node[]): Row[] {
  const keys = [...new Set(nodes.flatMap((node) => Object.keys(node.labels ?? {})))].sort();
  return keys.map((key) => {
    const values = new Set(nodes.map((node) => node.labels?.[key]));
    const before = values.size === 1 ? [...values][0] : undefined;
    return { key, value: before ?? '', before, fresh: false, remove: false };
  });
}

/** What has to be asked for; a row that nobody touched asks for nothing. */
export function wanted(form: readonly Row[]): { set: Record<string, string>; remove: string[] } {
  const kept = form.filter((row) => !row.remove && row.key.trim());
  const set = kept.filter((row) => row.fresh || (row.before === undefined ? row.value.trim() !== '' : row.value.trim() !== row.before));
  return {
    set: Object.fromEntries(set.map((row) => [row.key.trim(), row.value.trim()])),
    remove: form.filter((row) => row.remove && !row.fresh).map((row) => row.key),
  };
}
