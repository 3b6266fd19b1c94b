import * as fc from 'fast-check';
import type { AccessList, Request } from '../../policies/access-list';
import { ALL_CAPABILITIES, type AnyCapability } from '../../policies/capability';
import type { RequestDetails } from '../../policies/conditions';
import { DIALECT_NAMES, DIALECTS, type DialectName } from '../../policies/dialect';
import { accessDifference } from '../../policies/difference';
import type { Operation } from '../../policies/operation';
import { accessListOf, type PolicySet } from './decision-cases';
import type { PlainBlock, PlainPolicy } from './plain-policy';
import { pathsNear, patterns, policySets } from './random-access';

const dialects = fc.constantFrom(...DIALECT_NAMES);

/** Each is a capability too. */
const operations = ALL_CAPABILITIES.filter((one): one is AnyCapability & Operation => one !== 'sudo');

interface Pair {
  readonly dialect: DialectName;
  readonly before: PolicySet;
  readonly after: PolicySet;
  readonly paths: readonly string[];
}

/** Two sets of policies on patterns of which most are in both, and paths near them. */
function pairs(conditions: fc.Arbitrary<Partial<PlainBlock>> = fc.constant({})): fc.Arbitrary<Pair> {
  return fc.tuple(dialects, fc.array(patterns, { minLength: 1, maxLength: 5 })).chain(([dialect, some]) => {
    const pattern = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...some) },
      { weight: 1, arbitrary: patterns },
    );
    const set = policySets(DIALECTS[dialect].capabilities, pattern, conditions);
    return fc.tuple(set, set).chain(([before, after]) =>
      pathsNear([before, after].flatMap(patternsOf), 25).map((paths) => ({
        dialect,
        before,
        after,
        paths,
      })),
    );
  });
}

test('what the difference reports is so at its witness', () => {
  const told = { gained: 0, lost: 0 };
  fc.assert(
    fc.property(pairs(), ({ dialect, before, after }) => {
      const [from, to] = [accessListOf(before, DIALECTS[dialect]), accessListOf(after, DIALECTS[dialect])];
      for (const change of accessDifference(from, to)) {
        expect(change.gained.length + change.lost.length).toBeGreaterThan(0);
        for (const operation of operations) {
          const request = { operation, path: change.witness };
          const allowed = [from, to].map((list) => list.decide(request).allowed);
          if (change.gained.includes(operation)) expect([change, allowed]).toEqual([change, [false, true]]);
          if (change.lost.includes(operation)) expect([change, allowed]).toEqual([change, [true, false]]);
        }
        const deciding = (list: AccessList) =>
          list.deciding(change.witness, change.listing ?? 'read')?.pattern.text;
        expect([deciding(from), deciding(to)]).toEqual([
          change.before?.pattern.text,
          change.after?.pattern.text,
        ]);
        told.gained += change.gained.length;
        told.lost += change.lost.length;
      }
    }),
    { numRuns: 200 },
  );
  expect(Math.min(told.gained, told.lost)).toBeGreaterThan(500);
});

