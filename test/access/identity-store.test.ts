import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, identityOf, policies, summary } from './declared';

beforeAll(loadPolicyParser);

const ENTITY = '${vault_identity_entity.ada.id}';
const ACCESSOR = '${vault_auth_backend.approle.accessor}';
const ALL = ['role', 'entity', 'added', 'team', 'company', 'set'];

/** A role with an alias of an entity that is in a group that is in another. */
function declared(more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}) {
  return accessOf({
    ...policies(...ALL),
    vault_auth_backend: { approle: { type: 'approle' } },
    vault_approle_auth_backend_role: {
      r: { role_name: 'billing', role_id: 'billing-id', token_policies: ['role'] },
    },
    vault_identity_entity: { ada: { name: 'ada', policies: ['entity'] } },
    vault_identity_entity_alias: {
      a: { name: 'billing-id', mount_accessor: ACCESSOR, canonical_id: ENTITY },
    },
    vault_identity_group: {
      team: { name: 'team', policies: ['team'], member_entity_ids: [ENTITY] },
      company: {
        name: 'company',
        policies: ['company'],
        member_group_ids: ['${vault_identity_group.team.id}'],
      },
    },
    ...more,
  });
}

test('a role has the policies of its entity, of its groups and of the groups that these are in', () => {
  const access = declared();
  expect(identityOf(access, 'billing').policies).toEqual(['company', 'default', 'entity', 'role', 'team']);
  expect(access.unknown).toEqual([]);
  expect(summary(access).filter((line) => !line.startsWith('policy'))).toHaveLength(1);
});

test.each<[string, Record<string, Record<string, unknown>>]>([
  [
    'a reference to the role',
    {
      vault_approle_auth_backend_role: { r: { role_name: 'billing', token_policies: ['role'] } },
      vault_identity_entity_alias: {
        a: {
          name: '${vault_approle_auth_backend_role.r.role_id}',
          mount_accessor: ACCESSOR,
          canonical_id: ENTITY,
        },
      },
    },
  ],
  [
    'the name of a user',
    {
      vault_approle_auth_backend_role: {},
      vault_auth_backend: { up: { type: 'userpass', path: 'people' } },
      vault_generic_endpoint: {
        u: { path: 'auth/people/users/billing', data_json: '{"policies":["role"]}' },
      },
      vault_identity_entity_alias: {
        a: { name: 'billing', mount_accessor: '${vault_auth_backend.up.accessor}', canonical_id: ENTITY },
      },
    },
  ],
  [
    'a subject',
    {
      vault_approle_auth_backend_role: {},
      vault_jwt_auth_backend: { j: {} },
      vault_jwt_auth_backend_role: {
        r: { role_name: 'billing', user_claim: 'sub', bound_subject: 'repo:x', token_policies: ['role'] },
      },
      vault_identity_entity_alias: {
        a: { name: 'repo:x', mount_accessor: '${vault_jwt_auth_backend.j.accessor}', canonical_id: ENTITY },
      },
    },
  ],
  [
    'a claim',
    {
      vault_approle_auth_backend_role: {},
      vault_jwt_auth_backend: { j: { path: 'ci' } },
      vault_jwt_auth_backend_role: {
        r: {
          role_name: 'billing',
          backend: '${vault_jwt_auth_backend.j.path}',
          user_claim: 'job',
          bound_claims: { job: 'x' },
          token_policies: ['role'],
        },
      },
      vault_identity_entity_alias: {
        a: { name: 'x', mount_accessor: '${vault_jwt_auth_backend.j.accessor}', canonical_id: ENTITY },
      },
    },
  ],
  [
    'a service account',
    {
      vault_approle_auth_backend_role: {},
      vault_auth_backend: { k: { type: 'kubernetes' } },
      vault_kubernetes_auth_backend_role: {
        r: {
          role_name: 'billing',
          alias_name_source: 'serviceaccount_name',
          bound_service_account_names: ['web'],
          bound_service_account_namespaces: ['shop'],
          token_policies: ['role'],
        },
      },
      vault_identity_entity_alias: {
        a: { name: 'shop/web', mount_accessor: '${vault_auth_backend.k.accessor}', canonical_id: ENTITY },
      },
    },
  ],
])('an alias is known by %s', (_, more) => {
  expect(identityOf(declared(more), 'billing').policies).toContain('entity');
});

