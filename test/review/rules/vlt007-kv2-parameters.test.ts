import { loadPolicyParser } from '../../../policies/policy-text';
import { kv2Parameters } from '../../../review/rules/vlt007-kv2-parameters';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const limited = (text: string, attribute: string) =>
  `path "${text}" {\n  capabilities = ["create", "update"]\n  ${attribute}\n}\n`;

test.each([
  'allowed_parameters = { "password" = [] }',
  'denied_parameters = { "password" = [] }',
  'required_parameters = ["password"]',
])('%s is found', (attribute) => {
  expect(seen(kv2Parameters, { policies: { a: limited('kv/data/crm', attribute) } })).toEqual([
    expect.stringContaining('has parameters of a secret (password)'),
  ]);
});

test.each([
  [
    'what a request is made of',
    limited('kv/data/crm', 'allowed_parameters = { "data" = [] "options" = [] }'),
  ],
  ['metadata', limited('kv/metadata/crm', 'allowed_parameters = { "max_versions" = [] }')],
  ['another engine', limited('pki/issue/crm', 'required_parameters = ["common_name"]')],
  ['no parameters', path('kv/data/crm', 'update')],
])('nothing is found for %s', (_, text) => {
  expect(seen(kv2Parameters, { policies: { a: text } })).toEqual([]);
});

test('nothing is found in version 1', () => {
  const policies = { a: limited('kv/data/crm', 'required_parameters = ["password"]') };
  expect(seen(kv2Parameters, { policies, mounts: { kv: 1 } })).toEqual([]);
});
