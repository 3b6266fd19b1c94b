import { EnvironmentContract, refuseDerivedVariables } from '../../constructs/environment-contract';
import { testPlatform } from '../helper';

const [stack] = testPlatform().stacks;
const values = { address: 'http://vault:8200', mount: 'apps', authority: undefined };
const inVariable = EnvironmentContract.tokenInVariable();
const inFile = EnvironmentContract.tokenInFile();
const token = { token: 't' };
const file = { file: '/vault/secrets/token', folder: '/vault/secrets' };

test.each([
  ['the conventional one', inVariable, token, { VAULT_TOKEN: 't' }],
  [
    'one with a mount',
    EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT_PATH' }),
    token,
    { VAULT_TOKEN: 't', VAULT_MOUNT_PATH: 'apps' },
  ],
  [
    'one with the version of the engine',
    EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT_POINT', kvVersion: 'VAULT_KV_VERSION' }),
    token,
    { VAULT_TOKEN: 't', VAULT_MOUNT_POINT: 'apps', VAULT_KV_VERSION: '2' },
  ],
  ['one with a token file', inFile, file, { VAULT_TOKEN_FILE: '/vault/secrets/token' }],
  ['one with a home for the token', inVariable, file, { HOME: '/vault/secrets' }],
])('%s gives these variables', (_, contract, delivered, expected) => {
  contract.validate(stack);
  expect(contract.variables(values, delivered)).toEqual({ VAULT_ADDR: 'http://vault:8200', ...expected });
});

test.each([inVariable, inFile])('the authority is named where clients need it: %#', (contract) => {
  const variables = (authority: string | undefined) => contract.variables({ ...values, authority }, file);
  expect(variables('/vault/tls/ca.pem')).toMatchObject({ VAULT_CACERT: '/vault/tls/ca.pem' });
  expect(variables(undefined)).not.toHaveProperty('VAULT_CACERT');
});

test.each([
  [
    { mount: 'vault-mount' },
    "'contract.mount' must consist of A-Z, 0-9 and '_' and not start with a digit, got 'vault-mount'; write it as 'VAULT_MOUNT'",
  ],
  [
    { kvVersion: 'v 2' },
    "'contract.kvVersion' must consist of A-Z, 0-9 and '_' and not start with a digit, got 'v 2'; write it as 'V_2'",
  ],
  [
    { mount: '' },
    "'contract.mount' must consist of A-Z, 0-9 and '_' and not start with a digit, got ''; write it as 'LOG_LEVEL'",
  ],
  [
    { mount: 'VAULT_ADDR' },
    "'contract.mount' must be a variable of its own, got 'VAULT_ADDR', which carries something else; choose another name",
  ],
  [
    { kvVersion: 'VAULT_TOKEN' },
    "'contract.kvVersion' must be a variable of its own, got 'VAULT_TOKEN', which carries something else; choose another name",
  ],
  [
    { mount: 'VAULT_KV', kvVersion: 'VAULT_KV' },
    "'contract.kvVersion' must be a variable of its own, got 'VAULT_KV', which carries something else; choose another name",
  ],
])('fails on %j', (props, message) => {
  expect(() => EnvironmentContract.tokenInVariable(props).validate(stack)).toThrow(
    new Error(`[shop-development-vault] ${message}`),
  );
});

test.each([
  ...['VAULT_ADDR', 'VAULT_AGENT_ADDR', 'VAULT_TOKEN', 'VAULT_TOKEN_FILE', 'VAULT_CACERT', 'VAULT_CAPATH'],
  ...['VAULT_SKIP_VERIFY', 'VAULT_NAMESPACE', 'BAO_ADDR', 'BAO_TOKEN', 'BAO_CACERT'],
])('fails on %s set by hand', (name) => {
  expect(() => refuseDerivedVariables(stack, [name])).toThrow(
    new Error(
      `[shop-development-vault] 'environment' must not set variables that are derived from the Vault that the container was given, got '${name}'; leave it out`,
    ),
  );
});

test.each(['VAULT_CLIENT_TIMEOUT', 'VAULT_LOG_LEVEL', 'ADDR', 'MY_VAULT_ADDR'])('takes %s', (name) => {
  expect(() => refuseDerivedVariables(stack, [name])).not.toThrow();
});
