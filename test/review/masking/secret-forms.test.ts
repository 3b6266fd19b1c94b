import { KnownSecrets } from '../../../review/masking/known-secrets';
import { Masking } from '../../../review/masking/masking';
import { withoutFlags, withoutForms, withoutTokens } from '../../../review/masking/secret-forms';

const masking = (): Masking => new Masking(KnownSecrets.none());

// What they hide is in the table of masked-text.
test('words that are no secrets stay', () => {
  const line = 'psql --password --port 5432 -u shop <host>db</host> password policy';
  expect(withoutFlags(line, masking())).toBe(line);
});

test('a mark that stands there already stays', () => {
  const line = 'postgres://shop:(sensitive value)@db requirepass (sensitive value)';
  expect(withoutFlags(withoutForms(line, masking()), masking())).toBe(line);
});

test('two addresses in one line are both without their passwords', () => {
  expect(withoutForms('a://b:made-up@c d://e:made-up@f', masking())).toBe(
    'a://b:(sensitive value)@c d://e:(sensitive value)@f',
  );
});

test.each([
  [
    'path "auth/approle/role/shop/secret-id/hvs.CAESIJmadeup" {',
    'path "auth/approle/role/shop/secret-id/(sensitive value)" {',
  ],
  ['vault_policy.each["s.abcdefghijklmnopqrstuvwx"]', 'vault_policy.each["(sensitive value)"]'],
  ['shop/data/AKIAABCDEFGHIJKLMNOP of policy shop', 'shop/data/(sensitive value) of policy shop'],
  ["entity 'glpat-abcdefghijklmnopqrstu' loses", "entity '(sensitive value)' loses"],
  ['hash $2y$10$abcdefghijklmnop', 'hash (sensitive value)'],
  ['at hooks.slack.com/services/T0/B0/madeup', 'at (sensitive value)'],
])('of the sentence %j is shown %j', (given, expected) => {
  expect(withoutTokens(given)).toBe(expected);
});

test.each([
  'risk-free task_runner of s.example.com',
  `sha256:${'0123456789abcdef'.repeat(4)}`,
  'eyJ alone, hvs. too',
])('the sentence %j has no token', (given) => {
  expect(withoutTokens(given)).toBe(given);
});
