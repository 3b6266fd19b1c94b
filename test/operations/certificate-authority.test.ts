import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import {
  canSign,
  endOfServerCertificate,
  makeAuthority,
  makeServerCertificate,
} from '../../operations/certificate-authority';
import { inDays, makeRoot, NAMES, NOW } from '../constructs/certificate-maker';
import { extensionsOf } from './certificate-extensions';

const MINUTE = 60_000;

test('an authority signs servers alone, for ten years', async () => {
  const { certificate, key } = await makeAuthority('shop-staging', NOW);
  const parsed = new X509Certificate(certificate);
  expect(parsed.subject).toMatch(/^CN=shop-staging CA [0-9a-f]{8}$/);
  expect(parsed.issuer).toBe(parsed.subject);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(new Date(parsed.validFrom)).toEqual(new Date(NOW.getTime() - 5 * MINUTE));
  expect(new Date(parsed.validTo)).toEqual(new Date('2040-06-15T12:00:00Z'));
  expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' });
  expect(parsed.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(extensionsOf(certificate)).toEqual({
    basicConstraints: { critical: true, ca: true, pathLength: 0 },
    keyUsage: { critical: true, usages: ['keyCertSign', 'cRLSign'] },
    subjectKey: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
});

test('a server certificate is for its names and for TLS, for a year', async () => {
  const authority = await makeAuthority('shop-staging', NOW);
  const names = ['shop_vault', '*.shop.internal', '127.0.0.1', '::1'];
  const { certificate, key } = await makeServerCertificate('shop-staging', names, authority, NOW);
  const parsed = new X509Certificate(certificate);
  const issuer = new X509Certificate(authority.certificate);
  expect([parsed.subject, parsed.issuer]).toEqual(['CN=shop-staging Vault', issuer.subject]);
  expect(parsed.checkIssued(issuer) && parsed.verify(issuer.publicKey)).toBe(true);
  expect(new Date(parsed.validTo)).toEqual(inDays(365));
  expect(endOfServerCertificate(NOW)).toEqual(inDays(365));
  expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(parsed.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(parsed.subjectAltName).toBe(
    'DNS:shop_vault, DNS:*.shop.internal, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  );
  const { subjectKey } = extensionsOf(authority.certificate);
  expect(extensionsOf(certificate)).toEqual({
    basicConstraints: { critical: true, ca: false, pathLength: undefined },
    keyUsage: { critical: true, usages: ['digitalSignature'] },
    extendedKeyUsage: { critical: false, usages: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] },
    subjectKey: expect.stringMatching(/^[0-9a-f]{40}$/),
    authorityKey: subjectKey,
  });
});

test('no two are alike, made in the same moment', async () => {
  const authorities = await Promise.all([1, 2].map(() => makeAuthority('shop-staging', NOW)));
  const [one] = authorities;
  if (!one) throw new Error('there are two');
  const servers = await Promise.all([1, 2].map(() => makeServerCertificate('shop-staging', NAMES, one, NOW)));
  const all = [...authorities, ...servers];
  expect(new Set(all.map(({ key }) => key)).size).toBe(4);
  expect(new Set(all.map(({ certificate }) => new X509Certificate(certificate).serialNumber)).size).toBe(4);
  expect(new Set(authorities.map(({ certificate }) => new X509Certificate(certificate).subject)).size).toBe(
    2,
  );
});

test('a long environment makes no name that is longer than a name may be', async () => {
  const environment = `${'shop-'.repeat(20)}staging`;
  const authority = await makeAuthority(environment, NOW);
  const server = await makeServerCertificate(environment, NAMES, authority, NOW);
  for (const { certificate } of [authority, server])
    expect(new X509Certificate(certificate).subject.length).toBeLessThanOrEqual('CN='.length + 64);
});

test.each([
  ['P-256', undefined],
  ['P-521', undefined],
  ['RSA-2048', undefined],
  ['P-384', 'an0therw4y'],
] as const)('signs with an authority of one’s own that has a key of %s', async (kind, identifier) => {
  // Some authorities compute their identifier in another way: a client compares the two.
  const keyIdentifier = identifier && Buffer.from(identifier).toString('hex');
  const own = await makeRoot({ kind, ...(keyIdentifier && { keyIdentifier }) });
  const { certificate } = await makeServerCertificate('shop-staging', NAMES, own, NOW);
  const issuer = new X509Certificate(own.certificate);
  const parsed = new X509Certificate(certificate);
  expect(parsed.checkIssued(issuer)).toBe(true);
  expect(parsed.verify(issuer.publicKey)).toBe(true);
  if (keyIdentifier) expect(extensionsOf(certificate).authorityKey).toBe(keyIdentifier);
});

test.each([
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), true],
  ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }), true],
  ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), false],
  ['Ed25519', generateKeyPairSync('ed25519'), false],
])('a key of %s can sign: %3$s', (_, { privateKey }, can) => {
  expect(canSign(privateKey)).toBe(can);
});
