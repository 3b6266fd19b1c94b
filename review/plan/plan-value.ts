import type { Json, ValueChange } from './plan';

/** A value of a plan with what Terraform says of it. */
export interface PlanValue {
  /** Nothing where there is none. */
  readonly value: Json | undefined;
  /** Shaped like the value: `true` where it is sensitive. */
  readonly sensitive: Json | undefined;
  /** Shaped like the value: `true` where an apply alone can tell. */
  readonly unknown: Json | undefined;
}

export const NOTHING: PlanValue = { value: undefined, sensitive: undefined, unknown: undefined };

/** What a change is from, and what it is to. */
export function valuesOf(change: ValueChange): readonly [before: PlanValue, after: PlanValue] {
  return [
    { value: change.before, sensitive: change.before_sensitive, unknown: undefined },
    { value: change.after, sensitive: change.after_sensitive, unknown: change.after_unknown },
  ];
}

/** What is in a value under a key or an index. */
export function partOf({ value, sensitive, unknown }: PlanValue, key: string | number): PlanValue {
  return { value: own(value, key), sensitive: ofMask(sensitive, key), unknown: ofMask(unknown, key) };
}

/** Whether a part is the very same before and after, as most are: told without looking into it. */
export function isUntouched(before: PlanValue, after: PlanValue, key: string): boolean {
  return own(before.value, key) === own(after.value, key) && ofMask(after.unknown, key) === undefined;
}

/** Names may be `__proto__` and the like. */
function own(json: Json | undefined, key: string | number): Json | undefined {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, key)) return undefined;
  return (json as Readonly<Record<string | number, Json>>)[key];
}

/** What is marked as a whole is marked in all of its parts. */
function ofMask(mask: Json | undefined, key: string | number): Json | undefined {
  return mask === true ? true : own(mask, key);
}

/** Keys of an object, with those whose values are not known. */
export function keysOf({ value, unknown }: PlanValue): readonly string[] {
  return [...new Set([value, unknown].flatMap((one) => (isMap(one) ? Object.keys(one) : [])))];
}

/** How long a list is, with what is not known at its end. */
export function lengthOf({ value, unknown }: PlanValue): number {
  return Math.max(...[value, unknown].map((one) => (Array.isArray(one) ? one.length : 0)));
}

export function isMap(json: unknown): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

export function isScalar(json: Json | undefined): boolean {
  return typeof json !== 'object' || json === null;
}

/** Nothing at all, or a block that is not there. */
export function isEmptyValue({ value = null, unknown }: PlanValue): boolean {
  if (hasTrue(unknown)) return false;
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Whether any part of a mask is set. */
export function hasTrue(mask: Json | undefined): boolean {
  if (typeof mask !== 'object' || mask === null) return mask === true;
  return Object.values(mask).some(hasTrue);
}

/** Whether two values are the same, whatever the order of keys; no value is one that is null. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (isScalar(a) || isScalar(b)) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one, i) => isSameJson(one as Json, b[i] as Json))
    );
  }
  const [left, right] = [a, b] as readonly { readonly [key: string]: Json }[];
  const keys = new Set([...Object.keys(left as object), ...Object.keys(right as object)]);
  for (const key of keys) if (!isSameJson(own(left, key), own(right, key))) return false;
  return true;
}
