import type { Dialect } from './dialect';
import { globMatches } from './glob';

/**
 * What a request must look like besides its path and operation. Nothing set means any request. Not checked by
 * `sys/capabilities`, so a capability that Vault reports can still be refused.
 */
export interface Conditions {
  /** In seconds; the answer must be wrapped for at least as long. 0 is none. */
  readonly minWrappingTtl: number;
  /** In seconds; the answer must be wrapped, and at most as long. 0 is none. */
  readonly maxWrappingTtl: number;
  /** By name in lower case, `*` for every other; no values means any. */
  readonly allowedParameters?: Parameters;
  /** As {@link allowedParameters}. */
  readonly deniedParameters?: Parameters;
  readonly requiredParameters: readonly string[];
  /** Of a second factor, by id. */
  readonly mfaMethods: readonly string[];
  /** HashiCorp Vault Enterprise's, as JSON: who must approve. */
  readonly controlGroup?: string;
  /** How many names a listing gives at most. 0 is no limit. OpenBao's. */
  readonly paginationLimit: number;
  /** Which names of a listing are left out. OpenBao's. */
  readonly listFilter?: string;
  /** Which events may be subscribed to. HashiCorp Vault's. */
  readonly eventTypes: readonly string[];
}

export type Parameters = ReadonlyMap<string, readonly ParameterValue[]>;
export type ParameterValue =
  | string
  | number
  | boolean
  | null
  | readonly ParameterValue[]
  | { readonly [key: string]: ParameterValue };

export const UNCONDITIONAL: Conditions = {
  minWrappingTtl: 0,
  maxWrappingTtl: 0,
  requiredParameters: [],
  mfaMethods: [],
  paginationLimit: 0,
  eventTypes: [],
};

/** As Vault merges two blocks of the same path. */
export function mergeConditions(first: Conditions, second: Conditions): Conditions {
  return {
    minWrappingTtl: smaller(first.minWrappingTtl, second.minWrappingTtl),
    maxWrappingTtl: smaller(first.maxWrappingTtl, second.maxWrappingTtl),
    allowedParameters: mergeParameters(first.allowedParameters, second.allowedParameters),
    deniedParameters: mergeParameters(first.deniedParameters, second.deniedParameters),
    requiredParameters: union(first.requiredParameters, second.requiredParameters),
    mfaMethods: union(first.mfaMethods, second.mfaMethods),
    controlGroup: first.controlGroup ?? second.controlGroup,
    paginationLimit: smaller(first.paginationLimit, second.paginationLimit),
    listFilter: first.listFilter ?? second.listFilter,
    eventTypes: union(first.eventTypes, second.eventTypes),
  };
}

