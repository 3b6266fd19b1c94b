import { loadPolicyParser } from '../../../policies/policy-text';
import { readableBefore } from '../../../review/plan/readable-before';
import { compared, SHOP, shopWith, stack } from '../made-change';

beforeAll(loadPolicyParser);

test('what can be read stays as it is', () => {
  expect(readableBefore(stack('shop', SHOP))).toEqual(stack('shop', SHOP));
  const without = stack('shop', { docker_volume: {} });
  expect(readableBefore(without)).toBe(without);
});

test.each(['path {', '{'])('of a policy that cannot be read nothing is known: %j', (policy) => {
  const broken = stack('shop', shopWith({ 'vault_policy.store': { policy } }));
  expect(() => compared([broken], [])).toThrow("policy 'store'");
  const { environments } = compared([readableBefore(broken)], [stack('shop', SHOP)]);
  expect(environments[0]?.access).toMatchObject({
    unknown: [
      expect.stringContaining("what policy 'store' (vault_policy.store) allows is known at an apply only"),
    ],
  });
});

test('a policy that somebody has deleted is read as an empty one, and allows nothing', () => {
  const deleted = stack('shop', shopWith({ 'vault_policy.store': { policy: '' } }));
  const { environments } = compared([readableBefore(deleted)], [stack('shop', SHOP)]);
  expect(environments[0]?.access).toMatchObject({
    identities: [{ name: 'store', changes: [{ isBroadening: true }] }],
    unknown: [],
  });
});
