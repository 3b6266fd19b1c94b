import { loadPolicyParser } from '../../../policies/policy-text';
import { prefixLeak } from '../../../review/rules/vlt009-prefix-leak';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test('a name that is cut off is found, with what else it reaches', () => {
  const policies = { crm: path('kv/data/crm*', 'read') };
  expect(seen(prefixLeak, { policies, secrets: ['crm/key', 'crm-legacy/key'] })).toEqual([
    `vault_policy.crm: path "kv/data/crm*" { read } of policy crm, line 1 is about 'kv/data/crm2' too, and about 'kv/data/crm-legacy/key', which is declared, for role 'crm'`,
  ]);
});

test.each(['kv/data/+/crm*', 'kv/metadata/crm*', 'kv/data/2024*', 'kv/data/{{identity.entity.id}}*'])(
  '%s is found',
  (text) => {
    expect(seen(prefixLeak, { policies: { a: path(text, 'read') } })).toHaveLength(1);
  },
);

test('version 1 has no data/', () => {
  expect(seen(prefixLeak, { policies: { a: path('kv/crm*', 'read') }, mounts: { kv: 1 } })).toHaveLength(1);
});

test.each([
  'kv/data/crm/*',
  'kv/data/*',
  'kv/data*',
  'kv/data/crm-*',
  'kv/data/crm_*',
  'kv/data/crm',
  'sys/policies/acl/shop*',
  'auth/token/create*',
  'pki/issue*',
])('%s is not', (text) => {
  expect(seen(prefixLeak, { policies: { a: path(text, 'read') } })).toEqual([]);
});

test('a deny that takes too much is no leak', () => {
  expect(seen(prefixLeak, { policies: { a: path('kv/data/crm*', 'deny') } })).toEqual([]);
});
