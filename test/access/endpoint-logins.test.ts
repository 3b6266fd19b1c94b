import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, identityOf, paths, policies, reading, summary } from './declared';

beforeAll(loadPolicyParser);

const PASSWORD = 'not-a-password';

test.each<[string, string]>([
  ['text', `{"policies":["a","b"],"password":"${PASSWORD}"}`],
  ['text with something unknown', '{"policies":["a","b"],"password":"x${random_password.p.result}"}'],
  ['encoded', '${jsonencode({"policies" = ["a", "b"], "password" = random_password.p.result})}'],
  ['of the new name', '{"token_policies":["a","b"],"policies":["c"]}'],
  ['with commas', '{"policies":"a, b"}'],
])('a user of userpass has the policies of JSON as %s', (_, json) => {
  const access = accessOf({
    ...policies('a', 'b'),
    vault_generic_endpoint: { u: { path: 'auth/userpass/users/ada', data_json: json } },
  });
  expect(summary(access)).toEqual(['user ada: a b default']);
  expect(access.unknown).toEqual([]);
});

test.each([
  ['auth/approle/role/billing', 'role billing: a'],
  ['/auth/deep/ldap/groups/dev/', 'group dev: a'],
  ['auth/cert/certs/web', 'role web: a'],
])('what is written to %s is an identity', (path, expected) => {
  const access = accessOf({
    ...policies('a'),
    vault_generic_endpoint: {
      e: { path, data_json: '{"token_policies":["a"],"token_no_default_policy":true}' },
    },
  });
  expect(summary(access)).toEqual([expected]);
});

test('groups of a user that are written by a path are said to be missing', () => {
  const access = accessOf({
    ...policies('a'),
    vault_generic_endpoint: {
      u: { path: 'auth/ldap/users/bob', data_json: '{"policies":["a"],"groups":"staff,admins"}' },
    },
  });
  expect(access.notes).toEqual([
    {
      sentence:
        "groups that vault_generic_endpoint.u writes to 'auth/ldap/users/bob' are not read; policies of those are missing",
      mayGrantTo: { address: 'vault_generic_endpoint.u' },
    },
  ]);
});

test('a policy may be written by its path', () => {
  const access = accessOf({
    vault_generic_endpoint: {
      p: { path: 'sys/policies/acl/Apps', data_json: JSON.stringify({ policy: reading('apps/x') }) },
      u: { path: 'auth/userpass/users/ada', data_json: '{"policies":["apps"]}' },
      unknown: { path: 'sys/policy/late', data_json: '${var.late}' },
    },
  });
  expect(paths(identityOf(access, 'ada'))).toEqual(['apps/x read']);
  expect(access.unknown).toEqual([
    "what policy 'late' (vault_generic_endpoint.unknown) allows is known at an apply only",
  ]);
});

test('what may give access and is not read is said, and what is none is not', () => {
  const write = (path: string) => ({ path, data_json: '{}' });
  const access = accessOf({
    vault_generic_endpoint: {
      token: write('auth/token/roles/ci'),
      team: write('auth/github/map/teams/dev'),
      entity: write('identity/entity/name/ada'),
      login: write('auth/userpass/login/ada'),
      config: write('sys/config/ui'),
      unknown: { path: 'auth/userpass/users/eve', data_json: '${var.eve}' },
      path: { path: '${var.path}', data_json: '{}' },
    },
  });
  expect(access.identities).toEqual([]);
  expect(access.unknown).toEqual([
    "'path' of vault_generic_endpoint.path is ${var.path}, which is known at an apply only; what it writes is not read",
    "vault_generic_endpoint.token writes 'auth/token/roles/ci', which is not read; it may give access too",
    "vault_generic_endpoint.team writes 'auth/github/map/teams/dev', which is not read; it may give access too",
    "vault_generic_endpoint.entity writes 'identity/entity/name/ada', which is not read; it may give access too",
    "what vault_generic_endpoint.unknown writes to 'auth/userpass/users/eve' is not known; the user is left out",
  ]);
});

test('what is written is never shown, since passwords are in it', () => {
  const access = accessOf({
    vault_generic_endpoint: {
      a: { path: 'auth/userpass/users/ada', data_json: `{"policies":[7,{}],"password":"${PASSWORD}"}` },
      b: {
        path: 'auth/userpass/users/bob',
        data_json: `{"policies":["\${var.p}"],"password":"${PASSWORD}"}`,
      },
      c: { path: 'auth/userpass/users/cleo', data_json: `{broken ${PASSWORD}` },
    },
  });
  expect(access.unknown.join('\n')).not.toContain(PASSWORD);
  expect(access.unknown).toContain(
    "'policies' that vault_generic_endpoint.b writes to 'auth/userpass/users/bob' is not known",
  );
});
