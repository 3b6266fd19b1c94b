// The library finds its parts by decorators, which need this before it.
import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import * as net from 'node:net';
import * as x509 from '@peculiar/x509';

const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_YEARS = 10;
const SERVER_DAYS = 365;
/** Clocks of clients that are late. */
const BACKDATED_MS = 5 * 60 * 1000;

/** Characters of a common name (RFC 5280). */
const LONGEST_NAME = 64;

const AUTHORITY_KEY = { name: 'ECDSA', namedCurve: 'P-384' };
const SERVER_KEY = { name: 'ECDSA', namedCurve: 'P-256' };

/** A certificate and its private key, both as PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

/** Until when a server certificate is valid that is made now: a year. */
export function endOfServerCertificate(now: Date): Date {
  return new Date(now.getTime() + SERVER_DAYS * DAY_MS);
}

/**
 * Makes an authority, valid for 10 years. It signs servers' certificates and no other authorities.
 *
 * @param environment `<platform>-<environment>`, part of its name
 */
export async function makeAuthority(environment: string, now: Date): Promise<CertificateAndKey> {
  const keys = await newKeys(AUTHORITY_KEY);
  const identifier = await x509.SubjectKeyIdentifierExtension.create(keys.publicKey);
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + AUTHORITY_YEARS);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // Clients may trust two authorities of one environment, and tell them apart by their names.
    name: [{ CN: [`${environment.slice(0, LONGEST_NAME - 12)} CA ${identifier.keyId.slice(0, 8)}`] }],
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter: end,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-384' },
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      identifier,
    ],
  });
  return { certificate: pem(certificate), key: keyPem(keys.privateKey) };
}

/**
 * Makes a server's certificate, valid for a year. It may also be shown by a node that joins another one.
 *
 * @param names host names and IP addresses
 */
export async function makeServerCertificate(
  environment: string,
  names: readonly string[],
  authority: CertificateAndKey,
  now: Date,
): Promise<CertificateAndKey> {
  const keys = await newKeys(SERVER_KEY);
  const issuer = new x509.X509Certificate(authority.certificate);
  const signer = await signerOf(authority.key);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [`${environment.slice(0, LONGEST_NAME - 6)} Vault`] }],
    issuer: issuer.subjectName,
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter: endOfServerCertificate(now),
    publicKey: keys.publicKey,
    signingKey: signer.key,
    signingAlgorithm: signer.algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: net.isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await authorityIdentifier(issuer),
    ],
  });
  return { certificate: pem(certificate), key: keyPem(keys.privateKey) };
}

/** Whether {@link makeServerCertificate} can sign with a key of this kind: the authority may be somebody's own. */
export function canSign(key: KeyObject): boolean {
  return algorithmsOf(key) !== undefined;
}

async function newKeys(algorithm: webcrypto.EcKeyGenParams): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** The identifier that the authority's own certificate states, however it was computed. */
async function authorityIdentifier(issuer: x509.X509Certificate): Promise<x509.Extension> {
  const stated = issuer.getExtension(x509.SubjectKeyIdentifierExtension);
  return stated
    ? new x509.AuthorityKeyIdentifierExtension(stated.keyId)
    : await x509.AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export());
}

async function signerOf(key: string) {
  const keyObject = createPrivateKey(key);
  const algorithms = algorithmsOf(keyObject);
  if (!algorithms) throw new Error('the key of the authority was not checked');
  const der = keyObject.export({ type: 'pkcs8', format: 'der' });
  return {
    key: await webcrypto.subtle.importKey('pkcs8', der, algorithms.key, false, ['sign']),
    algorithm: algorithms.signature,
  };
}

const CURVES: Readonly<Record<string, readonly [namedCurve: string, hash: string]>> = {
  prime256v1: ['P-256', 'SHA-256'],
  secp384r1: ['P-384', 'SHA-384'],
  secp521r1: ['P-521', 'SHA-512'],
};

function algorithmsOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject) {
  if (type === 'rsa') {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    return { key: rsa, signature: rsa };
  }
  const [namedCurve, hash] = CURVES[details?.namedCurve ?? ''] ?? [];
  if (type !== 'ec' || !namedCurve || !hash) return undefined;
  return { key: { name: 'ECDSA', namedCurve }, signature: { name: 'ECDSA', hash } };
}

function pem(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem').trim()}\n`;
}

function keyPem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}
