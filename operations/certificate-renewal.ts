import type { X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import { dayOf, endOf } from '../constructs/certificate-chain';
import { CertificateFiles } from '../constructs/certificate-files';
import type { CertificateFolder } from '../constructs/certificate-folder';
import { type CertificateAndKey, canSign, endOfServerCertificate } from './certificate-authority';
import { OperationError } from './operation-error';

/** The authority that is there: the certificate in `ca.pem` that belongs to `ca-key.pem`. */
export interface ExistingAuthority extends CertificateAndKey {
  /** All of `ca.pem` as it is, which clients already have. */
  readonly bundle: string;
}

/**
 * The authority by which a server certificate is renewed, so that clients go on trusting it.
 *
 * @param renewAll the command that makes a new authority too
 */
export function existingAuthority(folder: CertificateFolder, now: Date, renewAll: string): ExistingAuthority {
  const files = new CertificateFiles('.');
  const remedy = `or make a new authority too, with ${renewAll}`;
  if (!files.exists(folder.caKey)) {
    throw new OperationError([
      `'${folder.caKey}' must be there to sign the new certificate, got no such file; put it back for as long as that takes, let your own authority sign where you have one, ${remedy}`,
    ]);
  }
  const authorities = files.certificates(folder.ca, `put back the one of ca-key.pem, ${remedy}`);
  const key = files.privateKey(folder.caKey, `put back the one of ca.pem, ${remedy}`);
  if ('problem' in authorities || 'problem' in key) {
    throw new OperationError([authorities, key].flatMap((one) => ('problem' in one ? [one.problem] : [])));
  }
  const authority = authorities.content.find((one) => one.checkPrivateKey(key.content));
  if (!authority) {
    throw new OperationError([
      `'${folder.caKey}' must be the key of an authority in ${folder.ca}, got the key of another; put back the right one, ${remedy}`,
    ]);
  }
  if (!canSign(key.content)) {
    throw new OperationError([
      `'${folder.caKey}' must be an RSA key, or an ECDSA key on P-256, P-384 or P-521, got ${key.content.asymmetricKeyType}; let your own authority sign, ${remedy}`,
    ]);
  }
  const end = endOfServerCertificate(now);
  if (endOf(authority) < end) {
    throw new OperationError([
      `'${folder.ca}' must outlast the new certificate, which ends on ${dayOf(end)}, got an authority that ends on ${dayOf(endOf(authority))}; make both new with ${renewAll}`,
    ]);
  }
  return {
    certificate: authority.toString(),
    key: fs.readFileSync(folder.caKey, 'utf8'),
    bundle: fs.readFileSync(folder.ca, 'utf8'),
  };
}

/**
 * The authorities that clients, Terraform and these commands must go on trusting beside a new one, until the server
 * shows its new certificate: those that are still valid.
 */
export function authoritiesToKeep(folder: CertificateFolder, now: Date): readonly X509Certificate[] {
  const files = new CertificateFiles('.');
  if (!files.exists(folder.ca)) return [];
  const authorities = files.certificates(folder.ca, 'remove it, if no client trusts it');
  if ('problem' in authorities) throw new OperationError([authorities.problem]);
  return authorities.content.filter((one) => one.ca && endOf(one) > now);
}
