import type { Grantees } from '../../access/environment-access';
import { AccessExpectation } from '../../access/expect-access';
import { gapsOf } from '../../access/identity-gaps';
import { defaultPolicy } from '../../policies/default-policy';
import { DIALECTS } from '../../policies/dialect';
import { accessOf, identityOf, policies, reading } from './declared';
import { madeAccess } from './made-access';

const role = (role_name: string, token_policies: unknown, more: object = {}) => ({
  role_name,
  token_policies,
  ...more,
});
const UNKNOWN = '${var.policy}';
const VARIABLE = { variable: { policy: {} } };

/** What is not known of each role. */
function gaps(resource: Parameters<typeof accessOf>[0], ...names: readonly string[]) {
  const environment = accessOf(resource, VARIABLE);
  return Object.fromEntries(names.map((name) => [name, gapsOf(identityOf(environment, name), environment)]));
}

test('what a policy allows is a gap of whoever has it, and of nobody else', () => {
  const roles = {
    web: role('web', ['a']),
    worker: role('worker', ['a', 'elsewhere']),
    clerk: role('clerk', ['late']),
    guard: role('guard', ['folder']),
  };
  const written = {
    ...policies('a').vault_policy,
    late: { name: 'late', policy: UNKNOWN },
    folder: { name: 'folder', policy: reading(`a/${UNKNOWN}/b`) },
  };
  const found = gaps(
    { vault_policy: written, vault_approle_auth_backend_role: roles },
    'web',
    'worker',
    'clerk',
    'guard',
  );
  expect(found).toEqual({
    web: [],
    worker: ["policy 'elsewhere' of role 'worker' is not declared here; what it allows is not known"],
    clerk: [expect.stringMatching(/^what policy 'late' .* allows is known at an apply only$/)],
    guard: [expect.stringMatching(/^path 'a\/.*\/b' of policy 'folder' .* is known at an apply only$/)],
  });
});

test('of many that have a policy, each has the gap, though not all are named', () => {
  const names = ['a1', 'a2', 'a3', 'a4', 'a5'];
  const roles = Object.fromEntries(names.map((name) => [name, role(name, ['elsewhere'])]));
  const found = gaps({ vault_approle_auth_backend_role: roles }, ...names);
  expect(Object.values(found).map((one) => one.length)).toEqual([1, 1, 1, 1, 1]);
});

test('which policies a role has is a gap of its own', () => {
  const found = gaps(
    {
      ...policies('a'),
      vault_approle_auth_backend_role: { web: role('web', ['a']), late: role('late', [UNKNOWN]) },
    },
    'web',
    'late',
  );
  expect(found).toEqual({
    web: [],
    late: [expect.stringContaining('what that policy allows is missing here')],
  });
});

test('what others may share is a gap of everybody', () => {
  const shared = {
    ...policies('a'),
    vault_approle_auth_backend_role: { web: role('web', ['a']) },
    vault_identity_group: { everybody: { name: 'everybody', policies: [UNKNOWN] } },
  };
  expect(gaps(shared, 'web').web).toHaveLength(1);
  // Of this group a stranger may be, so that it is an identity itself.
  const group = { name: 'strangers', policies: ['a', UNKNOWN], member_entity_ids: [UNKNOWN] };
  const found = gaps({ ...shared, vault_identity_group: { strangers: group } }, 'web', 'strangers');
  expect(found.web).toEqual([
    expect.stringContaining("'member_entity_ids' of vault_identity_group.strangers"),
    expect.stringContaining("'policies' of vault_identity_group.strangers"),
  ]);
  const ofTokens = {
    ...policies('a'),
    vault_token_auth_backend_role: { issue: { role_name: 'issue', allowed_policies: ['a', UNKNOWN] } },
    vault_token: { web: { display_name: 'web', role_name: 'issue' } },
  };
  expect(gaps(ofTokens, 'web', 'issue')).toEqual({
    web: [expect.stringContaining('allowed_policies')],
    issue: [expect.stringContaining('allowed_policies')],
  });
});

test('what gives nothing to anybody is no gap', () => {
  const harmless = {
    ...policies('a'),
    vault_approle_auth_backend_role: {
      web: role('web', ['a']),
      nameless: role(UNKNOWN, ['a']),
      boss: role('boss', ['root']),
    },
    vault_mount: { late: { type: 'kv-v2', path: UNKNOWN } },
    vault_kv_secret_v2: { late: { mount: 'kv', name: UNKNOWN } },
    vault_egp_policy: { guard: { name: 'guard', paths: ['*'], policy: '' } },
  };
  const environment = accessOf(harmless, VARIABLE);
  expect(environment.unknown.length).toBeGreaterThanOrEqual(5);
  expect(gapsOf(identityOf(environment, 'web'), environment)).toEqual([]);
});

test('in which groups somebody is, is a gap of users, and not of their groups', () => {
  const found = gaps(
    {
      ...policies('a', 'b'),
      vault_ldap_auth_backend_user: { ada: { username: 'ada', policies: ['a'] } },
      vault_ldap_auth_backend_group: { staff: { groupname: 'staff', policies: ['b'] } },
    },
    'ada',
    'staff',
  );
  expect(found).toEqual({ ada: [expect.stringMatching(/^who is in which group of /)], staff: [] });
});

test('a policy that is not there is a gap, whatever the sentences say', () => {
  const environment = madeAccess({ policies: {}, identities: { web: ['elsewhere'] } });
  expect(environment.unknown).toEqual([]);
  const web = new AccessExpectation(environment).identity('web');
  expect(() => web.cannot('read', 'kv/data/a')).toThrow("policy 'elsewhere' is not known");
  expect(() => web.cannotReachAnythingElse()).toThrow("policy 'elsewhere' is not known");
});

