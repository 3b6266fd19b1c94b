import { loadPolicyParser } from '../../../policies/policy-text';
import { destruction } from '../../../review/rules/vlt018-destruction';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const found = (text: string, version: 1 | 2 = 2) =>
  seen(destruction, { policies: { a: text }, mounts: { kv: version } });

test.each([
  ['kv/destroy/crm', 'update', 2, 'versions'],
  ['kv/metadata/crm/*', 'delete', 2, 'secrets with all versions'],
  ['kv/crm', 'delete', 1, 'secrets'],
  ['sys/mounts/kv', 'delete', 2, 'the engine with all its secrets'],
  ['sys/mounts/*', 'delete', 2, 'the engine with all its secrets'],
] as const)('%s with %s in version %i is found', (text, capability, version, what) => {
  expect(found(path(text, capability), version)).toEqual([
    `vault_policy.a: path "${text}" { ${capability} } of policy a, line 1 is enough to destroy ${what}, for role 'a'`,
  ]);
});

test.each([
  ['the newest version is hidden', path('kv/data/crm', 'delete') + path('kv/delete/crm', 'update')],
  ['versions are read', path('kv/metadata/crm', 'read', 'list')],
  [
    'it is denied',
    path('kv/*', 'update', 'delete') + path('kv/destroy/*', 'deny') + path('kv/metadata/*', 'deny'),
  ],
  ['it is another engine', path('kv2/destroy/crm', 'update') + path('sys/mounts/kv2', 'delete')],
  ['an engine is tuned', path('sys/mounts/kv', 'update') + path('sys/mounts/kv/tune', 'update')],
])('nothing is found where %s', (_, text) => {
  expect(found(text)).toEqual([]);
});
