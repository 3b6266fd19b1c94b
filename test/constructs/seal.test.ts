import { Distribution } from '../../constructs/distribution';
import { Seal, type SealFile, sealFile } from '../../constructs/seal';
import { PRODUCTION, STAGING, testPlatform } from '../helper';
import { PLACE } from './synthesized';

const [stack] = testPlatform().stacks;
const VAULT = Distribution.vault('hashicorp/vault:1.17.6');
const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

/** Everything that a seal says of itself, with the server's folder for its files. */
function told(seal: Seal): Record<string, unknown> {
  return {
    type: seal.type,
    files: seal.files,
    parameters: seal.parameters((file) => `/config/${file}`),
    variables: { ...seal.variablesFromFiles, ...seal.variablesWithPaths },
  };
}

const TRANSIT = { address: 'https://unseal.example:8200', keyName: 'shop' };
const AWS = { region: 'eu-central-1', kmsKeyId: 'alias/shop' };
const GOOGLE = { project: 'shop', region: 'europe-west3', keyRing: 'ring', cryptoKey: 'key' };
const AZURE = { tenantId: 't', vaultName: 'v', keyName: 'k' };
const NONE: readonly SealFile[] = [];

test.each([
  ['shamir', Seal.shamir(), NONE, {}, {}],
  [
    'transit',
    Seal.transit(TRANSIT),
    ['token'],
    { address: 'https://unseal.example:8200', key_name: 'shop', mount_path: 'transit/' },
    { VAULT_TOKEN: 'token' },
  ],
  [
    'transit',
    Seal.transit({ ...TRANSIT, mountPath: 'unseal/', ownAuthority: true }),
    ['token', 'ca.pem'],
    {
      address: 'https://unseal.example:8200',
      key_name: 'shop',
      mount_path: 'unseal/',
      tls_ca_cert: '/config/ca.pem',
    },
    { VAULT_TOKEN: 'token' },
  ],
  [
    'static',
    Seal.staticKey({ keyId: '2026-01' }),
    ['key'],
    { current_key_id: '2026-01', current_key: 'file:///config/key' },
    {},
  ],
  ['awskms', Seal.awsKms(AWS), NONE, { region: 'eu-central-1', kms_key_id: 'alias/shop' }, {}],
  [
    'awskms',
    Seal.awsKms({ ...AWS, credentialsFile: true }),
    ['credentials'],
    { region: 'eu-central-1', kms_key_id: 'alias/shop' },
    { AWS_SHARED_CREDENTIALS_FILE: 'credentials' },
  ],
  ['azurekeyvault', Seal.azureKeyVault(AZURE), NONE, { tenant_id: 't', vault_name: 'v', key_name: 'k' }, {}],
  [
    'gcpckms',
    Seal.gcpCloudKms(GOOGLE),
    NONE,
    { project: 'shop', region: 'europe-west3', key_ring: 'ring', crypto_key: 'key' },
    {},
  ],
  [
    'gcpckms',
    Seal.gcpCloudKms({ ...GOOGLE, credentialsFile: true }),
    ['credentials'],
    {
      project: 'shop',
      region: 'europe-west3',
      key_ring: 'ring',
      crypto_key: 'key',
      credentials: '/config/credentials',
    },
    {},
  ],
])('%s is made of names, and of files that git ignores: %#', (type, seal, files, parameters, variables) => {
  expect(told(seal)).toEqual({ type, files, parameters, variables });
  expect(() => seal.validate(stack, OPENBAO, PLACE.environment)).not.toThrow();
  if (type !== 'static') expect(() => seal.validate(stack, VAULT, PLACE.environment)).not.toThrow();
});

test('a file of a seal is in the folder of its environment', () => {
  expect(sealFile('shop-staging', 'token')).toBe('seals/shop-staging/token');
});

test('fails on a seal that the distribution does not have', () => {
  expect(() => Seal.staticKey({ keyId: 'a' }).validate(stack, VAULT, PLACE.environment)).toThrow(
    new Error(
      "[shop-development-vault] 'seal' must be one that HashiCorp Vault has, got 'static', which is OpenBao's; use Seal.transit() or Seal.shamir()",
    ),
  );
});