describe('a note', () => {
  // As one that is of nobody was worded once.
  const sentence = 'something is strange; the role is left out';
  const statements = (mayGrantTo: Grantees) => {
    const environment = madeAccess({
      policies: { a: {} },
      identities: { web: ['a'] },
      notes: [{ sentence, mayGrantTo }],
    });
    expect(environment.unknown).toEqual([sentence]);
    const web = new AccessExpectation(environment).identity('web');
    return [() => web.cannot('read', 'kv/data/a'), () => web.cannotReachAnythingElse()];
  };

  test.each<[Grantees]>([
    ['everybody'],
    [{ policy: 'a' }],
    [{ address: 'vault_approle_auth_backend_role.web' }],
    [{ kind: 'role' }],
  ])('that may grant to %j fails the statements, whatever its words', (mayGrantTo) => {
    for (const statement of statements(mayGrantTo)) expect(statement).toThrow(`\n  ${sentence}`);
  });

  test.each<[Grantees]>([
    ['nobody'],
    [{ policy: 'b' }],
    [{ address: 'vault_approle_auth_backend_role.other' }],
    [{ kind: 'user' }],
  ])('that may grant to %j alone is no gap of others', (mayGrantTo) => {
    for (const statement of statements(mayGrantTo)) expect(statement).not.toThrow();
  });

  test('in the same words of two is a gap of both, once', () => {
    const found = (...grantees: readonly Grantees[]) => {
      const environment = madeAccess({
        policies: { a: {}, b: {} },
        notes: grantees.map((mayGrantTo) => ({ sentence, mayGrantTo })),
      });
      return environment.identities.map((one) => gapsOf(one, environment));
    };
    expect(found({ policy: 'a' }, { policy: 'b' }, 'everybody')).toEqual([[sentence], [sentence]]);
    expect(found({ policy: 'a' })).toEqual([[sentence], []]);
  });
});

test('what an auth method gives to all its users is a gap of each, wherever they are declared', () => {
  const method = {
    path: 'okta',
    organization: 'shop',
    user: [{ username: 'ada', policies: ['a', UNKNOWN], groups: [] }],
    group: [{ group_name: 'staff', policies: [UNKNOWN] }],
  };
  const resources = (more: object) => ({
    ...policies('a'),
    vault_okta_auth_backend: { okta: { ...method, ...more } },
    vault_okta_auth_backend_user: { eve: { path: 'okta', username: 'eve', policies: ['a'], groups: [] } },
  });
  const directory = expect.stringMatching(/^who is in which group of /);
  const ofGroup = expect.stringMatching(/^'group' of vault_okta_auth_backend.okta /);
  const ofUser = expect.stringMatching(/^'user' of vault_okta_auth_backend.okta /);
  expect(gaps(resources({}), 'ada', 'eve')).toEqual({
    ada: [ofUser, ofGroup, directory],
    eve: [ofGroup, directory],
  });
  expect(gaps(resources({ token_policies: [UNKNOWN] }), 'eve').eve).toContainEqual(
    expect.stringMatching(/^'token_policies' of vault_okta_auth_backend.okta /),
  );
});

test('of what is written by its path, a user has its own gaps, and a group gives its to others', () => {
  const write = (path: string) => ({ path, data_json: `{"policies":["a","${UNKNOWN}"]}` });
  const found = gaps(
    {
      ...policies('a'),
      vault_generic_endpoint: {
        ada: write('auth/userpass/users/ada'),
        eve: write('auth/userpass/users/eve'),
        staff: write('auth/ldap/groups/staff'),
      },
    },
    'ada',
    'eve',
  );
  const ofGroup =
    "'policies' that vault_generic_endpoint.staff writes to 'auth/ldap/groups/staff' is not known";
  const of = (name: string) =>
    `'policies' that vault_generic_endpoint.${name} writes to 'auth/userpass/users/${name}' is not known`;
  expect(found).toEqual({ ada: [of('ada'), ofGroup], eve: [of('eve'), ofGroup] });
});

test('of what is left out, a group gives to others, and a role or a user does not', () => {
  const resources = {
    ...policies('a'),
    vault_approle_auth_backend_role: { web: role('web', ['a']), late: role(UNKNOWN, ['a']) },
    vault_ldap_auth_backend_user: { late: { username: UNKNOWN, policies: ['a'] } },
    vault_ldap_auth_backend_group: { late: { groupname: UNKNOWN, policies: ['a'] } },
  };
  expect(gaps(resources, 'web').web).toEqual([
    expect.stringMatching(/^'groupname' of .*; the group is left out$/),
  ]);
});

test('that an entity may be disabled is no gap', () => {
  const entity = { ada: { name: 'ada', policies: ['a'], disabled: UNKNOWN } };
  const environment = accessOf({ ...policies('a'), vault_identity_entity: entity }, VARIABLE);
  expect(environment.unknown).toEqual([expect.stringContaining('it is taken to be enabled')]);
  expect(gapsOf(identityOf(environment, 'ada'), environment)).toEqual([]);
});

test("the server's own policies are known", () => {
  const environment = accessOf({
    ...policies('a'),
    vault_approle_auth_backend_role: { web: role('web', ['a']) },
  });
  expect(identityOf(environment, 'web').policies).toContain(defaultPolicy(DIALECTS.vault).name);
  expect(gapsOf(identityOf(environment, 'web'), environment)).toEqual([]);
});
