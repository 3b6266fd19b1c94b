import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, identityOf, policies, summary } from './declared';

beforeAll(loadPolicyParser);

test.each([
  ['its policies and default', { policies: ['a'] }, 'a default'],
  ['no default', { policies: ['a'], no_default_policy: true }, 'a'],
  ['nothing but default', { policies: [], role_name: 'free' }, undefined],
  ['those of its role', { role_name: 'fixed' }, 'a b default'],
  ['its own of its role', { role_name: 'fixed', policies: ['b'] }, 'b default'],
  ['its own without default, of its role', { role_name: 'bare', policies: ['b'] }, 'b'],
  ['root', { policies: ['root', 'a'] }, 'root'],
])('a token has %s', (_, attributes, expected) => {
  const access = accessOf({
    ...policies('a', 'b'),
    vault_token: { t: { display_name: 'shop-store', ...attributes } },
    vault_token_auth_backend_role: {
      fixed: { role_name: 'fixed', allowed_policies: ['a', 'b'] },
      bare: { role_name: 'bare', allowed_policies: ['a', 'b'], token_no_default_policy: true },
      free: { role_name: 'free' },
    },
  });
  expect(summary(access).filter((line) => line.startsWith('token'))).toEqual(
    expected === undefined ? [] : [`token shop-store: ${expected}`],
  );
});

test('a token with root may do everything', () => {
  const access = accessOf({ vault_token: { t: { display_name: 'all', policies: ['root'] } } });
  const { accessList } = identityOf(access, 'all');
  expect(accessList.decide({ operation: 'delete', path: 'sys/mounts/x' }).allowed).toBe(true);
});

test('a token without policies and without a role is left out, and said', () => {
  const access = accessOf({ vault_token: { t: {} } });
  expect(access.identities).toEqual([]);
  expect(access.unknown).toEqual(['vault_token.t has the policies of whoever deploys; it is left out']);
});

test('a token of which the policies are known at an apply only has what is known', () => {
  const access = accessOf({ vault_token: { t: { policies: '${var.policies}' } } });
  expect(summary(access)).toEqual(['token t: default']);
  expect(access.unknown).toEqual([
    "'policies' of vault_token.t is ${var.policies}, which is known at an apply only; what that policy allows is missing here",
  ]);
});

test('a token without a name is called by its address, without what cdktf adds', () => {
  const token = { policies: ['a'] };
  const access = accessOf({
    ...policies('a'),
    vault_token: { billing_token_2FE26906: token, plain: token, many: { ...token, count: 2 } },
  });
  expect(access.identities.map(({ fullName }) => fullName)).toEqual([
    'billing_token',
    'many-0',
    'many-1',
    'plain',
  ]);
});

test('a role of the token store that is not declared is said', () => {
  const access = accessOf({ ...policies('a'), vault_token: { t: { policies: ['a'], role_name: 'gone' } } });
  expect(access.unknown).toEqual([
    "role 'gone' of vault_token.t is not declared here; what it adds is not known",
  ]);
});

test.each<[string, Record<string, unknown>, readonly string[], readonly string[]]>([
  ['lists policies', { allowed_policies: ['A', 'b'] }, ['role r: a b default'], []],
  [
    'matches names',
    { allowed_policies: ['a'], allowed_policies_glob: ['b*'] },
    ['role r: a b b-more default'],
    [
      "tokens of role 'r' (vault_token_auth_backend_role.r) may have any policy that matches 'b*'; those that are not declared here are missing",
    ],
  ],
  [
    'refuses some',
    {
      allowed_policies_glob: ['*'],
      allowed_policies: [],
      disallowed_policies: ['default'],
      disallowed_policies_glob: ['b-*', 'x*e'],
    },
    ['role r: a b'],
    [
      "tokens of role 'r' (vault_token_auth_backend_role.r) may have any policy that matches '*'; those that are not declared here are missing",
    ],
  ],
  [
    'refuses some and allows all others',
    { disallowed_policies: ['a'] },
    [],
    [
      "tokens of role 'r' (vault_token_auth_backend_role.r) may have every policy but 'a'; the role is left out",
    ],
  ],
  [
    'leaves it to others',
    {},
    [],
    [
      "tokens of role 'r' (vault_token_auth_backend_role.r) have policies of whoever issues them; the role is left out",
    ],
  ],
])('a role of the token store that %s', (_, attributes, expected, unknown) => {
  const access = accessOf({
    ...policies('a', 'b', 'b-more'),
    vault_token_auth_backend_role: { r: { role_name: 'r', ...attributes } },
  });
  expect(summary(access).filter((line) => line.startsWith('role'))).toEqual(expected);
  expect(access.unknown).toEqual(unknown);
});
