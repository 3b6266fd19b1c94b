import { loadPolicyParser } from '../../../policies/policy-text';
import { escalation } from '../../../review/rules/vlt010-escalation';
import { observations, path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const found = (text: string) => seen(escalation, { policies: { a: text } });

test.each([
  ['sys/policies/acl/*', ['update'], 'write policies'],
  ['sys/policies/acl/shop-*', ['create', 'update'], 'write policies'],
  ['sys/policy/one', ['update'], 'write policies'],
  ['auth/approle/role/crm', ['update'], 'write roles and users of auth methods, with any policies'],
  ['auth/userpass/users/+', ['create'], 'write roles and users of auth methods, with any policies'],
  ['auth/token/create', ['update', 'sudo'], 'issue tokens with any policies'],
  ['auth/token/create/*', ['update'], 'issue tokens by every token role'],
  ['identity/entity/id/*', ['update'], 'give policies to entities and groups'],
  ['identity/group', ['update'], 'give policies to entities and groups'],
])('%s with %j is found', (text, capabilities, can) => {
  expect(found(path(text, ...capabilities))).toEqual([
    expect.stringMatching(
      new RegExp(
        `^vault_policy.a: path "[^"]*" { [a-z, ]+ } of policy a, line 1 is enough to ${can}, for role 'a'$`,
      ),
    ),
  ]);
});

test('a rule that is enough for several is found once', () => {
  expect(found(path('auth/*', 'create', 'update'))).toEqual([
    expect.stringContaining(
      'is enough to write roles and users of auth methods, with any policies, and to issue tokens by every token role',
    ),
  ]);
});

test('a policy that nobody has is looked at as well', () => {
  expect(seen(escalation, { policies: { a: path('sys/policies/acl/*', 'update') }, roles: {} })).toEqual([
    expect.stringMatching(/for whoever gets the policy$/),
  ]);
});

test.each([
  ['policies are read', path('sys/policies/acl/*', 'read', 'list')],
  ['policies are written by create alone, which Vault never asks for', path('sys/policies/acl/*', 'create')],
  ['a secret id is issued', path('auth/approle/role/crm/secret-id', 'update')],
  ['tokens have its own policies', path('auth/token/create', 'update')],
  ['tokens are of one role', path('auth/token/create/deploy', 'update')],
  ['a deny holds', path('sys/policies/*', 'update') + path('sys/policies/acl/*', 'deny')],
  ['entities are looked up', path('identity/lookup/entity', 'update') + path('identity/entity/id/*', 'read')],
  ['it is an engine of the same words', path('kv/data/sys/policies/acl/*', 'update')],
])('nothing is found where %s', (_, text) => {
  expect(found(text)).toEqual([]);
});

test('a token with everything is found where it is declared', () => {
  const resource = {
    vault_token: { ci: { '//': { metadata: { path: 'shop/ci' } }, display_name: 'ci', policies: ['root'] } },
  };
  expect(observations(escalation, { policies: {}, resource })).toEqual([
    {
      stack: 'shop-production',
      address: 'vault_token.ci',
      constructPath: 'shop/ci',
      seen: "token 'ci' has the policy 'root', which allows everything",
      remedy: 'give it a policy of its own',
    },
  ]);
});
