import { TerraformStack } from 'cdktf';
import { requireAddress, requireShape, type SHAPES } from '../../constructs/state-rules';
import { testApp } from '../helper';

const stack = new TerraformStack(testApp(), 'shop-production-vault');

type Property = keyof typeof SHAPES;

test.each<[Property, string]>([
  ['schemaPrefix', 'a'],
  ['schemaPrefix', 'acme_eu-1'],
  ['schemaPrefix', 'pg-'],
  ['bucket', 'abc'],
  ['bucket', 'acme.states-1'],
  ['bucket', 'a'.repeat(63)],
  ['region', 'eu-central-1'],
  ['region', 'main'],
  ['keyPrefix', 'platforms'],
  ['keyPrefix', 'Platforms/eu_1/a.b'],
  ['kmsKey', 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['kmsKey', 'arn:aws-us-gov:kms:us-gov-west-1:123456789012:alias/states'],
  ['kmsKey', '1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['kmsKey', `mrk-${'0'.repeat(32)}`],
  ['lockPath', '/lock'],
  ['lockPath', '/a/b.c'],
])('%s may be %s', (property, got) => {
  expect(() => requireShape(stack, property, got)).not.toThrow();
});

test.each<[Property, string, string]>([
  ['schemaPrefix', 'pg_states', "be lower-case letters, digits, '_' and '-', and not begin with 'pg_'"],
  ['schemaPrefix', 'Acme', 'be lower-case letters'],
  ['schemaPrefix', '1a', 'be lower-case letters'],
  ['schemaPrefix', 'a"b', 'be lower-case letters'],
  ['bucket', 'ab', 'be 3 to 63 lower-case letters, digits, dots and hyphens'],
  ['bucket', 'a'.repeat(64), 'be 3 to 63'],
  ['bucket', 'Acme', 'be 3 to 63'],
  ['bucket', 'states/eu', 'be 3 to 63'],
  ['region', '', 'be the name of a region'],
  ['region', 'eu central', 'be the name of a region'],
  ['keyPrefix', '', "be a folder, without '/' at its ends"],
  ['keyPrefix', '/platforms', 'be a folder'],
  ['keyPrefix', 'platforms/', 'be a folder'],
  ['keyPrefix', 'a//b', 'be a folder'],
  ['keyPrefix', '${var.folder}', 'be a folder'],
  ['lockPath', 'lock', "begin with '/' and not end with it"],
  ['lockPath', '/lock/', "begin with '/'"],
  ['lockPath', '/', "begin with '/'"],
  ['lockPath', '/lock?token=x', "begin with '/'"],
])('fails where %s is %j', (property, got, rule) => {
  const check = () => requireShape(stack, property, got);
  expect(check).toThrow(`[shop-production-vault] '${property}' of the state must ${rule}`);
  expect(check).toThrow(`got '${got}'; write it as '`);
});

test('fails on a key of encryption in place of its name, without repeating it', () => {
  const key = 'bm90IGEgcmVhbCBrZXkgYnV0IG9mIGl0cyBzaGFwZSE=';
  const check = () => requireShape(stack, 'kmsKey', key);
  expect(check).toThrow("'kmsKey' of the state must name a key of AWS KMS, got a string of 44 characters; ");
  expect(check).not.toThrow(key);
});

test.each([
  'https://states.example',
  'https://states.example:8443/terraform/state',
  'https://gitlab.example/api/v4/projects/group%2Fproject/terraform/state',
  'http://localhost:9000',
  'http://127.0.0.1:9000/states',
  'http://[::1]:9000',
])('an address may be %s', (got) => {
  expect(() => requireAddress(stack, 'address', got, 'an example')).not.toThrow();
});

test.each([
  ['http://states.example', "be of https, except on this machine, got 'http://states.example'; "],
  ['http://127.0.0.1.example', 'be of https, except on this machine'],
  ['http://localhost.example', 'be of https, except on this machine'],
  ['ftp://states.example', 'be of https, except on this machine'],
  ['states.example', 'be a URL, got something else; '],
  ['https://states.example/${var.path}', 'be a URL'],
  ['https://states.example/a b', 'be a URL'],
  ['https://states.example/', "not end with '/', got 'https://states.example/'; "],
  ['https://states.example/a?b=c', 'be without query and fragment, got one with it; '],
  ['https://states.example/a#b', 'be without query and fragment'],
])('fails where the address is %s', (got, message) => {
  expect(() => requireAddress(stack, 'address', got, 'https://an.example')).toThrow(
    `[shop-production-vault] 'address' of the state must ${message}`,
  );
});

test.each([
  [
    'https://somebody:not-a-word@states.example',
    "'state' must not hold a literal secret, got a URL with a password in",
  ],
  [
    'https://not-a-word@states.example',
    "'endpoint' of the state must hold no credentials, got a user in it; leave",
  ],
  [
    'a:not-a-word@b',
    "'endpoint' of the state must hold no credentials, got a user in it; leave credentials to",
  ],
])('fails on credentials in an address, without repeating them: %#', (got, message) => {
  const check = () => requireAddress(stack, 'endpoint', got, 'https://an.example');
  expect(check).toThrow(message);
  expect(check).not.toThrow('not-a-word');
});

test('fails on a token in a query, without repeating it', () => {
  const check = () => requireAddress(stack, 'address', 'https://a.example/b?token=not-a-word', 'https://b');
  expect(check).toThrow('be without query and fragment');
  expect(check).not.toThrow('not-a-word');
});
