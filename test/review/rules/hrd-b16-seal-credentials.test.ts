import { loadPolicyParser } from '../../../policies/policy-text';
import { sealCredentials } from '../../../review/rules/hrd-b16-seal-credentials';
import { configured, declaredServer, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  ['seal "transit" {\n token = "a-secret"\n}', `'token' of seal "transit" is in the configuration`],
  [
    'seal "awskms" {\n secret_key = "a-secret"\n region = "eu"\n}',
    `'secret_key' of seal "awskms" is in the configuration`,
  ],
  ['seal "pkcs11" {\n pin = 1234\n}', `'pin' of seal "pkcs11" is in the configuration`],
  ['seal "transit" {\n token = "${var.token}"\n}', `'token' of seal "transit" is in the configuration`],
])('%s is found', (line, seen) => {
  expect(seenOf(sealCredentials, { configuration: configured(line) })).toEqual([
    `docker_container.server: ${seen}`,
  ]);
});

test.each([
  ['seal "transit" {\n token = "file:///run/token"\n}'],
  ['seal "static" {\n current_key = "env://KEY"\n current_key_id = "1"\n}'],
  ['seal "awskms" {\n region = "eu"\n kms_key_id = "k"\n}'],
])('%s is not', (line) => {
  expect(seenOf(sealCredentials, { configuration: configured(line) })).toEqual([]);
});

test('a variable is found where it is written out', () => {
  const env = ['VAULT_ENABLE_FILE_PERMISSIONS_CHECK=true', 'AWS_SECRET_ACCESS_KEY=a-secret'];
  expect(seenOf(sealCredentials, { container: { env } })).toEqual([
    "docker_container.server: 'AWS_SECRET_ACCESS_KEY' is written out",
  ]);
  const later = { env: ['AWS_SECRET_ACCESS_KEY=${var.key}', 'AZURE_CLIENT_SECRET='] };
  expect(seenOf(sealCredentials, { container: later })).toEqual([]);
});

test('nothing that is found says what the secret is', () => {
  const configuration = configured('seal "transit" {\n token = "a-secret"\n}');
  expect(JSON.stringify([...sealCredentials.check(declaredServer({ configuration }))])).not.toContain(
    'a-secret',
  );
});
