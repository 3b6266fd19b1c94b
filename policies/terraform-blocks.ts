import type { Attributes, BlockKind } from './terraform-json';
import { isList, isObject, Unknown, type Value } from './terraform-value';
import type { StackValues } from './terraform-values';

/** One resource or data source; of one with `count` or `for_each` one of several. */
export interface BlockInstance {
  readonly values: StackValues;
  readonly kind: BlockKind;
  readonly type: string;
  readonly label: string;
  /** Its index or key, where it is one of several. */
  readonly key?: string | number;
  /** As written. */
  readonly attributes: Attributes;
  /** What Terraform calls it, such as `vault_mount.apps` or `data.vault_generic_secret.mounts[0]`. */
  readonly address: string;
}

/** What Terraform calls all instances of a block, such as `vault_mount.apps` or `data.vault_generic_secret.mounts`. */
export function blockAddress(kind: BlockKind, type: string, label: string): string {
  return kind === 'resource' ? `${type}.${label}` : `${kind}.${type}.${label}`;
}

/** What names stand for in an expression besides blocks. */
export type Scope = ReadonlyMap<string, Value>;
export const NO_SCOPE: Scope = new Map();

/** Who has more by `count` has another tool. */
const MOST = 10_000;

/**
 * All there will be of a block: itself, or as many as its `count` or `for_each` says.
 * @returns unknown where only Terraform knows how many
 */
export function instancesOf(block: BlockInstance): readonly BlockInstance[] | Unknown {
  const { count = null, for_each: each = null } = block.attributes;
  if (count === null && each === null) return [block];
  const by = block.values.evaluate(count ?? each);
  const keys = count === null ? keysOf(by) : indexesOf(by);
  if (!keys) return by instanceof Unknown ? by : new Unknown(JSON.stringify(by));
  return keys.map((key) => ({ ...block, key, address: `${block.address}[${JSON.stringify(key)}]` }));
}

function indexesOf(count: Value): readonly number[] | undefined {
  const number = typeof count === 'string' ? Number(count) : count;
  if (typeof number !== 'number' || !Number.isInteger(number) || number > MOST) return undefined;
  return Array.from({ length: Math.max(number, 0) }, (_, i) => i);
}

function keysOf(each: Value): readonly string[] | undefined {
  if (isList(each)) {
    const keys = each.filter((one) => typeof one === 'string');
    return keys.length === each.length ? keys : undefined;
  }
  return isObject(each) ? Object.keys(each) : undefined;
}

/** What `count.index`, `each.key` and `each.value` stand for in a block's attributes. */
export function scopeOf({ values, key, attributes }: BlockInstance): Scope {
  if (key === undefined) return NO_SCOPE;
  if (typeof key === 'number') return new Map([['count', { index: key }]]);
  const each = values.evaluate(attributes.for_each);
  const value = isObject(each) ? (each[key] as Value) : key;
  return new Map([['each', { key, value }]]);
}

/** Terraform's JSON may have a list of blocks wherever it has one. */
export function blocksOf(blocks: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(blocks)) return (blocks as Readonly<Record<string, unknown>> | null) ?? undefined;
  const together: Record<string, unknown> = {};
  for (const one of blocks as Record<string, unknown>[]) {
    for (const [key, value] of Object.entries(one)) {
      together[key] = typeof value === 'object' ? Object.assign({}, together[key], value) : value;
    }
  }
  return together;
}

/** A block of which there is a list of one. */
export function merged(attributes: unknown): Attributes {
  return (Array.isArray(attributes) ? Object.assign({}, ...attributes) : attributes) as Attributes;
}

/** A property of its own, whatever a stranger calls it. */
export function own<T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}
