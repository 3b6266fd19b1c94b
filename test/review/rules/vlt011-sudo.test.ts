import { loadPolicyParser } from '../../../policies/policy-text';
import { sudo } from '../../../review/rules/vlt011-sudo';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test.each(['sys/audit', 'sys/auth/*', 'auth/token/accessors', 'sys/leases/lookup/+', 'sys/raw/*'])(
  '%s without sudo is found',
  (text) => {
    expect(seen(sudo, { policies: { a: path(text, 'read', 'update') } })).toEqual([
      `vault_policy.a: path "${text}" { read, update } of policy a, line 1 allows nothing: the path is root-protected and the rule has no sudo, for role 'a'`,
    ]);
  },
);

test('sudo in a KV engine is found', () => {
  expect(seen(sudo, { policies: { a: path('kv/data/*', 'read', 'sudo') } })).toEqual([
    `vault_policy.a: path "kv/data/*" { read, sudo } of policy a, line 1 has sudo, which a KV engine asks for nowhere, for role 'a'`,
  ]);
});

test('another policy may bring sudo to the same path', () => {
  const policies = { a: path('sys/audit', 'read'), b: path('sys/audit', 'sudo') };
  expect(seen(sudo, { policies, roles: { both: ['a', 'b'] } })).toEqual([]);
});

test.each([
  ['a protected path has it', path('sys/audit', 'read', 'sudo')],
  ['only some of the paths are protected', path('auth/*', 'read') + path('sys/*', 'read')],
  ['a path is not protected', path('sys/auth', 'read') + path('sys/mounts/kv', 'read')],
  ['an engine may ask for it', path('pki/root', 'delete', 'sudo')],
  ['a protected path is denied', path('sys/audit', 'deny')],
])('nothing is found where %s', (_, text) => {
  expect(seen(sudo, { policies: { a: text } })).toEqual([]);
});
