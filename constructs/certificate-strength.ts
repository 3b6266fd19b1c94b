import type { KeyObject, X509Certificate } from 'node:crypto';

const RSA_BITS = 2048;
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Signature algorithms that can be forged, as the DER of their object identifier. */
const FORGEABLE: Readonly<Record<string, string>> = {
  '2a864886f70d010102': 'MD2',
  '2a864886f70d010104': 'MD5',
  '2a864886f70d010105': 'SHA-1',
  '2a8648ce3d0401': 'SHA-1',
  '2b0e03021d': 'SHA-1',
};
const RSA_PSS = '2a864886f70d01010a';
/** What SHA-256, SHA-384 and SHA-512 begin with. */
const SHA_2 = '60864801650304020';

/** What a strong key is, in the words of an error. */
export const STRONG_KEY = `RSA with at least ${RSA_BITS} bits, ECDSA on P-256, P-384 or P-521, or Ed25519`;

/** Why a certificate's key is too weak, or unknown to a server or client; nothing where it is neither. */
export function weakKeyOf(certificate: X509Certificate): string | undefined {
  let key: KeyObject;
  try {
    key = certificate.publicKey;
  } catch {
    return 'one of an unknown kind';
  }
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return modulusLength >= RSA_BITS ? undefined : `RSA of ${modulusLength} bits`;
    case 'ec':
      return CURVES.includes(namedCurve) ? undefined : `ECDSA on ${namedCurve}`;
    case 'ed25519':
      return undefined;
    default:
      return `${key.asymmetricKeyType}`;
  }
}

/** The hash by which a certificate was signed, where that is one that can be forged. */
export function forgeableHashOf(certificate: X509Certificate): string | undefined {
  const [, algorithm] = elementsOf(certificate.raw);
  const [identifier] = algorithm ? elementsOf(algorithm.whole) : [];
  if (!algorithm || !identifier) return undefined;
  const id = identifier.value.toString('hex');
  if (id === RSA_PSS) return algorithm.value.toString('hex').includes(SHA_2) ? undefined : 'SHA-1';
  return FORGEABLE[id];
}

interface Element {
  readonly whole: Buffer;
  readonly value: Buffer;
}

/** The elements of a DER sequence. Node 20 does not tell a certificate's signature algorithm. */
function elementsOf(sequence: Buffer): Element[] {
  const elements: Element[] = [];
  let rest = elementAt(sequence).value;
  while (rest.length > 0) {
    const element = elementAt(rest);
    elements.push(element);
    rest = rest.subarray(element.whole.length);
  }
  return elements;
}

function elementAt(der: Buffer): Element {
  const first = der[1] ?? 0;
  const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
  const size = sizeBytes === 0 ? first : der.readUIntBE(2, sizeBytes);
  const start = 2 + sizeBytes;
  return { whole: der.subarray(0, start + size), value: der.subarray(start, start + size) };
}
