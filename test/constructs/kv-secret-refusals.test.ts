import type { SecretData } from '../../constructs/kv-secret';
import { SecretValue } from '../../constructs/secret-value';
import { testPlatform } from '../helper';

function declare(data: SecretData, path = 'database', version?: number): void {
  testPlatform()
    .addMount('apps')
    .addSecret(path, data, version === undefined ? {} : { version });
}

/** The message of the error that `act` throws. */
function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

test.each([
  [
    'data/database',
    "must not start with 'data/', which belongs to the KV v2 API and is added where it is needed, got 'data/database'; write it as 'database'",
  ],
  [
    '/database',
    "must not start or end with '/', which Vault strips, got '/database'; write it as 'database'",
  ],
  ['', "must not be empty, got ''; write it as 'platform/database'"],
])('fails on the path %j', (path, expected) => {
  expect(messageOf(() => declare({ host: 'db' }, path))).toBe(
    `[shop-development-access/apps] 'path' ${expected}`,
  );
});

test.each(['api key', '1st', ''])('fails on the key %j', (key) => {
  expect(messageOf(() => declare({ [key]: 'x' }))).toBe(
    `[shop-development-access/apps/database] 'key' must consist of letters, digits, '_', '-' and '.' and start with a letter or '_', got '${key}'; write it as 'api_key'`,
  );
});

test('fails on a secret without keys', () => {
  expect(messageOf(() => declare({}))).toBe(
    "[shop-development-access/apps/database] 'data' must hold a key, got {}; use addRuntimeSecret() for a path that an application writes",
  );
});

test.each(['password', 'DB_PASSWORD', 'clientSecret', 'api_key', 'bot_token'])(
  'fails on a literal for %s, without repeating it',
  (key) => {
    const message = messageOf(() => declare({ [key]: 'hunter2-Tr0ub4dor' }));
    expect(message).toBe(
      `[shop-development-access/apps/database] 'data' must not hold a literal, since '${key}' names a secret, got a string of 17 characters; use SecretValue.generated() or SecretValue.supplied()`,
    );
  },
);

test.each([
  ['postgresql://app:hunter2-Tr0ub4dor@db/app', 'a URL with a password'],
  ['jdbc:postgresql://app:hunter2-Tr0ub4dor@db/app', 'a URL with a password'],
  ['hvs.hunter2-Tr0ub4dor-hunter2', 'a Vault token'],
  ['-----BEGIN RSA PRIVATE KEY-----\nhunter2-Tr0ub4dor', 'a private key'],
  ['sk-hunter2-Tr0ub4dor', 'an API key'],
])('fails on a literal that looks like a credential, whatever its key is called: %j', (value, what) => {
  const message = messageOf(() => declare({ note: value }));
  expect(message).toBe(
    `[shop-development-access/apps/database] 'data' must not hold a literal secret, got ${what} in 'note'; use SecretValue.generated() or SecretValue.supplied()`,
  );
  expect(message).not.toContain('hunter2');
});

test('takes a literal whose name is misleading, when it is called public', () => {
  expect(() => declare({ token_kind: SecretValue.publicConstant('periodic') })).not.toThrow();
});

test.each([15, 0, -1, 1025, 16.5, Number.NaN])('fails on a generated value of %d characters', (length) => {
  expect(messageOf(() => declare({ password: SecretValue.generated({ length }) }))).toBe(
    `[shop-development-access/apps/database] 'length' of 'password' must be a whole number from 16 to 1024, got '${length}'; use 32`,
  );
});

test.each([16, 1024])('takes a generated value of %d characters', (length) => {
  expect(() => declare({ password: SecretValue.generated({ length }) })).not.toThrow();
});

test.each([0, -1, 2001, 1.5, Number.NaN])('fails on the version %d', (version) => {
  expect(messageOf(() => declare({ host: 'db' }, 'database', version))).toBe(
    `[shop-development-access/apps/database] 'version' must be a whole number from 1 to 2000, got '${version}'; raise it by one to rotate`,
  );
});

test.each([1, 2000])('takes the version %d', (version) => {
  expect(() => declare({ host: 'db' }, 'database', version)).not.toThrow();
});

describe('fails on two values that would get one Terraform name', () => {
  test.each([
    [
      'keys',
      () => declare({ 'a-b': SecretValue.generated(), a_b: SecretValue.generated() }),
      'database/a_b',
      'database/a-b',
    ],
    [
      'keys that people supply',
      () => declare({ 'a.b': SecretValue.supplied(), a_b: SecretValue.supplied() }),
      'database/a_b',
      'database/a.b',
    ],
  ])('%s', (_, act, second, first) => {
    expect(messageOf(act)).toBe(
      `[shop-development-access/apps/database] 'path' and key must differ from others in more than punctuation, got 'apps/${second}' beside 'apps/${first}'; rename one of them`,
    );
  });

  test('paths', () => {
    const apps = testPlatform().addMount('apps');
    apps.addSecret('a/b', { pin: SecretValue.generated() });
    expect(messageOf(() => apps.addSecret('a', { b_pin: SecretValue.supplied() }))).toBe(
      "[shop-development-access/apps/a] 'path' and key must differ from others in more than punctuation, got 'apps/a/b_pin' beside 'apps/a/b/pin'; rename one of them",
    );
  });
});

test('does not compile with a value that is neither text nor a source of values', () => {
  // @ts-expect-error: a number
  expect(() => declare({ port: 5432 })).toThrow();
});
