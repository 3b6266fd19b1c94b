import type { KnownSecrets } from '../masking/known-secrets';
import type { AttributeChange } from '../resource-change';
import { type AttributePath, attributeName, comparePaths, forcesReplacement } from './attribute-path';
import { pairedItems } from './paired-items';
import type { Json, ValueChange } from './plan';
import {
  hasTrue,
  isEmptyValue,
  isMap,
  isSameJson,
  isScalar,
  isUntouched,
  keysOf,
  lengthOf,
  NOTHING,
  type PlanValue,
  partOf,
  valuesOf,
} from './plan-value';
import { secretKeysOf } from './printed-json';
import { shownPair } from './shown-value';

/** Of a list or a map more changes than these are shown as lines of one attribute. */
const MOST = 200;

export interface AttributeOptions {
  /** Of the resource. */
  readonly type: string;
  readonly known: KnownSecrets;
  /** Whether the configuration sets an attribute, and not the provider alone. */
  readonly isSet: (name: string) => boolean;
}

interface Difference {
  readonly path: AttributePath;
  readonly before: PlanValue;
  readonly after: PlanValue;
}

/**
 * What changes of a resource, each attribute by itself: blocks, maps and lists of blocks taken apart, lists of texts
 * whole. Of a new or a removed one all that is set.
 */
export function attributeChanges(change: ValueChange, options: AttributeOptions): readonly AttributeChange[] {
  const [before, after] = valuesOf(change);
  const isNew = !change.actions.includes('update');
  const all = [...differences([], before, after), ...writtenOnly(before, after)];
  const isSet = (name: string): boolean => change.actions.some(isMaking) && options.isSet(name);
  const found = all.filter(({ path, ...sides }) => !isSilent(path, sides, isSet(String(path[0])), isNew));
  return found
    .sort((a, b) => comparePaths(a.path, b.path))
    .map((one) => ({
      name: attributeName(one.path),
      ...shownPair(one.before, one.after, { ...options, path: one.path }),
      forcesReplacement: forcesReplacement(one.path, change.replace_paths ?? []),
    }));
}

function isMaking(action: string): boolean {
  return action === 'create' || action === 'update';
}

/**
 * Whether a difference says nothing: what is new and the provider makes up, and what is none beside nothing, between
 * which providers do not distinguish.
 */
function isSilent(
  path: AttributePath,
  { before, after }: Omit<Difference, 'path'>,
  isSet: boolean,
  isNew: boolean,
): boolean {
  if (after.unknown === true) return isNew && !isSet && path.length === 1;
  const [a, b] = [before.value ?? null, after.value ?? null];
  const [one, isBesideNothing] = a === null ? [b, true] : [a, b === null];
  if (!isBesideNothing || before.sensitive === true || after.sensitive === true) return false;
  // Of a part of a block that is set nobody can tell whether it is; one that is none, and set no longer, never was.
  if (path.length > 1 && b === null) return isNone(one);
  return isSet ? one === '' && path.length > 1 : isNone(one);
}

function isNone(value: Json): boolean {
  return value === '' || value === 0 || value === false;
}

/** Whether what is marked as sensitive changes, which Terraform calls an update. */
export function marksChange({ before_sensitive, after_sensitive }: ValueChange): boolean {
  return JSON.stringify(marksOf(before_sensitive)) !== JSON.stringify(marksOf(after_sensitive));
}

/** Paths to what is marked, in a canonical order. */
function marksOf(mask: Json | undefined): Json {
  if (typeof mask !== 'object' || mask === null) return mask === true;
  return Object.entries(mask)
    .filter(([, one]) => hasTrue(one))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, marksOf(one as Json)]);
}

function differences(path: AttributePath, before: PlanValue, after: PlanValue): readonly Difference[] {
  const whole = [{ path, before, after }];
  if (after.unknown === true) return whole;
  if (!hasTrue(after.unknown) && isSameJson(before.value, after.value)) return [];
  if (before.sensitive === true || after.sensitive === true) return whole;
  if (isEmptyValue(before) && isEmptyValue(after)) {
    // A block that is not there is an empty list for some providers, and null for others.
    return [];
  }
  const parts = isObjects(before, after) ? ofKeys(path, before, after) : ofItems(path, before, after);
  return parts === undefined || (path.length > 0 && parts.length > MOST) ? whole : parts;
}

/** Whether both are objects, or one is and the other is not there. */
function isObjects(before: PlanValue, after: PlanValue): boolean {
  return (
    [before, after].every((one) => isMap(one.value) || isMap(one.unknown) || isAbsent(one)) &&
    hasKeys(before, after)
  );
}

function hasKeys(before: PlanValue, after: PlanValue): boolean {
  return keysOf(before).length + keysOf(after).length > 0;
}

function isAbsent({ value = null, unknown }: PlanValue): boolean {
  return value === null && !hasTrue(unknown);
}

function ofKeys(path: AttributePath, before: PlanValue, after: PlanValue): readonly Difference[] {
  const hidden = new Set([...secretKeysOf(before.value), ...secretKeysOf(after.value)]);
  const mark = (part: PlanValue, key: string): PlanValue =>
    hidden.has(key) && (part.value ?? null) !== null ? { ...part, sensitive: true } : part;
  return [...new Set([...keysOf(before), ...keysOf(after)])].flatMap((key) => {
    if (isUntouched(before, after, key)) return [];
    return differences([...path, key], mark(partOf(before, key), key), mark(partOf(after, key), key));
  });
}

/** Of lists of blocks. @returns nothing for what is shown as a whole */
function ofItems(
  path: AttributePath,
  before: PlanValue,
  after: PlanValue,
): readonly Difference[] | undefined {
  const isList = [before, after].every(
    (one) => Array.isArray(one.value) || Array.isArray(one.unknown) || isAbsent(one),
  );
  if (!isList || !(hasBlocks(before) || hasBlocks(after))) return undefined;
  return pairedItems(before, after)?.flatMap(({ index, before: from, after: to }) =>
    differences(
      [...path, index],
      from === undefined ? NOTHING : partOf(before, from),
      to === undefined ? NOTHING : partOf(after, to),
    ),
  );
}

function hasBlocks(list: PlanValue): boolean {
  for (let i = 0; i < lengthOf(list); i += 1) {
    const { value, unknown } = partOf(list, i);
    if (!isScalar(value) || isMap(unknown)) return true;
  }
  return false;
}

/** What is written to a provider and kept nowhere has no value in a plan; a version beside it tells of another one. */
function writtenOnly(before: PlanValue, after: PlanValue): readonly Difference[] {
  const keys = new Set([...keysOf(before), ...keysOf(after)]);
  return [...keys].flatMap((key) => {
    const [, name = ''] = /^(.+_wo)_version$/.exec(key) ?? [];
    const [from, to] = [partOf(before, key), partOf(after, key)];
    if (!keys.has(name) || (isSameJson(from.value, to.value) && to.unknown !== true)) return [];
    return [{ path: [name], before: written(from), after: written(to) }];
  });
}

function written(version: PlanValue): PlanValue {
  if (isAbsent(version)) return NOTHING;
  return { value: '', sensitive: true, unknown: undefined };
}
