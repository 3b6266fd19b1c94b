import * as path from 'node:path';

/**
 * Where the certificates of one environment are, below the project: git ignores the folder. Whoever has a PKI puts
 * certificates of these names there; `npm run certificates` makes them otherwise. All files are PEM.
 */
export class CertificateFolder {
  /** The folder. */
  public readonly path: string;
  /** The authority that clients trust: its certificate, or a chain of them. */
  public readonly ca: string;
  /** The authority's key. The project only needs it to make or renew a server certificate. */
  public readonly caKey: string;
  /** The server's certificate, then the intermediate ones, if there are any. */
  public readonly certificate: string;
  /** The server's private key. */
  public readonly key: string;

  /** @param environment `<platform>-<environment>` */
  public constructor(environment: string) {
    this.path = path.posix.join('certificates', environment);
    this.ca = path.posix.join(this.path, 'ca.pem');
    this.caKey = path.posix.join(this.path, 'ca-key.pem');
    this.certificate = path.posix.join(this.path, 'server.pem');
    this.key = path.posix.join(this.path, 'server-key.pem');
  }
}
