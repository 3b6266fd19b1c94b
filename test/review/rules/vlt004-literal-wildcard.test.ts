import { loadPolicyParser } from '../../../policies/policy-text';
import { literalWildcard } from '../../../review/rules/vlt004-literal-wildcard';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test.each([
  ['kv/data/*/password', "a '*' that stands for itself"],
  ['kv/data/a*/b/*', "a '*' that stands for itself"],
  ['kv/data/**', "a '*' that stands for itself"],
  ['kv/data/+a/b', "a '+' that stands for itself"],
])('a wildcard is found in %s', (text, said) => {
  expect(seen(literalWildcard, { policies: { a: path(text, 'read') } })).toEqual([
    `vault_policy.a: path "${text}" { read } of policy a, line 1 has ${said}, for role 'a'`,
  ]);
});

test.each(['kv/data/*', 'kv/data/a*', 'kv/data/+/a', 'kv/data/+/+/*', '+/x', 'kv/data/c++', 'kv/data/a+b'])(
  'nothing is found in %s',
  (text) => {
    expect(seen(literalWildcard, { policies: { a: path(text, 'read') } })).toEqual([]);
  },
);
