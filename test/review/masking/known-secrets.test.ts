import { KnownSecrets } from '../../../review/masking/known-secrets';

const masked = (secrets: readonly string[], text: string): string =>
  new KnownSecrets(secrets).without(text, (secret) => `<${secret.length}>`);

test('the longest of two that begin alike is hidden', () => {
  expect(masked(['made-up-1', 'made-up-1234'], 'made-up-1234 made-up-12')).toBe('<12> <9>2');
});

test.each([
  ['of 8 characters is hidden', 'made-up1', 'a <8>, <8>'],
  ['of 7 characters is left, since it would be found everywhere', 'made-up', 'a made-up, made-up'],
])('a secret %s', (_, secret, text) => {
  expect(masked([secret], `a ${secret}, ${secret}`)).toBe(text);
});

test('of too many the first are hidden', () => {
  const many = Array.from({ length: 20_001 }, (_, i) => `made-up-${i + 1}.`);
  expect(masked(many, 'made-up-20000. made-up-20001.')).toBe('<14> made-up-20001.');
});

test('where none are known, a text stays as it is', () => {
  expect(KnownSecrets.none().without('made-up-1', () => '…')).toBe('made-up-1');
});
