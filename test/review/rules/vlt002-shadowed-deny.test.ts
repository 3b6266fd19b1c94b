import { loadPolicyParser } from '../../../policies/policy-text';
import { shadowedDeny } from '../../../review/rules/vlt002-shadowed-deny';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test('a deny is found that a wildcard further back outranks', () => {
  const policies = { a: path('kv/data/*', 'read') + path('kv/data/+/private*', 'deny') };
  expect(seen(shadowedDeny, { policies })).toEqual([
    `vault_policy.a: path "kv/data/+/private*" { deny } of policy a, line 4 does not hold: at 'kv/data/any/privateany' path "kv/data/*" { read } of policy a, line 1 decides, since of the two the deny loses: it has more '+' segments, for role 'a'`,
  ]);
});

test('a deny is found that a path inside of it, in another policy, outranks', () => {
  const policies = { guard: path('kv/data/*', 'deny'), crm: path('kv/data/crm', 'read') };
  const found = seen(shadowedDeny, { policies, roles: { crm: ['guard', 'crm'] } });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('vault_policy.guard: path "kv/data/*" { deny } of policy guard');
});

test.each([
  ['it holds', path('kv/data/*', 'read') + path('kv/data/private/*', 'deny')],
  ['it is exact', path('kv/data/*', 'read') + path('kv/data/private', 'deny')],
  ['the same policy has an exception inside of it', path('kv/data/*', 'deny') + path('kv/data/crm', 'read')],
  ['what outranks it allows nothing', path('kv/data/*') + path('kv/data/+/private*', 'deny')],
  ['what outranks it denies too', path('kv/data/*', 'deny') + path('kv/data/+/private*', 'deny')],
  ["only the server's own policy is an exception", path('sys/*', 'deny')],
  [
    'its path is of each entity',
    path('kv/data/*', 'read') + path('kv/data/+/{{identity.entity.name}}*', 'deny'),
  ],
])('nothing is found where %s', (_, text) => {
  expect(seen(shadowedDeny, { policies: { a: text } })).toEqual([]);
});
