import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, identityOf, paths, policies, reading, summary } from './declared';

beforeAll(loadPolicyParser);

describe('roles', () => {
  test.each([
    ['approle', 'role_name'],
    ['jwt', 'role_name'],
    ['kubernetes', 'role_name'],
    ['aws', 'role'],
    ['azure', 'role'],
    ['gcp', 'role'],
    ['alicloud', 'role'],
    ['cert', 'name'],
    ['oci', 'name'],
    ['saml', 'name'],
    ['scep', 'name'],
    ['spiffe', 'name'],
  ])('of %s have their policies, and default', (method, attribute) => {
    const access = accessOf({
      ...policies('a', 'b'),
      [`vault_${method}_auth_backend_role`]: { r: { [attribute]: 'billing', token_policies: ['b', 'a'] } },
    });
    expect(summary(access)).toEqual(['role billing: a b default']);
    expect(paths(identityOf(access, 'billing'))).toEqual(['secret/a read', 'secret/b read']);
    expect(identityOf(access, 'billing').address).toBe(`vault_${method}_auth_backend_role.r`);
    expect(access.unknown).toEqual([]);
  });

  test.each([
    ['token_policies', { token_policies: [' B ', 'a', 'b', ''] }, 'a b default'],
    ['the name of older versions', { policies: ['a'] }, 'a default'],
    ['no default', { token_policies: ['a'], token_no_default_policy: true }, 'a'],
    ['default that is asked for', { token_policies: ['default'], token_no_default_policy: true }, 'default'],
    ['nothing', {}, 'default'],
    ['a reference', { token_policies: ['${vault_policy.a.name}', '${vault_policy.b.id}'] }, 'a b default'],
  ])('have their policies as Vault cleans them: %s', (_, attributes, expected) => {
    const access = accessOf({
      ...policies('a', 'b'),
      vault_approle_auth_backend_role: { r: { role_name: 'billing', ...attributes } },
    });
    expect(summary(access).filter((line) => line.startsWith('role'))).toEqual([`role billing: ${expected}`]);
  });

  test('that cannot be known are left out, and said', () => {
    const access = accessOf({
      ...policies('a'),
      vault_approle_auth_backend_role: {
        named: { role_name: '${var.name}', token_policies: ['a'] },
        some: { role_name: 'some', token_policies: ['a', '${var.more}'] },
        all: { role_name: 'all', token_policies: '${var.policies}', token_no_default_policy: '${var.no}' },
        many: { role_name: 'r-${each.key}', token_policies: ['a'], for_each: '${var.roles}' },
        two: { role_name: 'r-${count.index}', token_policies: ['a'], count: 2 },
      },
    });
    expect(summary(access)).toEqual([
      'role all: default',
      'role r-0: a default',
      'role r-1: a default',
      'role some: a default',
    ]);
    expect(access.unknown).toEqual([
      'whether there is vault_approle_auth_backend_role.many, and how many, is known at an apply only: ${var.roles}; it is left out',
      "'role_name' of vault_approle_auth_backend_role.named is ${var.name}, which is known at an apply only; the role is left out",
      "'token_policies' of vault_approle_auth_backend_role.some is ${var.more}, which is known at an apply only; what that policy allows is missing here",
      "'token_policies' of vault_approle_auth_backend_role.all is ${var.policies}, which is known at an apply only; what that policy allows is missing here",
      "'token_no_default_policy' of vault_approle_auth_backend_role.all is ${var.no}, which is known at an apply only; the policy 'default' is taken to be there",
    ]);
  });

  test('with root let nobody in, and that is said', () => {
    const access = accessOf({
      vault_approle_auth_backend_role: { r: { role_name: 'billing', token_policies: ['root', 'a'] } },
    });
    expect(summary(access)).toEqual(['role billing: root']);
    expect(identityOf(access, 'billing').accessList.decide({ operation: 'read', path: 'x' }).allowed).toBe(
      false,
    );
    expect(access.unknown).toEqual([
      "role 'billing' (vault_approle_auth_backend_role.r) has the policy 'root', which Vault gives to no login: nobody can log in with it",
    ]);
  });
});

describe('policies', () => {
  test('that nobody has are identities of their own, without default', () => {
    const access = accessOf({
      ...policies('used', 'spare'),
      vault_approle_auth_backend_role: { r: { role_name: 'billing', token_policies: ['used'] } },
    });
    expect(summary(access)).toEqual(['role billing: default used', 'policy spare: spare']);
    expect(identityOf(access, 'spare').address).toBe('vault_policy.spare');
  });

  test('that are declared nowhere are said once, with who has them', () => {
    const role = (name: string) => ({ role_name: name, token_policies: ['a', 'gone'] });
    const access = accessOf({
      ...policies('a'),
      vault_approle_auth_backend_role: {
        r: role('r'),
        s: role('s'),
        t: role('t'),
        u: role('u'),
        v: role('v'),
      },
    });
    expect(access.unknown).toEqual([
      "policy 'gone' of role 'r', role 's', role 't' and 2 more is not declared here; what it allows is not known",
    ]);
    expect(identityOf(access, 'r').policies).toEqual(['a', 'default', 'gone']);
    expect(paths(identityOf(access, 'r'))).toEqual(['secret/a read']);
  });

  test('called default take the place of the one that the server brings', () => {
    const role = { vault_approle_auth_backend_role: { r: { role_name: 'billing' } } };
    const brought = accessOf(role);
    const own = accessOf({ ...role, vault_policy: { d: { name: 'Default', policy: reading('x') } } });
    const lookup = { operation: 'read', path: 'auth/token/lookup-self' } as const;
    expect(identityOf(brought, 'billing').accessList.decide(lookup).allowed).toBe(true);
    expect(identityOf(own, 'billing').accessList.decide(lookup).allowed).toBe(false);
    expect(summary(own)).toEqual(['role billing: default']);
  });

  test('are shared by those who have the same ones', () => {
    const roles = {
      r: { role_name: 'r', token_policies: ['a'] },
      s: { role_name: 's', token_policies: ['a'] },
    };
    const access = accessOf({ ...policies('a'), vault_approle_auth_backend_role: roles });
    expect(identityOf(access, 'r').accessList).toBe(identityOf(access, 's').accessList);
  });
});
