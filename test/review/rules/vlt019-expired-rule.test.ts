import { loadPolicyParser } from '../../../policies/policy-text';
import { expiredRule } from '../../../review/rules/vlt019-expired-rule';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const until = (time: string) =>
  `path "kv/data/crm" {\n  capabilities = ["read"]\n  expiration = "${time}"\n}\n`;
const found = (text: string) =>
  seen(expiredRule, { policies: { a: text }, dialect: 'openbao', now: '2026-06-01T00:00:00Z' });

test.each(['2026-05-31T23:59:59Z', '2020-01-01T00:00:00Z'])('a rule until %s is found', (time) => {
  expect(found(until(time))).toEqual([
    `vault_policy.a: path "kv/data/crm" of policy a, line 1 has expired at ${new Date(time).toISOString()}, for role 'a'`,
  ]);
});

test.each([until('2026-06-01T00:00:00Z'), until('2099-01-01T00:00:00Z'), path('kv/data/crm', 'read')])(
  'nothing is found in %s',
  (text) => {
    expect(found(text)).toEqual([]);
  },
);
