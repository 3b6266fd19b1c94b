import { loadPolicyParser } from '../../../policies/policy-text';
import { listingDialect } from '../../../review/rules/vlt008-listing-dialect';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const denied = path('kv/metadata/*', 'list') + path('kv/metadata/private/*', 'deny');

test('a deny is found that one server passes by for a listing', () => {
  expect(seen(listingDialect, { policies: { a: denied } })).toEqual([
    `vault_policy.a: listing 'kv/metadata/private/' is decided by path "kv/metadata/*" { list } of policy a, line 1 in HashiCorp Vault and OpenBao up to 2.5, and by path "kv/metadata/private/*" { deny } of policy a, line 4 in OpenBao from 2.6; HashiCorp Vault allows it, for role 'a'`,
  ]);
});

test.each([
  ['vault', 'HashiCorp Vault allows it'],
  ['openbao', 'OpenBao from 2.6 refuses it'],
  ['openbao-2.5', 'OpenBao up to 2.5 allows it'],
] as const)('it says what %s does', (dialect, said) => {
  expect(seen(listingDialect, { policies: { a: denied }, dialect })).toEqual([expect.stringContaining(said)]);
});

test('without a deny it matters in OpenBao alone', () => {
  const policies = { a: path('kv/metadata/*', 'list') + path('kv/metadata/team/*', 'read') };
  expect(seen(listingDialect, { policies, dialect: 'openbao-2.5' })).toHaveLength(1);
  expect(seen(listingDialect, { policies, dialect: 'vault' })).toEqual([]);
});

test.each([
  ['both allow it', path('kv/metadata/*', 'list') + path('kv/metadata/team/*', 'list')],
  ['a rule names the path', denied + path('kv/metadata/private', 'deny')],
  ['a rule names the path with its slash', denied + path('kv/metadata/private/', 'deny')],
  ['values are not listed', path('kv/data/*', 'list') + path('kv/data/private/*', 'deny')],
  ['one rule decides', path('kv/metadata/*', 'list')],
])('nothing is found where %s', (_, text) => {
  expect(seen(listingDialect, { policies: { a: text } })).toEqual([]);
});
