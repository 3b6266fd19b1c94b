import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import * as x509 from '@peculiar/x509';
import { CertificateFolder } from '../../constructs/certificate-folder';

export const DAY = 24 * 60 * 60 * 1000;
/** Whole seconds, as certificates have them. */
export const NOW = new Date('2030-06-15T12:00:00Z');
export const NAMES = ['shop-vault', 'localhost', '127.0.0.1'];

/** A moment some days from {@link NOW}. */
export function inDays(days: number): Date {
  return new Date(NOW.getTime() + days * DAY);
}

const USAGES = {
  server: x509.ExtendedKeyUsage.serverAuth,
  client: x509.ExtendedKeyUsage.clientAuth,
  any: '2.5.29.37.0',
};

type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'RSA-1024' | 'RSA-2048' | 'RSA-PSS-2048' | 'Ed25519';
type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** What to make; the default is a good certificate of a server that signed itself. */
export interface MakeProps {
  readonly name?: string;
  readonly names?: readonly string[];
  readonly signer?: Made;
  /** The issuer that the certificate states. @default the signer's name */
  readonly issuer?: string;
  readonly kind?: KeyKind;
  readonly hash?: Hash;
  /** Those of another certificate, which is renewed. @default new ones of the kind */
  readonly keys?: webcrypto.CryptoKeyPair;
  readonly from?: Date;
  readonly until?: Date;
  /** Not there at all with `undefined`. */
  readonly usages?: readonly (keyof typeof USAGES)[] | undefined;
  readonly authority?: boolean;
  /** The signer's identifier is not computed from its key as usual. */
  readonly keyIdentifier?: string;
}

export interface Made {
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** Makes a certificate as somebody's authority would. */
export async function make(props: MakeProps = {}): Promise<Made> {
  const { name = 'shop-vault', signer, kind = 'P-256', hash = 'SHA-256', authority = false } = props;
  const usages = 'usages' in props ? props.usages : (['server'] as const);
  const keys = props.keys ?? (await keysOf(kind, hash));
  const issuerKeys = signer?.keys ?? keys;
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: `CN=${props.issuer ?? signer?.name ?? name}`,
    notBefore: props.from ?? inDays(-1),
    notAfter: props.until ?? inDays(365),
    publicKey: keys.publicKey,
    signingKey: issuerKeys.privateKey,
    // Only RSA-PSS has salt.
    signingAlgorithm: { ...issuerKeys.privateKey.algorithm, hash, saltLength: 20 },
    extensions: [
      new x509.BasicConstraintsExtension(authority, undefined, true),
      ...(authority ? [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)] : []),
      ...(authority || !usages ? [] : [new x509.ExtendedKeyUsageExtension(usages.map((one) => USAGES[one]))]),
      ...(authority ? [] : [alternativeNames(props.names ?? NAMES)]),
      ...(props.keyIdentifier ? [new x509.SubjectKeyIdentifierExtension(props.keyIdentifier)] : []),
    ],
  });
  return {
    name,
    certificate: `${certificate.toString('pem')}\n`,
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    keys,
  };
}

/** Makes an authority. */
export function makeRoot(props: MakeProps = {}): Promise<Made> {
  return make({ name: 'shop CA', authority: true, until: inDays(3650), ...props });
}

function alternativeNames(names: readonly string[]): x509.SubjectAlternativeNameExtension {
  return new x509.SubjectAlternativeNameExtension(
    names.map((value) => ({ type: net.isIP(value) ? ('ip' as const) : ('dns' as const), value })),
  );
}

async function keysOf(kind: KeyKind, hash: Hash): Promise<webcrypto.CryptoKeyPair> {
  const usages: webcrypto.KeyUsage[] = ['sign', 'verify'];
  if (!kind.startsWith('RSA')) {
    const algorithm = kind === 'Ed25519' ? { name: kind } : { name: 'ECDSA', namedCurve: kind };
    return (await webcrypto.subtle.generateKey(algorithm, true, usages)) as webcrypto.CryptoKeyPair;
  }
  const name = kind.startsWith('RSA-PSS') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  const modulusLength = Number(kind.split('-').at(-1));
  const publicExponent = new Uint8Array([1, 0, 1]);
  return await webcrypto.subtle.generateKey({ name, hash, modulusLength, publicExponent }, true, usages);
}

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) fs.rmSync(root, { recursive: true, force: true });
});

/** A project with the files of one environment's certificates, all of mode 0600; those without content are not there. */
export function projectWith(
  files: Partial<Record<'ca' | 'caKey' | 'certificate' | 'key', string | undefined>>,
  environment = 'shop-staging',
): { readonly root: string; readonly folder: CertificateFolder } {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'certificates-'));
  roots.push(root);
  const folder = new CertificateFolder(environment);
  fs.mkdirSync(path.join(root, folder.path), { recursive: true, mode: 0o700 });
  for (const [name, content] of Object.entries(files)) {
    if (content !== undefined)
      fs.writeFileSync(path.join(root, folder[name as keyof typeof files]), content, { mode: 0o600 });
  }
  return { root, folder };
}