test.each<[string, Record<string, Record<string, unknown>>]>([
  [
    'another name',
    { vault_identity_entity_alias: { a: { name: 'x', mount_accessor: ACCESSOR, canonical_id: ENTITY } } },
  ],
  [
    'the same name of another method',
    {
      vault_auth_backend: { approle: { type: 'approle', path: 'other' } },
    },
  ],
])('an alias of %s is nobody whom the stacks know', (_, more) => {
  const access = declared(more);
  expect(identityOf(access, 'billing').policies).toEqual(['default', 'role']);
  expect(identityOf(access, 'ada')).toMatchObject({
    kind: 'entity',
    policies: ['company', 'entity', 'team'],
  });
  expect(access.unknown).toEqual([
    expect.stringMatching(
      /^who logs in to auth\/\w+ as '[\w-]+' is entity 'ada' \(vault_identity_entity.ada\), and has the policies of the login besides, which are not known$/,
    ),
  ]);
});

test('an alias that refers to another role is of that one', () => {
  const role = (name: string) => ({ role_name: name, token_policies: ['role'] });
  const access = declared({
    vault_approle_auth_backend_role: { r: role('billing'), other: role('other') },
    vault_identity_entity_alias: {
      a: {
        name: '${vault_approle_auth_backend_role.other.role_id}',
        mount_accessor: ACCESSOR,
        canonical_id: ENTITY,
      },
    },
  });
  expect(identityOf(access, 'billing').policies).toEqual(['default', 'role']);
  expect(identityOf(access, 'other').policies).toContain('entity');
});

const JWT = {
  vault_auth_backend: { m: { type: 'jwt' } },
  vault_identity_entity_alias: {
    a: { name: 'x', mount_accessor: '${vault_auth_backend.m.accessor}', canonical_id: ENTITY },
  },
};
const role = (attributes: object) => ({
  r: { role_name: 'billing', token_policies: ['role'], ...attributes },
});

test.each<[string, Record<string, unknown>]>([
  ['of which claim is not known', { bound_subject: 'x' }],
  ['by another claim than the bound one', { user_claim: 'email', bound_subject: 'x' }],
  ['by a claim that may be one of several', { user_claim: 'job', bound_claims: { job: 'x,y' } }],
  ['by a pattern', { user_claim: 'job', bound_claims: { job: 'x' }, bound_claims_type: 'glob' }],
  ['by a claim that is not bound', { user_claim: 'job' }],
])('who logs in with a role of JWT %s is not known', (_, attributes) => {
  const access = declared({
    ...JWT,
    vault_approle_auth_backend_role: {},
    vault_jwt_auth_backend_role: role(attributes),
  });
  expect(identityOf(access, 'billing').policies).toEqual(['default', 'role']);
});

test.each<[string, Record<string, unknown>, boolean]>([
  ['one name', { allowed_common_names: ['x'] }, true],
  ['several names', { allowed_common_names: ['x', 'y'] }, false],
  ['a pattern', { allowed_common_names: ['x*'] }, false],
  ['any name', {}, false],
])('who logs in with a certificate of %s is known or not', (_, attributes, isKnown) => {
  const access = declared({
    ...JWT,
    vault_auth_backend: { m: { type: 'cert' } },
    vault_approle_auth_backend_role: {},
    vault_cert_auth_backend_role: { r: { name: 'billing', token_policies: ['role'], ...attributes } },
    vault_identity_entity_alias: {
      a: { name: 'x', mount_accessor: '${vault_auth_backend.m.accessor}', canonical_id: ENTITY },
      pattern: { name: 'x*', mount_accessor: '${vault_auth_backend.m.accessor}', canonical_id: ENTITY },
    },
  });
  expect(identityOf(access, 'billing').policies.includes('entity')).toBe(isKnown);
});

