import * as fc from 'fast-check';
import { AccessList, type Request } from '../../policies/access-list';
import { capabilityNames } from '../../policies/capability';
import type { ParameterValue } from '../../policies/conditions';
import type { Dialect } from '../../policies/dialect';
import { OPERATIONS, type Operation } from '../../policies/operation';
import { type PlainBlock, type PlainPolicy, policyOf } from './plain-policy';
import { pathsNear, patterns, policySets } from './random-access';

/** What a token has, by name; the token has no others. */
export type PolicySet = Readonly<Record<string, PlainPolicy>>;

/** Policies, and paths at which a server is asked what they allow. */
export interface CapabilityCase {
  readonly policies: PolicySet;
  readonly paths: readonly string[];
}

/** Policies, and requests that a token makes. */
export interface RequestCase {
  readonly policies: PolicySet;
  readonly requests: readonly Request[];
}

/** Where the KV engine is to which requests are made. */
export const MOUNT = 'kv';

export function accessListOf(policies: PolicySet, dialect: Dialect): AccessList {
  // A server sorts the policies of a token.
  const names = Object.keys(policies).sort();
  return AccessList.of(
    names.map((name) => policyOf(name, policies[name] ?? [])),
    dialect,
  );
}

/** The answer of `sys/capabilities`, in the words of a server. */
export function capabilitiesAnswer(list: AccessList, path: string): string {
  return [...capabilityNames(list.capabilities(path))].sort().join(',') || 'deny';
}

export function capabilityCases(
  { capabilities }: Dialect,
  { seed, cases, paths }: { readonly seed: number; readonly cases: number; readonly paths: number },
): readonly CapabilityCase[] {
  const arbitrary = policySets(capabilities).chain((policies) =>
    pathsNear(patternsOf(policies), paths).map((near) => ({ policies, paths: near })),
  );
  return fc.sample(arbitrary, { seed, numRuns: cases });
}

export interface RequestOptions {
  readonly seed: number;
  readonly cases: number;
  /** In each case at most. */
  readonly requests: number;
  /** Whether a list or an object may be a value of a parameter, which the parser of policies refuses. @default true */
  readonly hasNestedValues?: boolean;
}

export function requestCases(
  { capabilities }: Dialect,
  { seed, cases, requests, hasNestedValues = true }: RequestOptions,
): readonly RequestCase[] {
  const arbitrary = policySets(capabilities, patternsOfMount, conditions(hasNestedValues)).chain((policies) =>
    fc
      .array(request(patternsOf(policies)), { minLength: requests, maxLength: requests })
      .map((all) => ({ policies, requests: all.filter(({ path }) => isRequestable(path)) })),
  );
  return fc.sample(arbitrary, { seed, numRuns: cases });
}

/** Takes away whatever can go while a test still fails, until nothing can. */
export async function smallest(
  policies: PolicySet,
  fails: (policies: PolicySet) => Promise<boolean>,
): Promise<PolicySet> {
  for (const smaller of smallerThan(policies)) {
    if (await fails(smaller)) return smallest(smaller, fails);
  }
  return policies;
}

function* smallerThan(policies: PolicySet): Generator<PolicySet> {
  const names = Object.keys(policies);
  for (const name of names) {
    if (names.length > 1) yield Object.fromEntries(Object.entries(policies).filter(([one]) => one !== name));
  }
  for (const name of names) {
    const blocks = policies[name] ?? [];
    const withBlocks = (changed: PlainPolicy) => ({ ...policies, [name]: changed });
    for (const [i, block] of blocks.entries()) {
      if (blocks.length > 1) yield withBlocks(blocks.filter((one) => one !== block));
      for (const smaller of smallerBlocks(block)) {
        yield withBlocks(blocks.map((one, at) => (at === i ? smaller : one)));
      }
    }
  }
}

