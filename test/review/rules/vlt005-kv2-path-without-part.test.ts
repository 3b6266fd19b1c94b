import { loadPolicyParser } from '../../../policies/policy-text';
import { kv2PathWithoutPart } from '../../../review/rules/vlt005-kv2-path-without-part';
import { observations, path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test.each(['kv/billing', 'kv/billing/*', 'kv/billing*', 'kv/database/+/x', 'kv/'])('%s is found', (text) => {
  expect(seen(kv2PathWithoutPart, { policies: { a: path(text, 'read') } })).toEqual([
    `vault_policy.a: path "${text}" { read } of policy a, line 1 matches no path of the KV v2 engine at 'kv', for role 'a'`,
  ]);
});

test('a deny is found too, which denies nothing', () => {
  expect(seen(kv2PathWithoutPart, { policies: { a: path('kv/billing/*', 'deny') } })).toHaveLength(1);
});

test('what to write is said', () => {
  const [found] = observations(kv2PathWithoutPart, { policies: { a: path('kv/billing/*', 'read') } });
  expect(found?.remedy).toBe(
    "write 'kv/data/billing/*' for the values, 'kv/metadata/billing/*' for names and versions",
  );
});

test.each([
  'kv/data/billing',
  'kv/data*',
  'kv/d*',
  'kv/*',
  'kv/+/billing',
  'kv/metadata',
  'kv/metadata/*',
  'kv/destroy/a',
  'kv/undelete/a',
  'kv/subkeys/a',
  'kv/config',
  'kv2/billing',
  'kv*',
  '+/billing',
  'kv/{{identity.entity.name}}/a',
])('%s is not', (text) => {
  expect(seen(kv2PathWithoutPart, { policies: { a: path(text, 'read') } })).toEqual([]);
});

test('nothing is found in version 1', () => {
  expect(
    seen(kv2PathWithoutPart, { policies: { a: path('kv/billing', 'read') }, mounts: { kv: 1 } }),
  ).toEqual([]);
});
