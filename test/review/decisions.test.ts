import * as fc from 'fast-check';
import { AccessList } from '../../policies/access-list';
import { DIALECT_NAMES, DIALECTS } from '../../policies/dialect';
import { PathPattern } from '../../policies/path-pattern';
import { pathClasses } from '../../policies/path-space';
import { decisionsOf } from '../../review/decisions';
import { policyOf } from '../policies/plain-policy';
import { pathsNear, patterns, policySets } from '../policies/random-access';
import { plainList } from './plain-list';

const list = (...paths: readonly string[]) => plainList(paths.map((path) => [path, ['read', 'list']]));
const witnesses = (of: AccessList) => decisionsOf(of).map(({ witness }) => witness);

test('rules that share no path are not looked at', () => {
  expect(witnesses(list('kv/data/a', 'kv/data/b/*', 'kv/data/c*'))).toEqual([]);
});

test.each([
  ['a path of both', ['kv/*', 'kv/a']],
  ['a path of both, by a wildcard in front', ['+/a', 'kv/*']],
  ['a listing, of which one has the slash', ['kv/a', 'kv/a/']],
  ['a listing below, of which one has the slash', ['kv/a', 'kv/a/*']],
])('rules that share %s are', (_, paths) => {
  expect(witnesses(list(...paths)).length).toBeGreaterThan(0);
});

test('the same list is looked at once', () => {
  const one = list('kv/*', 'kv/a');
  expect(decisionsOf(one)).toBe(decisionsOf(one));
});

const names = ['read', 'update', 'list'] as const;
const lists = fc
  .record({ dialect: fc.constantFrom(...DIALECT_NAMES), policies: policySets(names) })
  .map(({ dialect, policies }) =>
    AccessList.of(
      Object.entries(policies).map(([name, blocks]) => policyOf(name, blocks)),
      DIALECTS[dialect],
    ),
  );

test('each path is decided about as the access list does', () => {
  fc.assert(
    fc.property(lists, (of) => {
      for (const { witness, deciding, listing } of decisionsOf(of)) {
        const path = witness.replace(/^\/+/, '');
        if (path !== witness) continue;
        expect(deciding?.pattern.text).toBe(of.deciding(path, 'read')?.pattern.text);
        if (!listing) continue;
        expect(listing.list?.pattern.text).toBe(of.deciding(path, 'list')?.pattern.text);
        expect(listing.scan?.pattern.text).toBe(of.deciding(path, 'scan')?.pattern.text);
      }
    }),
    { numRuns: 300 },
  );
});

test('a rule that is not looked at decides about all that it matches', () => {
  fc.assert(
    fc.property(lists, (of) => {
      const seen = new Set(decisionsOf(of).flatMap(({ matched }) => matched));
      const left = of.rules.filter((rule) => !seen.has(rule));
      for (const { matched, bare } of pathClasses(of.rules.map(({ pattern }) => pattern))) {
        for (const rule of left) {
          if (!matched.includes(rule.pattern)) continue;
          expect(of.decidingOf(matched)).toBe(rule);
          if (bare) expect(of.decidingOf(matched, { operation: 'list', bare })).toBe(rule);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('what a pattern matches begins as it does', () => {
  fc.assert(
    fc.property(
      patterns.chain((text) => fc.record({ text: fc.constant(text), paths: pathsNear([text], 8) })),
      ({ text, paths }) => {
        const pattern = PathPattern.of(text);
        for (const path of paths.filter((one) => pattern.matches(one))) {
          expect(path.startsWith(pattern.beginning)).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});
