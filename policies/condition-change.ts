import { ALL_CAPABILITIES, type CapabilitySet, capabilitySet, LISTING, NONE } from './capability';
import { type Conditions, NO_PARAMETERS, type Parameters, type ParameterValue } from './conditions';
import { WITH_PARAMETERS } from './operation';

/** What a change of conditions means for requests that were, or are now, allowed. */
export type ConditionChange = 'same' | 'looser' | 'tighter' | 'other';

/**
 * Compares part by part. Where neither side is known to allow all that the other allows, it is `other`, which may be
 * both: somebody must look.
 *
 * @param capabilities whose requests are compared: not every condition is looked at in each. @default all
 */
export function compareConditions(
  before: Conditions,
  after: Conditions,
  capabilities: CapabilitySet = ALL,
): ConditionChange {
  // `sudo` alone allows no request.
  if ((capabilities & ~SUDO) === NONE) return 'same';
  const parts: readonly ConditionChange[] = [
    compareWrapping(before, after),
    compareSets(before.mfaMethods, after.mfaMethods),
    compareOptional(before.controlGroup, after.controlGroup),
    ...(capabilities & PARAMETERS
      ? [
          compareParameters(before, after),
          compareSets(before.requiredParameters.map(lower), after.requiredParameters.map(lower)),
        ]
      : []),
    ...(capabilities & LISTING
      ? [
          compareOptional(before.listFilter, after.listFilter),
          compareLimits(before.paginationLimit, after.paginationLimit),
          compareSets(requiredOfListing(before), requiredOfListing(after)),
        ]
      : []),
    ...(capabilities & EVENTS ? [compareSets(after.eventTypes, before.eventTypes)] : []),
  ];
  const changes = new Set(parts.filter((one) => one !== 'same'));
  if (changes.size > 1) return 'other';
  return [...changes][0] ?? 'same';
}

const ALL = capabilitySet(ALL_CAPABILITIES);
const SUDO = capabilitySet(['sudo']);
const EVENTS = capabilitySet(['subscribe']);
const PARAMETERS = capabilitySet(WITH_PARAMETERS);

/** 0 is no limit. */
function compareLimits(before: number, after: number): ConditionChange {
  return direction(
    after === 0 || (before > 0 && after >= before),
    before === 0 || (after > 0 && before >= after),
  );
}

/** Of the required parameters of a limited listing only one counts. */
function requiredOfListing({ paginationLimit, requiredParameters }: Conditions): readonly string[] {
  return paginationLimit > 0 ? requiredParameters.map(lower).filter((one) => one === 'limit') : [];
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
  const names = [...inner].filter(([name]) => name !== '*');
  return (
    (!inner.has('*') || outer.has('*')) &&
    names.every(([name, values]) => {
      const allowed = outer.get(name);
      return allowed ? holdsAll(allowed, values) : outer.has('*');
    }) &&
    [...outer].every(
      ([name, values]) => name === '*' || !inner.has('*') || inner.has(name) || values.length === 0,
    )
  );
}

/** The values of `*` count for nothing. */
function isAny(parameters: Parameters): boolean {
  if (parameters.size === 0) return true;
  return (
    parameters.has('*') && [...parameters].every(([name, values]) => name === '*' || values.length === 0)
  );
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

function lower(text: string): string {
  return text.toLowerCase();
}
