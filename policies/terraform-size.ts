import { isLiteral } from './terraform-expression';
import { isList, Unknown, type Value } from './terraform-value';

/**
 * The most that one value may hold: characters of its texts and keys, and one for each item. More is no policy either,
 * since Vault's storage takes no entry over 1 MiB unless it is told to.
 */
const MOST = 1_048_576;

/** How deep lists and objects may be in each other. */
const DEEPEST = 100;

/** How many values may wait for each other, since the stack of calls has an end. */
const MOST_WAITING = 500;

/** In place of a value that would hold more than is read here. */
export const TOO_LARGE = new Unknown('', { isTooLarge: true });

/** Whether a value is left out for its size, and not because Terraform alone knows it. */
export function isTooLarge(value: Value): value is Unknown {
  return value instanceof Unknown && value.known.isTooLarge === true;
}

/** The value, or nothing of it where it is too large or too deep. */
export function bounded(value: Value): Value {
  const { size, depth } = extentOf(value);
  return size > MOST || depth > DEEPEST ? TOO_LARGE : value;
}

/**
 * What is written, bounded, where there is no expression in it, which is so of most: it is what it says.
 * @returns nothing where there may be one
 */
export function boundedPlain(written: unknown): Value | undefined {
  const size = plainSize(written, DEEPEST);
  if (size === undefined) return undefined;
  return size > MOST ? TOO_LARGE : (written as Value);
}

/** In one go and not kept: of stacks all is looked at, and most of it once. */
function plainSize(written: unknown, levels: number): number | undefined {
  if (typeof written === 'string') return isLiteral(written) ? written.length : undefined;
  if (typeof written !== 'object' || written === null) return 1;
  if (levels === 0) return undefined;
  let size = 1;
  if (Array.isArray(written)) {
    for (const one of written) {
      const inside = plainSize(one, levels - 1);
      if (inside === undefined) return undefined;
      size += inside;
    }
    return size;
  }
  for (const key in written) {
    const inside = isLiteral(key)
      ? plainSize((written as Readonly<Record<string, unknown>>)[key], levels - 1)
      : undefined;
    if (inside === undefined) return undefined;
    size += key.length + inside;
  }
  return size;
}

/** What is made of each, one after the other; stops where all together are too large. */
export function boundedList<T>(of: readonly T[], make: (one: T) => Value): readonly Value[] | Unknown {
  const made: Value[] = [];
  let total = 0;
  for (const one of of) {
    const value = make(one);
    total += extentOf(value).size;
    if (total > MOST) return TOO_LARGE;
    made.push(value);
  }
  return made;
}

/**
 * An object of keys and values, each made of what is written.
 * @returns nothing where a key is not known
 */
export function boundedObject<T>(
  entries: readonly (readonly [T, T])[],
  make: (one: T) => Value,
): Value | undefined {
  const made = boundedList(entries.flat() as T[], make);
  if (made instanceof Unknown) return made;
  const pairs = entries.map((_, i) => [made[2 * i], made[2 * i + 1]] as [Value, Value]);
  const known = pairs.filter(([key]) => typeof key === 'string' || typeof key === 'number');
  return known.length === pairs.length ? Object.fromEntries(pairs as [string, Value][]) : undefined;
}

/** Whether a list with this between its items is a text that is too large, before it is made. */
export function isTooLargeJoined(separator: string, list: readonly Value[]): boolean {
  return extentOf(list).size + separator.length * list.length > MOST;
}

interface Extent {
  readonly size: number;
  readonly depth: number;
}

/** Values share their parts, and each is measured once. */
const known = new WeakMap<object, Extent>();

function extentOf(value: Value): Extent {
  if (!isCompound(value)) return { size: sizeOf(value), depth: 0 };
  const found = known.get(value);
  if (found) return found;
  const measured = measure(value);
  known.set(value, measured);
  return measured;
}

function measure(value: Compound): Extent {
  let [size, depth] = [1, 0];
  for (const part of partsOf(value)) {
    if (isCompound(part)) {
      const inside = extentOf(part);
      size += inside.size;
      depth = Math.max(depth, inside.depth);
    } else size += sizeOf(part);
  }
  return { size, depth: depth + 1 };
}

type Compound = Extract<Value, object>;

function isCompound(value: Value): value is Compound {
  return typeof value === 'object' && value !== null;
}

function sizeOf(value: Exclude<Value, Compound>): number {
  return typeof value === 'string' ? value.length : 1;
}

/** Keys are among those of an object. */
function partsOf(value: Compound): readonly Value[] {
  if (value instanceof Unknown) {
    const { parts = [], items = [], decoded } = value.known;
    return decoded === undefined ? [...parts, ...items] : [...parts, ...items, decoded];
  }
  return isList(value) ? value : [...Object.keys(value), ...Object.values(value)];
}

/** In all stacks, since one asks the other. */
let waiting = 0;

/** A value for which others wait; nothing of it is known where too many do. */
export function oneDeeper(evaluate: () => Value): Value {
  if (waiting >= MOST_WAITING) return TOO_LARGE;
  waiting += 1;
  try {
    return evaluate();
  } finally {
    waiting -= 1;
  }
}
