import type { X509Certificate } from 'node:crypto';

/** How far a certificate is signed, upwards. */
export interface CertificateChain {
  /** The certificate, then its signer, and so on. */
  readonly path: readonly X509Certificate[];
  /** Whether the path ends at a root that clients are given. OpenSSL accepts nothing less. */
  readonly complete: boolean;
}

/**
 * Finds who signed a certificate. Of several ways the one that is valid now is taken, as clients do.
 *
 * @param others what the server sends with it
 * @param authorities what clients trust
 */
export function chainOf(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  now: Date,
): CertificateChain {
  const signers = [...authorities, ...others];
  const isTrusted = (one: X509Certificate) => authorities.some((authority) => isSame(one, authority));

  const climb = (path: readonly X509Certificate[], last: X509Certificate): CertificateChain => {
    if (isSelfSigned(last)) return { path, complete: isTrusted(last) };
    const chains = signers
      .filter((signer) => isSignedBy(last, signer) && !path.some((one) => isSame(one, signer)))
      .map((signer) => climb([...path, signer], signer));
    return (
      chains.find((chain) => chain.complete && chain.path.every((one) => isValid(one, now))) ??
      chains.find((chain) => chain.complete) ??
      chains[0] ?? { path, complete: false }
    );
  };
  return climb([certificate], certificate);
}

/** From when a certificate is valid. */
export function beginOf(certificate: X509Certificate): Date {
  return new Date(certificate.validFrom);
}

/** Until when a certificate is valid. */
export function endOf(certificate: X509Certificate): Date {
  return new Date(certificate.validTo);
}

/** The day of a date, in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Whether a certificate is the one of a root. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  return isSignedBy(certificate, certificate);
}

export function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256;
}

function isValid(certificate: X509Certificate, now: Date): boolean {
  return beginOf(certificate) <= now && now <= endOf(certificate);
}

function isSignedBy(certificate: X509Certificate, signer: X509Certificate): boolean {
  if (certificate.issuer !== signer.subject) return false;
  try {
    return certificate.verify(signer.publicKey);
  } catch {
    // A key that this machine's OpenSSL does not know.
    return false;
  }
}
