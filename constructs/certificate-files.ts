import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )?PRIVATE KEY-----/;
const ENCRYPTED = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;

/** What a PEM file holds, or why it cannot be used. */
export type PemContent<T> = { readonly content: T } | { readonly problem: string };

/** Reads PEM files of one project folder. A problem names the file and never repeats what is in it. */
export class CertificateFiles {
  /** @param root the project */
  public constructor(private readonly root: string) {}

  public exists(file: string): boolean {
    return fs.existsSync(path.join(this.root, file));
  }

  /**
   * The certificates in a file, in their order; at least one.
   * @param remedy what to do when the file is not there or of no use
   */
  public certificates(
    file: string,
    remedy: string,
  ): PemContent<readonly [X509Certificate, ...X509Certificate[]]> {
    const text = this.text(file, remedy);
    if ('problem' in text) return text;
    if (PRIVATE_KEY.test(text.content))
      return {
        problem: `'${file}' must hold certificates alone, got a private key too, which would be given away with it; take it out`,
      };
    try {
      const [first, ...more] = (text.content.match(CERTIFICATE) ?? []).map((pem) => new X509Certificate(pem));
      if (first) return { content: [first, ...more] };
    } catch {
      return { problem: `'${file}' must hold certificates as PEM, got a damaged one; ${remedy}` };
    }
    return {
      problem: `'${file}' must hold certificates as PEM, got none; convert it with openssl x509 -inform der, or ${remedy}`,
    };
  }

  /**
   * The private key in a file.
   * @param remedy what to do when the file is not there or of no use
   */
  public privateKey(file: string, remedy: string): PemContent<KeyObject> {
    const text = this.text(file, remedy);
    if ('problem' in text) return text;
    if (ENCRYPTED.test(text.content))
      return {
        problem: `'${file}' must have no passphrase, which nobody could type for a server, got an encrypted key; write it with openssl pkey, or ${remedy}`,
      };
    try {
      // A public key or a certificate would do for OpenSSL in some places, not here.
      if (PRIVATE_KEY.test(text.content)) return { content: createPrivateKey(text.content) };
    } catch {
      return { problem: `'${file}' must hold a private key as PEM, got a damaged one; ${remedy}` };
    }
    return { problem: `'${file}' must hold a private key as PEM, got none; ${remedy}` };
  }

  /** Why a private key is not private, if somebody but its owner may open the file. */
  public exposure(file: string): string | undefined {
    const status = fs.statSync(path.join(this.root, file), { throwIfNoEntry: false });
    // Windows knows no such mode.
    if (!status || process.platform === 'win32' || (status.mode & 0o077) === 0) return undefined;
    const mode = (status.mode & 0o777).toString(8).padStart(4, '0');
    return `'${file}' must be open to its owner alone, got mode ${mode}; run chmod 600 ${file}`;
  }

  private text(file: string, remedy: string): PemContent<string> {
    try {
      return { content: fs.readFileSync(path.join(this.root, file), 'utf8') };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return {
        problem:
          code === 'ENOENT'
            ? `'${file}' must be there, got no such file; put it there, or ${remedy}`
            : `'${file}' must be a file that can be read, got ${code}; correct it, or ${remedy}`,
      };
    }
  }
}
