import { loadPolicyParser } from '../../../policies/policy-text';
import { createWithoutUpdate } from '../../../review/rules/vlt012-create-without-update';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test.each([
  'sys/policies/acl/*',
  'sys/mounts/kv',
  'sys/auth/approle',
  'auth/token/create',
  'identity/entity',
  'identity/group/id/+',
])('create alone is found at %s', (text) => {
  expect(seen(createWithoutUpdate, { policies: { a: path(text, 'create', 'read') } })).toEqual([
    `vault_policy.a: path "${text}" { create, read } of policy a, line 1 lets nobody write: there every write is an 'update', for role 'a'`,
  ]);
});

test.each([
  ['update is there', path('sys/policies/acl/*', 'create', 'update')],
  ['another policy brings it', path('sys/policies/acl/*', 'create') + path('sys/policies/acl/*', 'update')],
  ['KV can tell what exists', path('kv/data/crm', 'create')],
  ['roles can tell what exists', path('auth/approle/role/crm', 'create')],
  ['nobody knows of an engine', path('transit/encrypt/crm', 'create')],
])('nothing is found where %s', (_, text) => {
  expect(seen(createWithoutUpdate, { policies: { a: text } })).toEqual([]);
});
