import { loadPolicyParser } from '../../../policies/policy-text';
import { otherEnvironment } from '../../../review/rules/wir007-other-environment';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  ['shop-production', 'https://vault.staging.example:8200', 'staging'],
  ['shop-production', 'https://vault-dev:8200', 'development'],
  ['shop-staging', 'https://prod-vault.example', 'production'],
  ['shop-development', 'https://vault.prd.example', 'production'],
])('of %s %s is found', (name, VAULT_ADDR, other) => {
  expect(wiringSeen(otherEnvironment, { name, env: { VAULT_ADDR } })).toEqual([
    `app: 'VAULT_ADDR' is '${VAULT_ADDR}': by its name it is of ${other}`,
  ]);
});

test.each([
  ['shop-production', 'https://vault.production.example:8200'],
  ['shop-production', 'https://vault.prod.example:8200'],
  ['shop-production', 'https://vault.example:8200'],
  ['shop-production', 'https://vault.dev-and-prod.example:8200'],
  ['shop-production', 'https://devices.example:8200'],
  ['shop-production', 'https://${var.host}.staging.example:8200'],
  ['shop', 'https://vault.staging.example:8200'],
])('of %s %s is not', (name, VAULT_ADDR) => {
  expect(wiringSeen(otherEnvironment, { name, env: { VAULT_ADDR } })).toEqual([]);
});

test('a container that is declared here is not', () => {
  const declared = { env: { VAULT_ADDR: 'https://dev-vault:8200' }, server: { name: 'dev-vault' } };
  expect(wiringSeen(otherEnvironment, declared)).toEqual([]);
});
