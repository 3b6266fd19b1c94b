import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, policies, summary } from './declared';

beforeAll(loadPolicyParser);

const NOTE = (mount: string, directory: string) =>
  `who is in which group of auth/${mount} is known to ${directory} only; who is in several has the policies of all of them`;

test.each([
  [
    'ldap',
    'LDAP',
    'vault_ldap_auth_backend_user',
    'username',
    'vault_ldap_auth_backend_group',
    'groupname',
    'backend',
  ],
  [
    'okta',
    'Okta',
    'vault_okta_auth_backend_user',
    'username',
    'vault_okta_auth_backend_group',
    'group_name',
    'path',
  ],
  ['github', 'GitHub', 'vault_github_user', 'user', 'vault_github_team', 'team', 'backend'],
])('users and groups of %s have policies of the method, of groups and of their own', (...given) => {
  const [method, directory, userType, userName, groupType, groupName, mount] = given;
  const access = accessOf({
    ...policies('all', 'dev', 'far', 'own'),
    [`vault_${method}_auth_backend`]: { m: { path: 'people/', token_policies: ['all'] } },
    [userType]: { u: { [mount]: 'people', [userName]: 'ada', policies: ['own'], groups: ['dev'] } },
    [groupType]: {
      g: { [mount]: `\${vault_${method}_auth_backend.m.path}`, [groupName]: 'dev', policies: ['dev'] },
      elsewhere: { [mount]: 'other', [groupName]: 'dev', policies: ['far'] },
    },
  });
  expect(summary(access)).toEqual([
    'user ada: all default dev own',
    'group dev: default far',
    'group dev: all default dev',
  ]);
  expect(access.identities.map(({ name }) => name)).toEqual(['ada', 'dev@other', 'dev@people']);
  expect(access.unknown).toEqual([NOTE('people', directory), NOTE('other', directory)]);
});

test.each([
  ['LDAP', 'vault_ldap_auth_backend', 'username', 'groupname', 'default dev'],
  ['Okta', 'vault_okta_auth_backend', 'username', 'group_name', 'default'],
])('names of groups count as %s takes them', (_, prefix, user, group, expected) => {
  const access = accessOf({
    ...policies('dev'),
    [`${prefix}_user`]: { u: { path: 'x', backend: 'x', [user]: 'ada', groups: ['DEV'] } },
    [`${prefix}_group`]: { g: { path: 'x', backend: 'x', [group]: 'Dev', policies: ['dev'] } },
  });
  expect(summary(access)).toContain(`user ada: ${expected}`);
});

test('a method without the policy default gives it to nobody', () => {
  const access = accessOf({
    ...policies('dev'),
    vault_ldap_auth_backend: { m: { token_no_default_policy: true } },
    vault_ldap_auth_backend_group: { g: { groupname: 'dev', policies: ['dev'] } },
  });
  expect(summary(access)).toEqual(['group dev: dev']);
});

test('users and groups inside of the method Okta count', () => {
  const access = accessOf({
    ...policies('dev', 'own'),
    vault_okta_auth_backend: {
      m: {
        user: [{ username: 'ada', groups: ['dev'], policies: ['own'] }, { username: '${var.name}' }],
        group: [{ group_name: 'dev', policies: ['dev', '${var.more}'] }],
      },
    },
  });
  expect(summary(access)).toEqual(['user ada: default dev own', 'group dev: default dev']);
  expect(access.unknown).toEqual([
    expect.stringContaining('the user is left out'),
    "'group' of vault_okta_auth_backend.m is ${var.more}, which is known at an apply only; what that policy allows is missing here",
    NOTE('okta', 'Okta'),
  ]);
});