function* smallerBlocks(block: PlainBlock): Generator<PlainBlock> {
  for (const capability of block.capabilities) {
    yield { ...block, capabilities: block.capabilities.filter((one) => one !== capability) };
  }
  for (const attribute of Object.keys(block)) {
    if (attribute === 'path' || attribute === 'capabilities') continue;
    yield Object.fromEntries(Object.entries(block).filter(([name]) => name !== attribute)) as never;
  }
}

function patternsOf(policies: PolicySet): readonly string[] {
  return Object.values(policies).flatMap((blocks) => blocks.map(({ path }) => path));
}

const patternsOfMount: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(`${MOUNT}/`, `${MOUNT}/`, `${MOUNT}/`, '+/', ''), patterns)
  .map(([mount, pattern]) => `${mount}${pattern.replace(/^\/+/, '')}`)
  .filter((path) => !path.includes('+*'));

const TTLS = [60, 120, 180];
const VALUES = ['x', 'y', 'x*', '*y', '*x*', '*', '**', '', true, 5];

/** Attributes of a block, most often few. */
function conditions(hasNestedValues: boolean): fc.Arbitrary<Partial<PlainBlock>> {
  const value = fc.constantFrom<ParameterValue>(...VALUES, ...(hasNestedValues ? [['x'], { k: 'x' }] : []));
  const parameters = fc.dictionary(
    // Of two that differ in case alone a server keeps one or the other.
    fc.constantFrom('p', 'Q', '*'),
    fc.array(value, { maxLength: 2 }),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  );
  return (
    fc
      .record({
        min_wrapping_ttl: rarely(fc.constantFrom(...TTLS)),
        max_wrapping_ttl: rarely(fc.constantFrom(...TTLS)),
        allowed_parameters: rarely(parameters),
        denied_parameters: rarely(parameters),
        required_parameters: rarely(fc.subarray(['p', 'Q', 'limit'])),
        pagination_limit: rarely(fc.constantFrom(1, 5)),
      })
      // Vault refuses a block whose maximum is below its minimum.
      .filter(({ min_wrapping_ttl: min, max_wrapping_ttl: max }) => !min || !max || min <= max)
      .map((all) => Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined)))
  );
}

function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** What a client can ask of a KV engine. A subscription is no request, and a recovery needs a snapshot. */
const REQUESTED: readonly Operation[] = OPERATIONS.filter(
  (one) => !['revoke', 'renew', 'rollback', 'subscribe', 'recover'].includes(one),
);
const WITH_BODY: readonly Operation[] = ['create', 'update', 'patch'];
const LISTINGS: readonly Operation[] = ['list', 'scan'];

function request(of: readonly string[]): fc.Arbitrary<Request> {
  const given = fc.dictionary(
    fc.constantFrom('p', 'q', 'P'),
    fc.constantFrom('x', 'y', 'xx', 'y y', 'xy', '', '*', true, 5, ['x'], ['x', 'y'], { k: 'x' }),
    { maxKeys: 3, noNullPrototype: true },
  );
  const page = fc.record(
    { limit: fc.constantFrom('1', '5', '6', 'max', 'all', '0', '-1') },
    { requiredKeys: [] },
  );
  return fc
    .tuple(
      fc.constantFrom(...REQUESTED),
      pathsNear(of, 1),
      fc.constantFrom(undefined, 30, ...TTLS, 300),
      given,
      page,
    )
    .map(([operation, [path = ''], wrapTtl, body, query]) => ({
      operation,
      path: `${MOUNT}/${path.replace(/^\/*[^/]*\/?/, '')}`,
      ...(wrapTtl && { wrapTtl }),
      ...(WITH_BODY.includes(operation) && { parameters: body }),
      ...(LISTINGS.includes(operation) && { parameters: query }),
      // The parameters of a query are texts.
      ...(operation === 'read' && {
        parameters: Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string')),
      }),
    }));
}

function isRequestable(path: string): boolean {
  return path.length > MOUNT.length + 1;
}

/** A server refuses to write where a path ends with a slash before it asks whether that is allowed. */
export function canBeMade({ operation, path }: Request): boolean {
  return !WITH_BODY.includes(operation) || !path.endsWith('/');
}