test('what is no accessor of a method does not tell which one it is', () => {
  const access = declared({
    vault_identity_entity_alias: {
      a: {
        name: 'billing-id',
        mount_accessor: '${vault_auth_backend.approle.description}',
        canonical_id: ENTITY,
      },
    },
  });
  expect(identityOf(access, 'billing').policies).toEqual(['default', 'role']);
});

test.each<[string, Record<string, unknown>, readonly string[], boolean]>([
  ['adds policies', { exclusive: false }, ['added', 'entity'], false],
  ['sets all policies', {}, ['added', 'entity'], true],
  ['sets all policies', { exclusive: true }, ['added', 'entity'], true],
])('a resource that %s of an entity counts', (_, attributes, expected, isNoted) => {
  const access = declared({
    vault_identity_group: {},
    vault_identity_entity_policies: { p: { entity_id: ENTITY, policies: ['added'], ...attributes } },
  });
  expect(identityOf(access, 'billing').policies).toEqual([...expected, 'default', 'role'].sort());
  expect(access.unknown).toEqual(
    isNoted
      ? [
          'vault_identity_entity.ada and vault_identity_entity_policies.p both set all policies of the same; whichever is applied last counts, and both are looked at',
        ]
      : [],
  );
});

test("an entity's own policies do not count where others keep them", () => {
  const access = declared({
    vault_identity_group: {},
    vault_identity_entity: { ada: { name: 'ada', policies: ['entity'], external_policies: true } },
    vault_identity_entity_policies: { p: { entity_id: ENTITY, policies: ['set'] } },
  });
  expect(identityOf(access, 'billing').policies).toEqual(['default', 'role', 'set']);
  expect(access.unknown).toEqual([]);
});

test('members and policies of groups may be resources of their own', () => {
  const team = '${vault_identity_group.team.id}';
  const access = declared({
    vault_identity_group: {
      team: {
        name: 'team',
        external_policies: true,
        external_member_entity_ids: true,
        policies: ['team'],
        member_entity_ids: ['${vault_identity_entity.eve.id}'],
      },
      company: { name: 'company', policies: ['company'] },
    },
    vault_identity_entity: {
      ada: { name: 'ada', policies: ['entity'] },
      eve: { name: 'eve', policies: ['added'] },
    },
    vault_identity_group_policies: { p: { group_id: team, policies: ['set'] } },
    vault_identity_group_member_entity_ids: { m: { group_id: team, member_entity_ids: [ENTITY] } },
    vault_identity_group_member_group_ids: {
      m: { group_id: '${vault_identity_group.company.id}', member_group_ids: [team] },
    },
  });
  expect(identityOf(access, 'billing').policies).toEqual(['company', 'default', 'entity', 'role', 'set']);
  expect(identityOf(access, 'eve').policies).toEqual(['added']);
});

test('groups that are in each other end', () => {
  const access = declared({
    vault_identity_group: {
      team: {
        name: 'team',
        policies: ['team'],
        member_entity_ids: [ENTITY],
        member_group_ids: ['${vault_identity_group.company.id}'],
      },
      company: {
        name: 'company',
        policies: ['company'],
        member_group_ids: ['${vault_identity_group.team.id}'],
      },
    },
  });
  expect(identityOf(access, 'billing').policies).toEqual(['company', 'default', 'entity', 'role', 'team']);
});

test('all of several entities may be members', () => {
  const access = declared({
    vault_identity_entity: {
      ada: { name: 'ada' },
      many: { name: 'many-${count.index}', policies: ['entity'], count: 2 },
    },
    vault_identity_group: {
      team: { name: 'team', policies: ['team'], member_entity_ids: '${vault_identity_entity.many[*].id}' },
    },
  });
  expect(identityOf(access, 'many-0').policies).toEqual(['entity', 'team']);
  expect(identityOf(access, 'many-1').policies).toEqual(['entity', 'team']);
});

