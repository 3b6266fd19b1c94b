import { loadPolicyParser } from '../../../policies/policy-text';
import { kv2Capability } from '../../../review/rules/vlt006-kv2-capability';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test('a listing of values is found that lists nothing', () => {
  expect(seen(kv2Capability, { policies: { a: path('kv/data/crm/*', 'read', 'list') } })).toEqual([
    `vault_policy.a: path "kv/data/crm/*" { read, list } of policy a, line 1 lists nothing: a KV v2 engine lists names at 'metadata/', for role 'a'`,
  ]);
});

test.each(['delete', 'undelete', 'destroy'])('rights at %s/ are found that are not update', (part) => {
  expect(seen(kv2Capability, { policies: { a: path(`kv/${part}/crm`, 'delete') } })).toEqual([
    expect.stringContaining(`'${part}/' is asked for by 'update' alone`),
  ]);
});

test.each([
  ['names can be listed too', path('kv/data/crm/*', 'read', 'list') + path('kv/metadata/crm/*', 'list')],
  [
    'names can be listed by a wider rule',
    path('kv/data/crm/*', 'read', 'list') + path('kv/metadata/*', 'list'),
  ],
  ['it is about the whole engine', path('kv/*', 'read', 'list')],
  ['metadata is read', path('kv/metadata/crm', 'read', 'delete')],
  ['versions are destroyed by update', path('kv/destroy/crm', 'update')],
  ['versions are denied', path('kv/destroy/crm', 'deny')],
])('nothing is found where %s', (_, text) => {
  expect(seen(kv2Capability, { policies: { a: text } })).toEqual([]);
});

test('nothing is found in version 1', () => {
  const policies = { a: path('kv/data/crm/*', 'read', 'list') };
  expect(seen(kv2Capability, { policies, mounts: { kv: 1 } })).toEqual([]);
});
