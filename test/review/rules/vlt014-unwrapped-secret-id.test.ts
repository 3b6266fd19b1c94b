import { loadPolicyParser } from '../../../policies/policy-text';
import { unwrappedSecretId } from '../../../review/rules/vlt014-unwrapped-secret-id';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test.each([
  'auth/approle/role/crm/secret-id',
  'auth/approle/role/+/secret-id',
  'auth/approle/role/crm/*',
  'auth/approle/role/crm/secret*',
])('%s is found', (text) => {
  expect(seen(unwrappedSecretId, { policies: { a: path(text, 'update') } })).toEqual([
    `vault_policy.a: path "${text}" { update } of policy a, line 1 issues secret ids that need not be wrapped, for role 'a'`,
  ]);
});

const wrapped = (attribute: string) =>
  `path "auth/approle/role/crm/secret-id" {\n  capabilities = ["update"]\n  ${attribute}\n}\n`;

test.each([
  ['they must be wrapped', wrapped('min_wrapping_ttl = "1s"')],
  ['they must be wrapped at most so long', wrapped('max_wrapping_ttl = "5m"')],
  ['they are listed', path('auth/approle/role/crm/secret-id', 'list')],
  ['they are destroyed', path('auth/approle/role/crm/secret-id/destroy', 'update')],
  ['the rule is about whole roles', path('auth/approle/role/*', 'update') + path('auth/*', 'update')],
  ['the role itself is written', path('auth/approle/role/crm', 'update')],
])('nothing is found where %s', (_, text) => {
  expect(seen(unwrappedSecretId, { policies: { a: text } })).toEqual([]);
});