test.each([
  // @ts-expect-error: there is no such property
  ['token', () => Seal.transit({ ...TRANSIT, token: 'x' })],
  // @ts-expect-error: there is no such property
  ['currentKey', () => Seal.staticKey({ keyId: 'a', currentKey: 'x' })],
  // @ts-expect-error: there is no such property
  ['current_key', () => Seal.staticKey({ keyId: 'a', current_key: 'x' })],
  // @ts-expect-error: there is no such property
  ['accessKey', () => Seal.awsKms({ ...AWS, accessKey: 'x' })],
  // @ts-expect-error: there is no such property
  ['secret_key', () => Seal.awsKms({ ...AWS, secret_key: 'x' })],
  // @ts-expect-error: there is no such property
  ['clientSecret', () => Seal.azureKeyVault({ ...AZURE, clientSecret: 'x' })],
  // @ts-expect-error: there is no such property
  ['credentials', () => Seal.gcpCloudKms({ ...GOOGLE, credentials: 'x' })],
])('fails on the credential %s in a seal, past the compiler', (name, seal) => {
  expect(() => seal().validate(stack, OPENBAO, PLACE.environment)).toThrow(
    new Error(
      `[shop-development-vault] 'seal' must not hold credentials, got '${name}'; put it into a file of seals/<platform>-<environment>/`,
    ),
  );
});

// Put together here: none of them is anybody's.
const KEY = `AKIA${'A'.repeat(16)}`;
const TOKEN = `hvs.${'x'.repeat(24)}`;
test.each([
  [
    'a URL with a password',
    'address',
    Seal.transit({ ...TRANSIT, address: 'https://u:pass@unseal.example' }),
  ],
  ['a Vault token', 'keyName', Seal.transit({ ...TRANSIT, keyName: TOKEN })],
  ['an API key', 'kmsKeyId', Seal.awsKms({ ...AWS, kmsKeyId: KEY })],
])('fails on %s in %s, without repeating it', (what, name, seal) => {
  expect(() => seal.validate(stack, VAULT, PLACE.environment)).toThrow(
    new Error(
      `[shop-development-vault] 'seal' must not hold a literal secret, got ${what} in '${name}'; put it into a file of seals/<platform>-<environment>/`,
    ),
  );
});

test.each(['a${', '%{if', 'a\nb', 'a\0b'])('fails on %j, in which the configuration would end', (keyName) => {
  const seal = Seal.transit({ ...TRANSIT, keyName });
  expect(() => seal.validate(stack, VAULT, PLACE.environment)).toThrow(
    new Error(
      `[shop-development-vault] 'keyName' of the seal must be without braces and control characters, got ${JSON.stringify(keyName)}; write what the key service calls it`,
    ),
  );
});

test.each(['https://user@unseal.example', 'https://unseal.example?token=x', 'https://unseal.example#x'])(
  'fails on the address %s, without repeating it',
  (address) => {
    expect(() => Seal.transit({ ...TRANSIT, address }).validate(stack, VAULT, PLACE.environment)).toThrow(
      new Error(
        "[shop-development-vault] 'address' of the seal must be scheme, host and port alone, got more; write it as 'https://unseal.example:8200'",
      ),
    );
  },
);

describe.each([STAGING, PRODUCTION])('in $name', (environment) => {
  test.each(['http://unseal.example:8200', 'unseal.example:8200', ''])(
    'fails on a seal at %j, which would send its token in clear',
    (address) => {
      const seal = Seal.transit({ ...TRANSIT, address });
      expect(() => seal.validate(stack, VAULT, environment)).toThrow(
        new Error(
          `[shop-development-vault] 'address' of the seal must use TLS outside development, got '${address}'; write it as 'https://unseal.example:8200'`,
        ),
      );
      expect(() => seal.validate(stack, VAULT, PLACE.environment)).not.toThrow();
    },
  );

  test('takes every other one', () => {
    for (const seal of [Seal.shamir(), Seal.transit(TRANSIT), Seal.awsKms(AWS), Seal.gcpCloudKms(GOOGLE)])
      expect(() => seal.validate(stack, VAULT, environment)).not.toThrow();
  });
});