test('who logs in with an external group has its policies, and those of the groups that it is in', () => {
  const access = declared({
    vault_ldap_auth_backend: { l: {} },
    vault_ldap_auth_backend_group: { g: { groupname: 'dev', policies: ['role'] } },
    vault_ldap_auth_backend_user: { u: { username: 'eve', groups: ['dev'] } },
    vault_identity_group: {
      team: { name: 'team', type: 'external', policies: ['team'] },
      company: {
        name: 'company',
        policies: ['company'],
        member_group_ids: ['${vault_identity_group.team.id}'],
      },
    },
    vault_identity_group_alias: {
      a: {
        name: 'dev',
        mount_accessor: '${vault_ldap_auth_backend.l.accessor}',
        canonical_id: '${vault_identity_group.team.id}',
      },
    },
  });
  expect(identityOf(access, 'dev').policies).toEqual(['company', 'default', 'role', 'team']);
  expect(identityOf(access, 'eve').policies).toEqual(['company', 'default', 'role', 'team']);
  expect(identityOf(access, 'billing').policies).toEqual(['default', 'entity', 'role']);
  expect(summary(access).filter((line) => line.startsWith('group'))).toHaveLength(1);
});

test('an external group of which no login is declared is an identity', () => {
  const access = declared({
    vault_jwt_auth_backend: { j: {} },
    vault_identity_group: { team: { name: 'team', type: 'external', policies: ['team'] } },
    vault_identity_group_alias: {
      a: {
        name: 'devs',
        mount_accessor: '${vault_jwt_auth_backend.j.accessor}',
        canonical_id: '${vault_identity_group.team.id}',
      },
    },
  });
  expect(summary(access)).toContain('group team: team');
});

test('a group with members that are not known is an identity, and that is said', () => {
  const access = declared({
    vault_identity_group: { team: { name: 'team', policies: ['team'], member_entity_ids: '${var.ids}' } },
  });
  expect(summary(access)).toContain('group team: team');
  expect(access.unknown).toEqual([
    "'member_entity_ids' of vault_identity_group.team is ${var.ids}, which is known at an apply only; these members are missing here",
  ]);
});

test('policies of entities and groups that others declare are said to be missing', () => {
  const access = declared({
    vault_identity_group: {},
    vault_identity_entity_policies: {
      p: { entity_id: '${data.vault_identity_entity.x.id}', policies: ['added'] },
    },
    vault_identity_group_policies: { p: { group_id: 'b3c5', policies: ['set'] } },
  });
  expect(access.unknown).toEqual([
    "'entity_id' of vault_identity_entity_policies.p is ${data.vault_identity_entity.x.id}, which is known at an apply only; what it gives, and to whom, is missing here",
    "'group_id' of vault_identity_group_policies.p is b3c5, of which nothing is known here; what it gives, and to whom, is missing here",
  ]);
  expect(summary(access)).toEqual(expect.arrayContaining(['policy added: added', 'policy set: set']));
});

test('an alias of which the method is not known is said', () => {
  const access = declared({
    vault_identity_entity_alias: {
      a: { name: 'billing-id', mount_accessor: 'auth_approle_1234', canonical_id: ENTITY },
    },
  });
  expect(identityOf(access, 'billing').policies).toEqual(['default', 'role']);
  expect(access.unknown).toEqual([
    "'mount_accessor' of vault_identity_entity_alias.a is auth_approle_1234, of which nothing is known here; which auth method it is of is not known, and so who logs in as it",
  ]);
});

test('a disabled entity may do nothing, however it logs in', () => {
  const access = declared({
    vault_identity_entity: { ada: { name: 'ada', policies: ['entity'], disabled: true } },
  });
  expect(identityOf(access, 'billing').accessList.rules).toEqual([]);
});

test('tokens that a stack issues have no entity', () => {
  const access = declared({ vault_token: { t: { display_name: 'ada', policies: ['role'] } } });
  expect(identityOf(access, 'ada').policies).toEqual(['default', 'role']);
});
