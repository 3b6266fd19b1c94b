import { type Conditions, type Parameters, UNCONDITIONAL } from '../policies/conditions';

/** How many names a mark gives before it only counts them. */
const NAMED = 3;

/**
 * What a request must look like besides its path, in few words for a cell of a table, such as `wrapped 1s..5m` or
 * `needs ttl`; nothing where any request will do.
 */
export function conditionMark(conditions: Conditions): string {
  if (conditions === UNCONDITIONAL) return '';
  const { minWrappingTtl, maxWrappingTtl, allowedParameters, deniedParameters, requiredParameters } =
    conditions;
  const { mfaMethods, controlGroup, paginationLimit, listFilter, eventTypes } = conditions;
  return [
    wrapping(minWrappingTtl, maxWrappingTtl),
    requiredParameters.length > 0 ? `needs ${names(requiredParameters)}` : '',
    isLimited(allowedParameters) ? `only with ${parameterNames(allowedParameters)}` : '',
    deniedParameters && deniedParameters.size > 0 ? `not with ${parameterNames(deniedParameters)}` : '',
    mfaMethods.length > 0 ? 'second factor' : '',
    controlGroup === undefined ? '' : 'control group',
    paginationLimit > 0 ? `lists at most ${paginationLimit}` : '',
    listFilter === undefined ? '' : 'list filtered',
    eventTypes.length > 0 ? `events ${names(eventTypes)}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function wrapping(min: number, max: number): string {
  if (min === 0 && max === 0) return '';
  return `wrapped ${min > 0 ? duration(min) : ''}..${max > 0 ? duration(max) : ''}`;
}

/** @param seconds whole, or a part of one */
function duration(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60}m`;
  return `${seconds}s`;
}

/** An `*` alone allows every parameter. */
function isLimited(parameters: Parameters | undefined): parameters is Parameters {
  if (!parameters || parameters.size === 0) return false;
  return parameters.size > 1 || !parameters.has('*');
}

/** Names that allow any value are told from those that allow some. */
function parameterNames(parameters: Parameters): string {
  return names([...parameters].map(([name, values]) => (values.length === 0 ? name : `${name}=...`)));
}

function names(all: readonly string[]): string {
  const rest = all.length - NAMED;
  return rest > 0 ? `${all.slice(0, NAMED).join(', ')} and ${rest} more` : all.join(', ');
}
