import type { DialectName } from '../../policies/dialect';
import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, identityOf, paths, reading } from './declared';

beforeAll(loadPolicyParser);

const ACCESSOR = '${vault_auth_backend.approle.accessor}';

/** What a role reaches by a policy with a template in its path. */
function declared(
  path: string,
  { name = 'ada', dialect = 'vault' }: { name?: string; dialect?: DialectName } = {},
) {
  return accessOf(
    {
      vault_policy: { t: { name: 'templated', policy: `${reading(path)}\n${reading('plain')}` } },
      vault_auth_backend: {
        approle: { type: 'approle' },
        userpass: { type: 'userpass' },
        ldap: { type: 'ldap' },
      },
      vault_approle_auth_backend_role: {
        known: { role_name: 'known', role_id: 'known-id', token_policies: ['templated'] },
        made: { role_name: 'made', role_id: 'made-id', token_policies: ['templated'] },
      },
      vault_token: { t: { display_name: 'token', policies: ['templated'] } },
      vault_identity_entity: { e: { name, metadata: { team: 'blue', empty: '', late: '${var.late}' } } },
      vault_identity_entity_alias: {
        a: {
          name: 'known-id',
          mount_accessor: ACCESSOR,
          canonical_id: '${vault_identity_entity.e.id}',
        },
        u: {
          name: 'ada.l',
          mount_accessor: '${vault_auth_backend.userpass.accessor}',
          canonical_id: '${vault_identity_entity.e.id}',
        },
      },
      vault_identity_group: {
        g: {
          name: 'devs',
          metadata: { floor: '3' },
          member_entity_ids: ['${vault_identity_entity.e.id}'],
        },
      },
    },
    {},
    { dialect },
  );
}

const PLAIN = 'plain read';

test.each([
  ['a/{{identity.entity.name}}/b', 'a/ada/b'],
  ['a/{{ identity.entity.metadata.team }}/*', 'a/blue/*'],
  ['{{identity.entity.name}}/{{identity.entity.metadata.team}}', 'ada/blue'],
  [`a/{{identity.entity.aliases.${ACCESSOR}.name}}`, 'a/known-id'],
  ['a/{{identity.entity.aliases.${vault_auth_backend.userpass.accessor}.name}}', 'a/ada.l'],
  ['a/{{identity.groups.names.devs.name}}', 'a/devs'],
  ['a/{{identity.groups.names.devs.metadata.floor}}', 'a/3'],
])('what is known of an entity is put into %s', (path, expected) => {
  const access = declared(path);
  expect(paths(identityOf(access, 'known'))).toEqual([`${expected} read`, PLAIN]);
  expect(access.unknown.join('\n')).not.toContain("role 'known'");
});

test.each([
  ['a/{{identity.entity.metadata.none}}'],
  ['a/{{identity.entity.metadata.empty}}'],
  ['a/{{identity.entity.metadata}}'],
  ['a/{{identity.entity.aliases.${vault_auth_backend.ldap.accessor}.name}}'],
  ['a/{{identity.groups.names.others.name}}'],
  ['a/{{identity.groups.names.devs.metadata.none}}'],
  ['a/{{identity.entity.team}}'],
  ['a/{{entity.name}}'],
])('a rule with %s, which Vault cannot resolve, is passed by', (path) => {
  expect(paths(identityOf(declared(path), 'known'))).toEqual([PLAIN]);
});

test.each([
  ['a/{{identity.entity.id}}'],
  ['a/{{identity.entity.metadata.late}}'],
  ['a/{{identity.entity.aliases.auth_approle_1234.name}}'],
  ['a/{{identity.groups.names.devs.id}}'],
  ['a/{{identity.groups.ids.1234.name}}'],
  ['a/{{time.now}}'],
])('a rule with %s, which only the server knows, stays as it is written', (path) => {
  const access = declared(path);
  expect(paths(identityOf(access, 'known'))).toEqual([`${path} read`, PLAIN]);
  expect(access.unknown).toContainEqual(
    expect.stringMatching(/^path '.*' of policy 'templated' is another one for each entity, .*role 'known'/),
  );
});

test('of an entity that a login makes only the alias is known', () => {
  const alias = declared(`a/{{identity.entity.aliases.${ACCESSOR}.name}}`);
  expect(paths(identityOf(alias, 'made'))).toEqual(['a/made-id read', PLAIN]);
  for (const template of ['entity.name', 'entity.metadata.team', 'groups.names.devs.name']) {
    const access = declared(`a/{{identity.${template}}}`);
    expect(paths(identityOf(access, 'made'))).toEqual([`a/{{identity.${template}}} read`, PLAIN]);
    expect(access.unknown).toEqual([
      `path 'a/{{identity.${template}}}' of policy 'templated' is another one for each entity, and not known before it is there: for role 'made' it stays as it is written`,
    ]);
  }
});

test('a token without an entity passes all these rules by', () => {
  for (const template of ['identity.entity.name', 'identity.entity.id', 'identity.groups.names.devs.name']) {
    expect(paths(identityOf(declared(`a/{{${template}}}`), 'token'))).toEqual([PLAIN]);
  }
});

test.each<[DialectName, string, readonly string[]]>([
  ['vault', 'a+', []],
  ['vault', 'a*', []],
  ['vault', 'a/b', ['x/a/b/* read']],
  ['openbao', 'a/b', []],
  ['openbao', 'a*', []],
  ['openbao-2.5', 'a*', ['x/a*/* read']],
  ['openbao-2.5', 'a/b', ['x/a/b/* read']],
  ['openbao-2.5', 'a+*', []],
])('in the dialect %s the name %j makes no other path of a template', (dialect, name, expected) => {
  const access = declared('x/{{identity.entity.name}}/*', { name, dialect });
  expect(paths(identityOf(access, 'known'))).toEqual([...expected, PLAIN]);
});

test("the policy default's own templates are no gap, and become the entity's where its name is known", () => {
  const access = declared('a');
  expect(access.unknown).toEqual([]);
  const rules = (name: string) =>
    identityOf(access, name).accessList.rules.map(({ pattern }) => pattern.text);
  expect(rules('known')).toContain('identity/entity/name/ada');
  expect(rules('made')).toContain('identity/entity/name/{{identity.entity.name}}');
  expect(rules('token').filter((path) => path.startsWith('identity/entity'))).toEqual([]);
});
