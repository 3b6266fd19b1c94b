import { PathPattern } from '../../policies/path-pattern';
import { loadPolicyParser } from '../../policies/policy-text';
import { isKnown, observed, ownRules, policyOf, policyPlace } from '../../review/policy-observations';
import { declaredEnvironment, path } from './declared-environment';

beforeAll(loadPolicyParser);

const policies = { crm: path('kv/data/crm', 'read'), shared: path('kv/data/shared', 'read') };
const one = (policy: string) => ({ policy, seen: `saw ${policy}`, remedy: 'mend it' });

test('what is the same for several is said once, with their names', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const environment = declaredEnvironment({
    policies: { shared: policies.shared, ...Object.fromEntries(names.map((name) => [name, policies.crm])) },
    roles: Object.fromEntries(names.map((name) => [name, ['shared', name]])),
  });
  expect(observed(environment, () => [one('shared')])).toEqual([
    {
      stack: 'shop-production',
      address: 'vault_policy.shared',
      constructPath: 'shop/shared/Resource',
      seen: "saw shared, for role 'a', role 'b', role 'c' and 2 more",
      remedy: 'mend it',
    },
  ]);
});

test('whoever has the same access list is asked about once', () => {
  const environment = declaredEnvironment({ policies, roles: { a: ['crm'], b: ['crm'], c: ['shared'] } });
  const ask = jest.fn(() => []);
  observed(environment, ask);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('who has root has no rules to look at', () => {
  const resource = { vault_token: { ci: { policies: ['root'] } } };
  const environment = declaredEnvironment({ policies: {}, resource });
  expect(environment.access.identities).toHaveLength(1);
  expect(observed(environment, () => [one('root')])).toEqual([]);
});

test("rules are somebody's own unless they are of the policy that a server brings", () => {
  const environment = declaredEnvironment({ policies });
  const [{ accessList }] = environment.access.identities as [(typeof environment.access.identities)[0]];
  expect(accessList.rules.length).toBeGreaterThan(10);
  expect(ownRules(environment, accessList).map(({ pattern }) => pattern.text)).toEqual(['kv/data/crm']);
});

test('a policy default that the stacks write is their own', () => {
  const environment = declaredEnvironment({
    policies: { default: path('kv/data/all', 'read'), crm: policies.crm },
    roles: { crm: ['crm'] },
  });
  const [{ accessList }] = environment.access.identities as [(typeof environment.access.identities)[0]];
  expect(ownRules(environment, accessList)).toHaveLength(2);
});

test("a rule of several policies belongs to the first that is somebody's own", () => {
  const environment = declaredEnvironment({
    policies: { zebra: path('auth/token/lookup-self', 'read') },
  });
  const [{ accessList }] = environment.access.identities as [(typeof environment.access.identities)[0]];
  const rule = accessList.rules.find(({ origins }) => origins.length === 2);
  expect(rule?.origins[0]?.policy).toBe('default');
  expect(rule && policyOf(environment, rule)).toBe('zebra');
});

test('a policy that no stack declares is named by itself', () => {
  expect(policyPlace(declaredEnvironment({ policies }), 'other')).toEqual({
    stack: 'shop-production',
    address: 'policy other',
  });
});

test.each([
  ['kv/data/crm', true],
  ['kv/data/{{identity.entity.name}}', false],
  ['kv/data/\u27e8random_id.x.hex\u27e9/a', false],
])('%s is known before an apply: %s', (text, known) => {
  // More than once: a pattern that remembers where it was would answer otherwise.
  for (let i = 0; i < 3; i += 1) expect(isKnown(PathPattern.of(text))).toBe(known);
});
