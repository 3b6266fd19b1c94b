import { isSecretName, mayNameASecret } from '../../review/secret-names';

test('a name is judged the same every time', () => {
  expect(['DB_PASSWORD', 'DB_HOST', 'DB_PASSWORD', 'DB_HOST'].map(isSecretName)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test.each([
  ['password', true],
  ['VAULT_DEV_ROOT_TOKEN_ID', true],
  ['X-Vault-Token', true],
  ['slack_webhook_url', true],
  ['unseal_key', true],
  ['requirepass', true],
  ['authorization', true],
  ['password_wo_version', false],
  ['token_file', false],
  ['secret_name', false],
  ['policy', false],
  ['__proto__', false],
  ['constructor', false],
])('%s may name a secret: %s', (name, isIt) => {
  expect(mayNameASecret(name)).toBe(isIt);
});

test.each(['slack_webhook_url', 'requirepass', 'authorization'])('%s is masked, and no finding', (name) => {
  expect([mayNameASecret(name), isSecretName(name)]).toEqual([true, false]);
});