test('what changes anywhere is reported', () => {
  let found = 0;
  fc.assert(
    fc.property(pairs(), ({ dialect, before, after, paths }) => {
      const [from, to] = [accessListOf(before, DIALECTS[dialect]), accessListOf(after, DIALECTS[dialect])];
      const changes = accessDifference(from, to);
      for (const request of requestsAt(paths)) {
        const [was, is] = [from.decide(request), to.decide(request)];
        if (was.allowed === is.allowed) continue;
        found += 1;
        const reported = changes.filter(
          ({ before: rule, after: other, gained, lost }) =>
            rule?.pattern.text === was.rule?.pattern.text &&
            other?.pattern.text === is.rule?.pattern.text &&
            (is.allowed ? gained : lost).includes(request.operation as AnyCapability),
        );
        expect([request, reported.length]).toEqual([request, 1]);
      }
    }),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(1_000);
});

test('a rewrite that means the same is no change', () => {
  const conditioned = dialects.chain((dialect) =>
    fc.tuple(fc.constant(dialect), policySets(DIALECTS[dialect].capabilities, patterns, conditions)),
  );
  fc.assert(
    fc.property(conditioned, fc.infiniteStream(fc.nat(1_000)), ([dialect, policies], choices) => {
      const choose = (below: number) => (choices.next().value as number) % below;
      const rewritten = rewrite(policies, choose);
      const [from, to] = [
        accessListOf(policies, DIALECTS[dialect]),
        accessListOf(rewritten, DIALECTS[dialect]),
      ];
      expect([rewritten, accessDifference(from, to)]).toEqual([rewritten, []]);
      expect(accessDifference(to, from)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('of conditions nothing is left out, and none is called looser that is not', () => {
  const seen = { same: 0, looser: 0, tighter: 0, other: 0 };
  fc.assert(
    fc.property(pairs(conditions), ({ dialect, before, after, paths }) => {
      const [from, to] = [accessListOf(before, DIALECTS[dialect]), accessListOf(after, DIALECTS[dialect])];
      const changes = accessDifference(from, to);
      for (const { operation, path } of requestsAt(paths.slice(0, 4))) {
        const { rule: was } = from.decide({ operation, path });
        const { rule: is } = to.decide({ operation, path });
        const change = changes.find(
          (one) =>
            one.before?.pattern.text === was?.pattern.text &&
            one.after?.pattern.text === is?.pattern.text &&
            one.listing === (operation === 'list' || operation === 'scan' ? operation : undefined),
        );
        const kept =
          !change?.gained.includes(operation as AnyCapability) &&
          !change?.lost.includes(operation as AnyCapability);
        if (!kept) continue;
        const kind = change?.conditions ?? 'same';
        for (const details of DETAILS) {
          const request = { operation, path, ...details };
          const [old, now] = [from, to].map((list) => list.decide(request).allowed);
          if (old === now) continue;
          seen[kind] += 1;
          expect([request, change, kind]).toEqual([
            request,
            change,
            now ? expect.stringMatching(/looser|other/) : expect.stringMatching(/tighter|other/),
          ]);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(seen.same).toBe(0);
  expect(Math.min(seen.looser, seen.tighter, seen.other)).toBeGreaterThan(20);
});

/** Few values, so that two blocks often have the same. */
const conditions: fc.Arbitrary<Partial<PlainBlock>> = fc
  .record(
    {
      min_wrapping_ttl: fc.constantFrom(0, 10, 30),
      max_wrapping_ttl: fc.constantFrom(0, 20, 30),
      allowed_parameters: parameters(),
      denied_parameters: parameters(),
      required_parameters: fc.subarray(['p', 'Q', 'limit']),
      pagination_limit: fc.constantFrom(0, 1, 5),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  // Two blocks together can ask for what none can give; one alone is refused.
  .filter(({ min_wrapping_ttl: min = 0, max_wrapping_ttl: max = 0 }) => max === 0 || min <= max);

function parameters(): fc.Arbitrary<PlainBlock['allowed_parameters']> {
  return fc.dictionary(fc.constantFrom('p', 'q', '*'), fc.subarray(['x', 'y*', true]), {
    maxKeys: 2,
    noNullPrototype: true,
  });
}

/** Every way in which a request can meet those conditions or not. */
const DETAILS: readonly RequestDetails[] = [undefined, 5, 10, 15, 20, 25, 30, 40].flatMap((wrapTtl) =>
  [
    {},
    { p: 'x' },
    { p: 'yy' },
    { q: 'x' },
    { q: true },
    { p: 'z', q: 'x' },
    { r: 'x' },
    { limit: '1' },
    { limit: '5' },
    { limit: '9' },
    { p: 'x', limit: 'max' },
  ].map((given) => ({ ...(wrapTtl && { wrapTtl }), parameters: given as RequestDetails['parameters'] })),
);

function requestsAt(paths: readonly string[]): readonly Request[] {
  // Nothing is at the empty path, and no class is of it.
  const some = paths.filter((path) => !/^\/*$/.test(path));
  return some.flatMap((path) => operations.map((operation) => ({ operation, path })));
}

function patternsOf(policies: PolicySet): readonly string[] {
  return Object.values(policies).flatMap((blocks) => blocks.map(({ path }) => path));
}

/** Says the same in other words: other order, other policies, twice, in parts, with rules that never decide. */
function rewrite(policies: PolicySet, choose: (below: number) => number): PolicySet {
  const blocks = Object.values(policies).flat();
  const known = new Set(blocks.map(({ path }) => path.replace(/^\//, '')));
  const more = blocks.flatMap((block) => [
    ...partsOf(block, choose),
    ...(choose(3) === 0 ? [block] : []),
    ...neverDeciding(block.path, choose).filter(({ path }) => !known.has(path)),
  ]);
  const names = ['one', 'two', 'default'];
  const result: Record<string, PlainPolicy> = { three: [] };
  for (const block of shuffled(more, choose)) {
    const name = names[choose(names.length)] as string;
    result[name] = [...(result[name] ?? []), slashed(block, choose)];
  }
  return result;
}

function partsOf(block: PlainBlock, choose: (below: number) => number): readonly PlainBlock[] {
  const names = shuffled(block.capabilities, choose);
  const at = choose(names.length + 1);
  return choose(2) === 0
    ? [{ ...block, capabilities: names }]
    : [names.slice(0, at), names.slice(at)].map((capabilities) => ({ ...block, capabilities }));
}

/** Below a prefix of whole segments it outranks whatever has a `+` right after it. */
function neverDeciding(path: string, choose: (below: number) => number): readonly PlainBlock[] {
  const prefix = path.replace(/^\//, '').slice(0, -1);
  const isPrefix = path.endsWith('/*') && !/^\/|(^|\/)\+/.test(prefix);
  if (!isPrefix) return [];
  const rest = ['+/*', '+/a*', '+/b/*'][choose(3)] as string;
  return [{ path: `${prefix}${rest}`, capabilities: choose(2) === 0 ? ['deny'] : ['sudo', 'read', 'list'] }];
}

/** Vault takes one slash away. */
function slashed(block: PlainBlock, choose: (below: number) => number): PlainBlock {
  const { path } = block;
  return path.startsWith('/') || choose(2) === 0 ? block : { ...block, path: `/${path}` };
}

function shuffled<One>(all: readonly One[], choose: (below: number) => number): readonly One[] {
  return all
    .map((one) => [choose(1_000), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
