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

/** Whether any request can satisfy them: blocks put together may ask for two wrappings at once. */
export function isSatisfiable({ minWrappingTtl: min, maxWrappingTtl: max }: Conditions): boolean {
  return max === 0 || min <= max;
}

export const NO_PARAMETERS: Parameters = new Map();

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
