import { forcesReplacement } from './forced-replacement';
import type { AttributeChange } from './resource-change';
import { isSecretAttribute, shownPair } from './shown-value';

type Attributes = Readonly<Record<string, unknown>>;

/** What is said to Terraform and cdktf, and changes nothing of what is there. */
const META = new Set(['//', 'depends_on', 'provider', 'provisioner', 'connection']);
/** The rest of `lifecycle` is checks, which no apply writes anywhere. */
const LIFECYCLE = ['create_before_destroy', 'ignore_changes', 'prevent_destroy', 'replace_triggered_by'];

/** What of a block's attributes changes, in the order of their names. All that are set where it is on one side only. */
export function attributeChanges(
  type: string,
  before: Attributes = {},
  after: Attributes = {},
): readonly AttributeChange[] {
  const found: AttributeChange[] = [];
  compare({ type, found }, [], shape(before), shape(after));
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Of the construct that made it; nothing for what cdktf did not write. */
export function constructPathOf(attributes: Attributes): string | undefined {
  const { metadata } = (attributes['//'] ?? {}) as { metadata?: { path?: unknown } };
  return typeof metadata?.path === 'string' ? metadata.path : undefined;
}

function shape(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      if (META.has(name)) return [];
      if (name !== 'lifecycle') return [[name, value]];
      const lifecycle = Object.assign({}, ...[value ?? {}].flat());
      const kept = Object.entries(lifecycle).filter(([one]) => LIFECYCLE.includes(one));
      return kept.length === 0 ? [] : [[name, Object.fromEntries(kept)]];
    }),
  );
}

interface Comparison {
  readonly type: string;
  readonly found: AttributeChange[];
}

/** @param path names and indexes from the block down */
function compare(
  into: Comparison,
  path: readonly (string | number)[],
  before: unknown,
  after: unknown,
): void {
  if (isSame(before, after)) return;
  const [from, to] = [simplified(before, after), simplified(after, before)];
  const isSecret = isSecretAttribute(into.type, path.filter((one) => typeof one === 'string') as string[]);
  if (isSecret || !isBranch(from, to)) {
    add(into, path, from, to, isSecret);
  } else if (isObjects(from) || isObjects(to)) {
    compareLists(into, path, list(from), list(to));
  } else {
    const [a, b] = [(from ?? {}) as Attributes, (to ?? {}) as Attributes];
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    for (const name of names) compare(into, [...path, name], a[name], b[name]);
  }
}

/** Blocks have no order that counts: those that are on both sides say nothing, whichever place they have. */
function compareLists(
  into: Comparison,
  path: readonly (string | number)[],
  before: readonly unknown[],
  after: readonly unknown[],
): void {
  const [gone, added] = [without(before, after), without(after, before)];
  for (let i = 0; i < Math.max(gone.length, added.length); i++) {
    const [at, from] = gone[i] ?? [];
    const [place = at ?? i, to] = added[i] ?? [];
    compare(into, [...path, place], from, to);
  }
}

/** Those that the other list has not as often, each with its place. */
function without(
  all: readonly unknown[],
  others: readonly unknown[],
): readonly (readonly [number, unknown])[] {
  const counts = new Map<string, number>();
  for (const one of others) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return all.flatMap((one, i) => {
    const left = counts.get(key(one)) ?? 0;
    counts.set(key(one), left - 1);
    return left > 0 ? [] : [[i, one] as const];
  });
}

function add(
  { type, found }: Comparison,
  path: readonly (string | number)[],
  before: unknown,
  after: unknown,
  isSecret: boolean,
): void {
  const name = path
    .map((one, i) => (typeof one === 'number' ? `[${one}]` : i === 0 ? one : `.${one}`))
    .join('');
  const isThere = (one: unknown) => one !== undefined && one !== null;
  const [from, to] = isSecret
    ? [before, after].map((one) => ({ kind: isThere(one) ? 'sensitive' : 'absent' }) as const)
    : shownPair(before, after);
  found.push({
    name,
    before: from as AttributeChange['before'],
    after: to as AttributeChange['after'],
    forcesReplacement: forcesReplacement(type, name),
  });
}

/** What is not written and `null` are the same. */
function isSame(before: unknown, after: unknown): boolean {
  return before === after || key(before ?? null) === key(after ?? null);
}

/** The same for objects whose keys stand in another order. */
function key(value: unknown): string {
  return JSON.stringify(value ?? null, (_, one: unknown) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
}

/** A list of one block is written without the list where the other side does so. */
function simplified(value: unknown, other: unknown): unknown {
  const isOne = Array.isArray(value) && value.length === 1 && isObject(value[0]);
  return isOne && isObject(other) ? value[0] : value;
}

/** Whether what changes is within it: blocks on one side at least, or maps on all that are there. */
function isBranch(...sides: readonly unknown[]): boolean {
  const there = sides.filter((one) => one !== undefined && one !== null);
  if (there.some(isObjects)) return there.every((one) => Array.isArray(one) || isObject(one));
  return there.every(isObject) && there.some((one) => Object.keys(one as object).length > 0);
}

function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjects(value: unknown): boolean {
  return Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null);
}

function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}