/** How a request was asked to be wrapped and what it carries. */
export interface RequestDetails {
  /** In seconds. @default the answer is not wrapped */
  readonly wrapTtl?: number;
  /** @default none */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** What a request lacks, in words, with what it must be instead; `undefined` where nothing. */
export function violatedCondition(
  conditions: Conditions,
  request: RequestDetails,
  { checksParameters, checksLimit, dialect }: Checks,
): string | undefined {
  const { wrapTtl, parameters = {} } = request;
  const wrapping = violatedWrapping(conditions, wrapTtl);
  if (wrapping !== undefined) return wrapping;
  if (checksParameters) return violatedParameter(conditions, parameters, dialect);
  return checksLimit ? violatedLimit(conditions, parameters, dialect) : undefined;
}

/** What is looked at besides the wrapping, which depends on the operation. */
export interface Checks {
  readonly checksParameters: boolean;
  /** Of a listing: of all parameters only this one counts. */
  readonly checksLimit?: boolean;
  readonly dialect: Dialect;
}

function violatedWrapping(
  { minWrappingTtl: min, maxWrappingTtl: max }: Conditions,
  ttl: number | undefined,
): string | undefined {
  if (max > 0 && min > max) {
    return `the answer must be wrapped for ${min} s at least and ${max} s at most, which no request can`;
  }
  const bounds = [min > 0 ? `${min} s at least` : [], max > 0 ? `${max} s at most` : []].flat().join(' and ');
  if (bounds === '') return undefined;
  if (ttl === undefined) return `the answer must be wrapped, for ${bounds}`;
  return ttl < min || (max > 0 && ttl > max)
    ? `the answer must be wrapped for ${bounds}, got ${ttl} s`
    : undefined;
}

/** Of names in a listing. Where the request gives no limit, the server puts in its own. */
function violatedLimit(
  { paginationLimit, requiredParameters }: Conditions,
  { limit }: Readonly<Record<string, ParameterValue>>,
  { refusesNegativeLimits }: Dialect,
): string | undefined {
  if (paginationLimit <= 0 || limit === 'max') return undefined;
  if (limit === undefined) {
    const isRequired = requiredParameters.some((name) => name.toLowerCase() === 'limit');
    return isRequired ? "parameter 'limit' must be given" : undefined;
  }
  const isNumber = /^([+-]?\d+)?$/.test(String(limit));
  return isNumber && Number(limit) <= paginationLimit && (!refusesNegativeLimits || Number(limit) >= 0)
    ? undefined
    : `parameter 'limit' must be at most ${paginationLimit}`;
}

/** In Vault's order: required, denied, allowed. */
function violatedParameter(
  { requiredParameters, deniedParameters = NO_PARAMETERS, allowedParameters = NO_PARAMETERS }: Conditions,
  parameters: Readonly<Record<string, ParameterValue>>,
  dialect: Dialect,
): string | undefined {
  const given = Object.entries(parameters);
  const missing = requiredParameters.find((name) => !Object.hasOwn(parameters, name.toLowerCase()));
  if (missing !== undefined) return `parameter '${missing}' must be given`;
  if (given.length === 0) return undefined;
  if (deniedParameters.has('*')) return 'no parameter may be given';
  for (const [name, value] of given) {
    const values = deniedParameters.get(name.toLowerCase());
    if (values && isAmong(value, values, dialect)) return `parameter '${name}' must not have this value`;
  }
  if (allowedParameters.size === 0) return undefined;
  if (allowedParameters.size === 1 && allowedParameters.has('*')) return undefined;
  for (const [name, value] of given) {
    const values = allowedParameters.get(name.toLowerCase());
    if (!values && !allowedParameters.has('*')) return `parameter '${name}' must not be given`;
    if (values && !isAmong(value, values, dialect)) return `parameter '${name}' must have another value`;
  }
  return undefined;
}

const NO_PARAMETERS: Parameters = new Map();

function isAmong(value: ParameterValue, allowed: readonly ParameterValue[], dialect: Dialect): boolean {
  if (allowed.length === 0) return true;
  if (dialect.comparesListElements && Array.isArray(value)) {
    return value.every((one) => isAmong(one, allowed, dialect));
  }
  return allowed.some((one) =>
    typeof one === 'string' && typeof value === 'string' ? globMatches(one, value) : isSame(one, value),
  );
}

/**
 * As a server compares what it read from a policy with what it read from a request: a number of one is never the same as
 * a number of the other, since it keeps them in different types.
 */
function isSame(a: ParameterValue, b: ParameterValue): boolean {
  if (typeof a === 'number') return false;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [Object.entries(a), new Map(Object.entries(b))];
  return x.length === y.size && x.every(([key, one]) => y.has(key) && isSame(one, y.get(key) ?? null));
}

/** What a change of conditions means for requests that were, or are now, allowed. */
export type ConditionChange = 'same' | 'looser' | 'tighter' | 'other';

/**
 * Compares part by part. Where neither side is known to allow all that the other allows, it is `other`, which may be
 * both: somebody must look.
 */
export function compareConditions(before: Conditions, after: Conditions): ConditionChange {
  const parts: readonly ConditionChange[] = [
    compareWrapping(before, after),
    compareParameters(before, after),
    compareSets(before.requiredParameters.map(lower), after.requiredParameters.map(lower)),
    compareSets(before.mfaMethods, after.mfaMethods),
    compareOptional(before.controlGroup, after.controlGroup),
    compareOptional(before.listFilter, after.listFilter),
    direction(
      after.paginationLimit === 0 ||
        (before.paginationLimit > 0 && after.paginationLimit >= before.paginationLimit),
      before.paginationLimit === 0 ||
        (after.paginationLimit > 0 && before.paginationLimit >= after.paginationLimit),
    ),
    compareSets(after.eventTypes, before.eventTypes),
  ];
  const changes = new Set(parts.filter((one) => one !== 'same'));
  if (changes.size > 1) return 'other';
  return [...changes][0] ?? 'same';
}

function direction(allowsAllOfBefore: boolean, allowedAllOfAfter: boolean): ConditionChange {
  if (allowsAllOfBefore && allowedAllOfAfter) return 'same';
  if (allowsAllOfBefore) return 'looser';
  return allowedAllOfAfter ? 'tighter' : 'other';
}

/** As ranges of seconds; an answer that is not wrapped counts as 0. */
function compareWrapping(before: Conditions, after: Conditions): ConditionChange {
  const [a, b] = [wrapping(before), wrapping(after)];
  const within = (inner: Range, outer: Range) =>
    inner.from > inner.to || (inner.from >= outer.from && inner.to <= outer.to);
  return direction(within(a, b), within(b, a));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function wrapping({ minWrappingTtl, maxWrappingTtl }: Conditions): Range {
  const isWrapped = minWrappingTtl > 0 || maxWrappingTtl > 0;
  // Whatever is wrapped at all is wrapped for longer than nothing.
  return {
    from: isWrapped ? Math.max(minWrappingTtl, Number.MIN_VALUE) : 0,
    to: maxWrappingTtl > 0 ? maxWrappingTtl : Number.POSITIVE_INFINITY,
  };
}

function compareParameters(before: Conditions, after: Conditions): ConditionChange {
  const allowed = direction(
    allowsAll(after.allowedParameters, before.allowedParameters),
    allowsAll(before.allowedParameters, after.allowedParameters),
  );
  const denied = direction(
    deniesAll(before.deniedParameters, after.deniedParameters),
    deniesAll(after.deniedParameters, before.deniedParameters),
  );
  if (allowed === 'same') return denied;
  return denied === 'same' || denied === allowed ? allowed : 'other';
}

/** Whether everything that `inner` allows is allowed by `outer` too; false also where it is not known. */
function allowsAll(outer: Parameters = NO_PARAMETERS, inner: Parameters = NO_PARAMETERS): boolean {
  if (isAny(outer)) return true;
  if (isAny(inner)) return false;
  return (
    [...inner].every(([name, values]) => {
      const allowed = outer.get(name);
      return allowed ? holdsAll(allowed, values) : outer.has('*');
    }) && [...outer].every(([name, values]) => !inner.has('*') || inner.has(name) || values.length === 0)
  );
}

function isAny(parameters: Parameters): boolean {
  return parameters.size === 0 || (parameters.size === 1 && parameters.has('*'));
}

/** Whether everything that `inner` denies is denied by `outer` too; false also where it is not known. */
function deniesAll(outer: Parameters = NO_PARAMETERS, inner: Parameters = NO_PARAMETERS): boolean {
  if (outer.has('*')) return true;
  return [...inner].every(([name, values]) => {
    const denied = outer.get(name);
    return denied !== undefined && holdsAll(denied, values);
  });
}

/** No values means any. */
function holdsAll(outer: readonly ParameterValue[], inner: readonly ParameterValue[]): boolean {
  if (outer.length === 0) return true;
  const known = new Set(outer.map((one) => JSON.stringify(one)));
  return inner.length > 0 && inner.every((one) => known.has(JSON.stringify(one)));
}

/** Of sets that a request must satisfy: more is tighter. */
function compareSets(before: readonly string[], after: readonly string[]): ConditionChange {
  return direction(
    after.every((one) => before.includes(one)),
    before.every((one) => after.includes(one)),
  );
}

function compareOptional(before: string | undefined, after: string | undefined): ConditionChange {
  if (before === after) return 'same';
  if (after === undefined) return 'looser';
  return before === undefined ? 'tighter' : 'other';
}

function mergeParameters(
  first: Parameters | undefined,
  second: Parameters | undefined,
): Parameters | undefined {
  if (!first || !second) return first ?? second;
  const merged = new Map(first);
  for (const [name, values] of second) {
    const known = merged.get(name);
    const isAnyValue = values.length === 0 || known?.length === 0;
    merged.set(name, isAnyValue ? [] : [...values, ...(known ?? [])]);
  }
  return merged;
}

/** Of limits: the smaller one that is set. */
function smaller(a: number, b: number): number {
  return a > 0 && b > 0 ? Math.min(a, b) : Math.max(a, b);
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}

function lower(text: string): string {
  return text.toLowerCase();
}
