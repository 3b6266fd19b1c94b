import type { Json } from './plan';
import { hasTrue, isMap, lengthOf, type PlanValue, partOf } from './plan-value';

export interface PairedItem {
  /** As it is after; of one that is gone as it was, or one that no other has. */
  readonly index: number;
  /** Its index before. */
  readonly before?: number;
  readonly after?: number;
}

/**
 * Items of a list that differ, each with the one that it was. Many lists are sets, so that an item may have moved: those
 * that are there before and after are the same one, wherever they are.
 *
 * @returns nothing where all are there as before, in another order
 */
export function pairedItems(before: PlanValue, after: PlanValue): readonly PairedItem[] | undefined {
  const old = new Map<string, number[]>();
  const left = new Set<number>();
  for (let i = 0; i < lengthOf(before); i += 1) {
    const key = canonical(partOf(before, i).value ?? null);
    const same = old.get(key);
    if (same) same.push(i);
    else old.set(key, [i]);
    left.add(i);
  }
  const added: number[] = [];
  for (let i = 0; i < lengthOf(after); i += 1) {
    const { value = null, unknown } = partOf(after, i);
    const found = !hasTrue(unknown) ? old.get(canonical(value))?.shift() : undefined;
    if (found === undefined) added.push(i);
    else left.delete(found);
  }
  if (added.length === 0 && left.size === 0) return undefined;
  return paired(before, after, [...left], added);
}

/** First those of the same name, then those at the same place, then one after the other. */
function paired(
  before: PlanValue,
  after: PlanValue,
  removed: readonly number[],
  added: readonly number[],
): readonly PairedItem[] {
  const free = new Set(removed);
  const byName = new Map<string, number>();
  for (const i of removed) byName.set(nameOf(partOf(before, i).value), i);
  const partner = new Map<number, number>();
  const take = (to: number, from: number | undefined): void => {
    if (from === undefined || !free.delete(from)) return;
    partner.set(to, from);
  };
  for (const i of added) {
    const name = nameOf(partOf(after, i).value);
    if (name !== '') take(i, byName.get(name));
  }
  for (const i of added) if (!partner.has(i)) take(i, i);
  for (const i of added) if (!partner.has(i)) take(i, free.values().next().value);
  const pairs = added.map((i): PairedItem => {
    const from = partner.get(i);
    return from === undefined ? { index: i, after: i } : { index: i, before: from, after: i };
  });
  const used = new Set(added);
  let next = lengthOf(after);
  const gone = [...free].map((i): PairedItem => {
    while (used.has(next)) next += 1;
    const index = used.has(i) ? next : i;
    used.add(index);
    return { index, before: i };
  });
  return [...pairs, ...gone];
}

/** By which a block is told from others of its kind. */
const NAMES = [
  'name',
  'key',
  'label',
  'target',
  'container_path',
  'file',
  'internal',
  'path',
  'host',
  'id',
  'type',
];

function nameOf(item: Json | undefined): string {
  if (!isMap(item)) return '';
  for (const key of NAMES) {
    const value = Object.hasOwn(item, key) ? item[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return `${key} ${value}`;
  }
  return '';
}

/** The same for two values that are the same, whatever the order of their keys. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, one) =>
    isMap(one)
      ? Object.entries(one)
          .filter(([, inner]) => inner !== null)
          .sort(([a], [b]) => (a < b ? -1 : 1))
      : one,
  );
}
