import { loadPolicyParser } from '../../../policies/policy-text';
import { crossPolicyNarrowing } from '../../../review/rules/vlt003-cross-policy-narrowing';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const both = (wide: string, narrow: string) => ({
  policies: { wide, narrow },
  roles: { crm: ['wide', 'narrow'] },
});

test('a narrower path of another policy is found that takes rights away', () => {
  expect(
    seen(crossPolicyNarrowing, both(path('kv/data/*', 'read', 'update'), path('kv/data/crm', 'update'))),
  ).toEqual([
    `vault_policy.narrow: path "kv/data/crm" { update } of policy narrow, line 1 takes read at 'kv/data/crm' from what path "kv/data/*" { read, update } of policy wide, line 1 allows, for role 'crm'`,
  ]);
});

test('conditions are found that another policy puts on the same path', () => {
  const wrapped =
    'path "auth/approle/role/crm/secret-id" {\n  capabilities = ["update"]\n  min_wrapping_ttl = "1s"\n}\n';
  expect(
    seen(crossPolicyNarrowing, both(path('auth/approle/role/crm/secret-id', 'update'), wrapped)),
  ).toEqual([expect.stringContaining("asks more of a request at 'auth/approle/role/crm/secret-id'")]);
});

test('two policies with wrappings that exclude each other are found', () => {
  const wrapped = (limits: string) => `path "pki/issue/crm" {\n  capabilities = ["update"]\n  ${limits}\n}\n`;
  expect(
    seen(crossPolicyNarrowing, both(wrapped('min_wrapping_ttl = "60s"'), wrapped('max_wrapping_ttl = "30s"')))
      .length,
  ).toBeGreaterThan(0);
});

test('who has one of the policies alone is left out', () => {
  const policies = { wide: path('kv/data/*', 'read'), narrow: path('kv/data/crm', 'update') };
  const roles = { crm: ['wide', 'narrow'], web: ['wide'], mail: ['narrow'] };
  expect(seen(crossPolicyNarrowing, { policies, roles })).toEqual([expect.stringMatching(/for role 'crm'$/)]);
});

test.each([
  ['the narrower path says it again', path('kv/data/*', 'read'), path('kv/data/crm', 'read', 'update')],
  ['it denies', path('kv/data/*', 'read'), path('kv/data/crm', 'deny')],
  ['paths do not touch', path('kv/data/a/*', 'read'), path('kv/data/b/*', 'update')],
  ['only a listing of values is lost', path('kv/data/*', 'read', 'list'), path('kv/data/crm', 'read')],
  ['they are on the same path', path('kv/data/crm', 'read'), path('kv/data/crm', 'update')],
  [
    'the path is of each entity',
    path('kv/data/*', 'read'),
    path('kv/data/{{identity.entity.name}}', 'update'),
  ],
  ['the other rule never counts, as VLT001 says', path('kv/data/*', 'read'), path('kv/data/+/x*', 'update')],
])('nothing is found where %s', (_, wide, narrow) => {
  expect(seen(crossPolicyNarrowing, both(wide, narrow))).toEqual([]);
});

test('nothing is found where both paths are in one policy', () => {
  const policies = {
    a: path('kv/data/*', 'read') + path('kv/data/crm', 'update'),
    b: path('kv/data/b', 'read'),
  };
  expect(seen(crossPolicyNarrowing, { policies, roles: { crm: ['a', 'b'] } })).toEqual([]);
});

test("what the server's own policy says of a token itself is left out", () => {
  const policies = {
    admin: path('auth/*', 'create', 'read', 'update', 'delete', 'list'),
    b: path('kv/data/b', 'read'),
  };
  expect(seen(crossPolicyNarrowing, { policies, roles: { admin: ['admin', 'b'] } })).toEqual([]);
});

test('a rule that is passed by for a token without an entity takes nothing away, and loses nothing', () => {
  const policies = {
    own: path('kv/data/{{identity.entity.name}}/*', 'read'),
    wide: path('kv/data/*', 'update'),
  };
  const resource = { vault_token: { ci: { policies: ['own', 'wide'] } } };
  expect(seen(crossPolicyNarrowing, { policies, roles: {}, resource })).toEqual([]);
});
