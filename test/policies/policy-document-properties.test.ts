import * as fc from 'fast-check';
import { CAPABILITIES, type Capability } from '../../policies/capability';
import { PolicyDocument, type Rule } from '../../policies/policy-document';
import { loadPolicyParser } from '../../policies/policy-text';
import { asRead, readBack } from './read-back';
import { allows, LIST_ORDERS, matches, requestPaths, winner } from './vault-model';

beforeAll(loadPolicyParser);

const PATHS = [...requestPaths(['', 'a', 'b', 'ab', 'c'], 3), 'a/b/c/ab', 'a/a/a/', 'b/ab/ab/a'];
const FOLDERS = requestPaths(['a', 'b', 'ab', 'c'], 3).map((path) => `${path}/`);

const segment = fc.constantFrom('a', 'b', 'ab', '+');
const pattern = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '', '/*', '/a*'))
  .map(([segments, end]) => segments.join('/') + end);
const grants: fc.Arbitrary<Rule[]> = fc.array(
  fc.record({
    path: fc.oneof(pattern, fc.constantFrom('*', 'a*')),
    capabilities: fc.subarray([...CAPABILITIES], { minLength: 1, maxLength: 3 }),
    reason: fc.string({ unit: 'binary', maxLength: 20 }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** Calls `check` for every document that can be written, and makes sure that there are enough of them. */
function forEveryDocument(check: (granted: readonly Rule[], rules: PolicyDocument) => void): void {
  let written = 0;
  fc.assert(
    fc.property(grants, (granted) => {
      const policy = new PolicyDocument(granted);
      try {
        policy.rules();
      } catch (error) {
        expect((error as Error).message).toMatch(/^rule ".+" would take .+ away from rule ".+"/);
        return;
      }
      written += 1;
      check(granted, policy);
    }),
    { numRuns: 400 },
  );
  expect(written).toBeGreaterThan(100);
}

test('the rule that decides gives exactly what the grants on a path give together', () => {
  forEveryDocument((granted, policy) => {
    const rules = policy.rules();
    const patterns = rules.map(({ path }) => path);
    // Listing is looked up in its own way, see below.
    const withoutList = (all: readonly Capability[]) =>
      CAPABILITIES.filter((one) => one !== 'list' && all.includes(one));
    const given = PATHS.map((path) => [
      path,
      withoutList(granted.filter((rule) => matches(rule.path, path)).flatMap((rule) => rule.capabilities)),
    ]);
    const allowed = PATHS.map((path) => {
      const decides = winner(patterns, path);
      return [path, withoutList(rules.find((rule) => rule.path === decides)?.capabilities ?? [])];
    });
    expect(allowed).toEqual(given);
  });
});

test.each(LIST_ORDERS)('a folder can be listed exactly where some grant alone allows it, %s', (order) => {
  forEveryDocument((granted, policy) => {
    const rules = policy.rules();
    const alone = FOLDERS.filter((folder) => granted.some((rule) => allows([rule], 'list', folder, order)));
    expect(FOLDERS.filter((folder) => allows(rules, 'list', folder, order))).toEqual(alone);
  });
});

test('what is rendered reads back as the same rules, whatever the reasons are', () => {
  forEveryDocument((_, policy) => {
    expect(readBack(policy.render())).toEqual(asRead(policy.rules()));
  });
});

test('every path that is accepted stands in the policy as it was given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (path) => {
      const policy = new PolicyDocument();
      try {
        policy.add({ path, capabilities: ['read'], reason: 'test' });
      } catch {
        return;
      }
      expect(readBack(policy.render())).toEqual([{ path, capabilities: ['read'], reason: 'test' }]);
    }),
    { numRuns: 2000 },
  );
});
