import { X509Certificate } from 'node:crypto';
import { forgeableHashOf, weakKeyOf } from '../../constructs/certificate-strength';
import { make } from './certificate-maker';

const made = async (props: Parameters<typeof make>[0]) =>
  new X509Certificate((await make(props)).certificate);

test.each([
  ['RSA-2048', 'SHA-1', 'SHA-1'],
  ['RSA-2048', 'SHA-256', undefined],
  ['RSA-2048', 'SHA-512', undefined],
  ['RSA-PSS-2048', 'SHA-1', 'SHA-1'],
  ['RSA-PSS-2048', 'SHA-256', undefined],
  ['RSA-PSS-2048', 'SHA-384', undefined],
  ['P-256', 'SHA-1', 'SHA-1'],
  ['P-256', 'SHA-256', undefined],
  ['P-521', 'SHA-512', undefined],
  ['Ed25519', 'SHA-512', undefined],
] as const)('a signature with %s and %s is weak by %s', async (kind, hash, weak) => {
  expect(forgeableHashOf(await made({ kind, hash }))).toBe(weak);
});

test('a long certificate is read as well', async () => {
  // Lengths of one, two and three bytes.
  for (const count of [1, 20, 4000]) {
    const names = Array.from({ length: count }, (_, i) => `vault-${i}.shop.internal`);
    expect(forgeableHashOf(await made({ names, hash: 'SHA-1' }))).toBe('SHA-1');
  }
});

test.each([
  ['RSA-1024', 'RSA of 1024 bits'],
  ['RSA-2048', undefined],
  ['P-256', undefined],
  ['P-384', undefined],
  ['P-521', undefined],
  ['Ed25519', undefined],
] as const)('a key of %s is weak as %s', async (kind, weak) => {
  expect(weakKeyOf(await made({ kind }))).toBe(weak);
});
