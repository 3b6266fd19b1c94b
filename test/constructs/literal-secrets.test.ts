import { refuseLiteralSecret } from '../../constructs/literal-secrets';
import { testPlatform } from '../helper';

const [stack] = testPlatform().stacks;

test.each([
  ['postgres://app:pw@db:5432/app', 'a URL with a password'],
  ['redis://:pw@redis:6379', 'a URL with a password'],
  ['redis://a:6379,redis://:pw@b:6379', 'a URL with a password'],
  ['jdbc:postgresql://app:pw@db/app', 'a URL with a password'],
  ['postgres://u:pa/ss@h', 'a URL with a password'],
  ['postgres://u:12345@h', 'a URL with a password'],
  ['http://a:80/?to=http://u:pw@h', 'a URL with a password'],
  ['Server=db;Password=hunter2', 'a connection string with a password'],
  ['password="hunter2"', 'a connection string with a password'],
  ['eyJhbGciOiJI.eyJzdWIiOiIx.x', 'a JSON web token'],
  ['--token hvs.CAESIJ0123456789abcdefgh', 'a Vault token'],
  ['hvs.CAESIJ0123456789abcdefgh', 'a Vault token'],
  ['s.0123456789abcdefghijklmn', 'a Vault token'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE', 'a private key'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----', 'a private key'],
  ['sk-or-v1-0123', 'an API key'],
  ['AKIAIOSFODNN7EXAMPLE', 'an API key'],
  ['ghp_0123456789abcdefghij', 'an API key'],
  ['xoxb-0123456789', 'an API key'],
])('fails on %j in a field with a harmless name', (value, what) => {
  expect(() => refuseLiteralSecret(stack, 'environment', 'SETTING', value, 'hide it')).toThrow(
    new Error(
      `[shop-development-vault] 'environment' must not hold a literal secret, got ${what} in 'SETTING'; hide it`,
    ),
  );
});

test.each([
  ...['redis://bizosaas-redis:6379/0', 'http://127.0.0.1:8200', 'temporal:7233', 'user@example.org', ''],
  ...[
    'http://host:8080/path?to=a@b',
    'http://host:8080?to=a@b',
    'http://[::1]:80/a@b',
    'http://h/a:b@c',
    's.short',
    'skip-this',
    'task-sk-x',
    '-----BEGIN CERTIFICATE-----',
  ],
])('takes %j', (value) => {
  expect(() => refuseLiteralSecret(stack, 'environment', 'SETTING', value, 'hide it')).not.toThrow();
});

test('fails by the name of the field, and tells how long the value is at most', () => {
  expect(() => refuseLiteralSecret(stack, 'data', 'password', 'hunter2', 'hide it')).toThrow(
    new Error(
      "[shop-development-vault] 'data' must not hold a literal, since 'password' names a secret, got a string of 7 characters; hide it",
    ),
  );
});
