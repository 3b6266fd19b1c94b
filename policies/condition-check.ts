import { type Conditions, NO_PARAMETERS, type ParameterValue, type RequestDetails } from './conditions';
import type { Dialect } from './dialect';
import { globMatches } from './glob';

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
    if (values && isDenied(value, values, dialect)) return `parameter '${name}' must not have this value`;
  }
  if (allowedParameters.size === 0) return undefined;
  if (allowedParameters.size === 1 && allowedParameters.has('*')) return undefined;
  for (const [name, value] of given) {
    const values = allowedParameters.get(name.toLowerCase());
    if (!values && !allowedParameters.has('*')) return `parameter '${name}' must not be given`;
    if (values && !isAllowed(value, values, dialect)) return `parameter '${name}' must have another value`;
  }
  return undefined;
}

/** No values stand for any. */
function isAllowed(value: ParameterValue, allowed: readonly ParameterValue[], dialect: Dialect): boolean {
  if (allowed.length === 0 || isAmong(value, allowed)) return true;
  return elementsOf(value, dialect)?.every((one) => isAmong(one, allowed)) ?? false;
}

function isDenied(value: ParameterValue, denied: readonly ParameterValue[], dialect: Dialect): boolean {
  if (denied.length === 0 || isAmong(value, denied)) return true;
  return elementsOf(value, dialect)?.some((one) => isAmong(one, denied)) ?? false;
}

/** Of a list, or of a text that may be one: Vault takes commas in any text for that. */
function elementsOf(
  value: ParameterValue,
  { comparesListElements }: Dialect,
): readonly ParameterValue[] | undefined {
  if (!comparesListElements) return undefined;
  if (typeof value !== 'string') return Array.isArray(value) ? value : undefined;
  return value === '' ? [] : value.split(',').map((one) => one.trim());
}

function isAmong(value: ParameterValue, values: readonly ParameterValue[]): boolean {
  return values.some((one) =>
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
