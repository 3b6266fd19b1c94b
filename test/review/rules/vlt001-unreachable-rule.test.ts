import { loadPolicyParser } from '../../../policies/policy-text';
import { unreachableRule } from '../../../review/rules/vlt001-unreachable-rule';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test('a rule is found that another of the same beginning outranks on every path', () => {
  const policies = {
    gateway: path('kv/data/tenants/*', 'read') + path('kv/data/tenants/+/keys/*', 'update'),
  };
  expect(seen(unreachableRule, { policies })).toEqual([
    `vault_policy.gateway: path "kv/data/tenants/+/keys/*" { update } of policy gateway, line 4 never counts; at 'kv/data/tenants/any/keys/any', where it would allow update, path "kv/data/tenants/*" { read } of policy gateway, line 1 decides, since of the two this one loses: it has more '+' segments, for role 'gateway'`,
  ]);
});

test('a rule is found that a rule of another policy outranks, for whoever has both', () => {
  const policies = { wide: path('kv/data/a/*', 'read'), narrow: path('kv/data/a/+/b*', 'update') };
  const roles = { both: ['wide', 'narrow'], one: ['narrow'] };
  const found = seen(unreachableRule, { policies, roles });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^vault_policy\.narrow: .* for role 'both'$/);
});

test('a rule is found that a deny outranks', () => {
  const policies = { a: path('kv/data/*', 'deny') + path('kv/data/+/x*', 'read') };
  expect(seen(unreachableRule, { policies })).toHaveLength(1);
});

test('a listing is found that the same path with a slash outranks', () => {
  const policies = { a: path('sys/policies/acl', 'list') + path('sys/policies/acl/', 'read') };
  expect(seen(unreachableRule, { policies })).toEqual([
    expect.stringContaining('path "sys/policies/acl" { list }'),
  ]);
});

test('a path is found that no request has', () => {
  expect(seen(unreachableRule, { policies: { a: path('//kv/data/a', 'read') } })).toEqual([
    expect.stringContaining("no request has a path that begins with '/'"),
  ]);
});

test.each([
  ['the other allows as much', path('kv/data/*', 'read', 'update') + path('kv/data/+/x*', 'read')],
  ['only a listing of values is missing', path('kv/data/*', 'read') + path('kv/data/+/x*', 'read', 'list')],
  ['it counts on one of its paths', path('kv/data/a*', 'read') + path('kv/data/+/b', 'update')],
  ['it counts for a listing', path('kv/metadata/a', 'list') + path('kv/metadata/a/*', 'read')],
  ['it is exact', path('kv/data/*', 'read') + path('kv/data/a', 'update')],
  ['it is a deny', path('kv/data/*', 'read') + path('kv/data/+/x*', 'deny')],
  ['it allows nothing', path('kv/data/*', 'read') + path('kv/data/+/x*')],
  [
    'its path is of each entity',
    path('kv/data/*', 'read') + path('kv/data/+/{{identity.entity.name}}/*', 'update'),
  ],
])('nothing is found where %s', (_, text) => {
  expect(seen(unreachableRule, { policies: { a: text } })).toEqual([]);
});
