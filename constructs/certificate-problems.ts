import type { KeyObject, X509Certificate } from 'node:crypto';
import * as net from 'node:net';
import {
  beginOf,
  type CertificateChain,
  chainOf,
  dayOf,
  endOf,
  isSame,
  isSelfSigned,
} from './certificate-chain';
import { CertificateFiles } from './certificate-files';
import type { CertificateFolder } from './certificate-folder';
import { forgeableHashOf, STRONG_KEY, weakKeyOf } from './certificate-strength';

const DAY_MS = 24 * 60 * 60 * 1000;
/** From here on an end is a warning. */
const SOON_MS = 30 * DAY_MS;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_USAGE = '2.5.29.37.0';

/** What is wrong with the certificates of an environment; each is one line with its remedy. */
export interface CertificateFindings {
  /** Whether there is nothing at all, since nobody has made or put any there yet. It is the only problem then. */
  readonly missing: boolean;
  /** Why a server or its clients would refuse them. */
  readonly problems: readonly string[];
  /** What will be a problem soon, see {@link endsSoon}. */
  readonly warnings: readonly string[];
}

/**
 * Checks the certificates of an environment as the server and its clients will, before anything is deployed.
 *
 * Extended key usage must allow TLS servers, where there is any; TLS clients it need not, also with several raft
 * nodes: they join over plain TLS, and between them they use certificates of their own making.
 *
 * @param names what clients call the server: host names and IP addresses
 * @param root the project, to which the folder is relative
 */
export function certificateProblems(
  folder: CertificateFolder,
  names: readonly string[],
  now: Date = new Date(),
  root = '.',
): CertificateFindings {
  const files = new CertificateFiles(root);
  const remedies = remediesFor(folder);
  if (![folder.ca, folder.caKey, folder.certificate, folder.key].some((file) => files.exists(file))) {
    return { missing: true, problems: [remedies.begin], warnings: [] };
  }
  const authorities = files.certificates(folder.ca, remedies.authority);
  const certificates = files.certificates(folder.certificate, remedies.server);
  const key = files.privateKey(folder.key, remedies.server);
  const findings = new Findings(folder, remedies, now);
  for (const read of [authorities, certificates, key]) if ('problem' in read) findings.problem(read.problem);
  for (const file of [folder.key, folder.caKey]) findings.problem(files.exposure(file));

  if ('content' in authorities) findings.authorities(authorities.content);
  if ('content' in certificates) {
    const [server, ...others] = certificates.content;
    findings.server(server, names);
    if ('content' in key) findings.key(key.content, certificates.content);
    const trusted = 'content' in authorities ? authorities.content : [];
    const chain = chainOf(server, others, trusted, now);
    if ('content' in authorities) findings.chain(chain, [...trusted, ...others]);
    for (const one of chain.path) findings.one(one, one === server, trusted);
  }
  return { missing: false, problems: findings.problems, warnings: findings.warnings };
}

type Remedies = ReturnType<typeof remediesFor>;

function remediesFor(folder: CertificateFolder) {
  const environment = folder.path.slice(folder.path.lastIndexOf('/') + 1);
  const command = `npm run certificates -- ${environment}`;
  return {
    begin: `'${folder.path}' must hold the server's certificates, got nothing; make them with ${command}, or put ca.pem, server.pem and server-key.pem of your own authority there`,
    server: `make a new certificate with ${command} --renew, or have your own authority make it`,
    authority: `make all new with ${command} --renew-ca, or take them from your own authority`,
  };
}

class Findings {
  public readonly problems: string[] = [];
  public readonly warnings: string[] = [];

  public constructor(
    private readonly folder: CertificateFolder,
    private readonly remedies: Remedies,
    private readonly now: Date,
  ) {}

  public problem(text: string | undefined): void {
    if (text !== undefined) this.problems.push(text);
  }

  /** What is in `ca.pem`, whether it is used or not. */
  public authorities(authorities: readonly X509Certificate[]): void {
    for (const one of authorities.filter(({ ca }) => !ca)) {
      this.problem(
        `'${this.folder.ca}' must hold certificates of authorities, got '${nameOf(one)}', which may not sign others; ${this.remedies.authority}`,
      );
    }
  }

  /** What only the server's own certificate must be. */
  public server(server: X509Certificate, names: readonly string[]): void {
    const { certificate } = this.folder;
    for (const name of names.filter((one) => !covers(server, one))) {
      this.problem(
        `'${certificate}' must cover '${name}', got ${server.subjectAltName ?? 'no alternative names'}; ${this.remedies.server}`,
      );
    }
    // Node calls the extended usages so. A certificate that has none may be used for everything.
    const usages: readonly string[] | undefined = server.keyUsage;
    if (usages && !usages.includes(SERVER_AUTH) && !usages.includes(ANY_USAGE)) {
      this.problem(
        `'${certificate}' must be meant for TLS servers, got the extended key usage ${usages.join(', ')} without ${SERVER_AUTH}; ${this.remedies.server}`,
      );
    }
  }

  public key(key: KeyObject, certificates: readonly X509Certificate[]): void {
    const { certificate, key: file } = this.folder;
    const place = certificates.findIndex((one) => one.checkPrivateKey(key));
    if (place === 0) return;
    this.problem(
      place > 0
        ? `'${certificate}' must begin with the certificate of the server, got it in place ${place + 1}; put it before those of its authorities`
        : `'${file}' must be the key of the certificate in ${certificate}, got the key of another; put the right one there, or ${this.remedies.server}`,
    );
  }

  /** @param known all certificates that clients or the server have */
  public chain({ path, complete }: CertificateChain, known: readonly X509Certificate[]): void {
    const last = path.at(-1);
    if (complete || !last) return;
    const reason = isSelfSigned(last)
      ? 'which signed itself and is not in it'
      : known.some(({ subject }) => subject === last.issuer)
        ? `not signed by the '${oneLine(last.issuer)}' that is there`
        : `signed by '${oneLine(last.issuer)}', which is not there`;
    this.problem(
      `'${this.folder.certificate}' must be signed by an authority in ${this.folder.ca}, up to its root, got '${nameOf(last)}', ${reason}; put the certificates of its authorities there, or ${this.remedies.server}`,
    );
  }

  /** What each certificate must be by which a client comes to trust the server. */
  public one(certificate: X509Certificate, isServer: boolean, trusted: readonly X509Certificate[]): void {
    const isTrusted = !isServer && trusted.some((one) => isSame(one, certificate));
    const file = isTrusted ? this.folder.ca : this.folder.certificate;
    const remedy = isTrusted ? this.remedies.authority : this.remedies.server;
    const name = nameOf(certificate);

    this.validity(certificate, file, remedy);
    const weakKey = weakKeyOf(certificate);
    if (weakKey)
      this.problem(`'${file}' must have a key of ${STRONG_KEY}, got ${weakKey} for '${name}'; ${remedy}`);
    // Nobody checks by which hash a root signed itself.
    const hash = isSelfSigned(certificate) ? undefined : forgeableHashOf(certificate);
    if (hash)
      this.problem(`'${file}' must be signed with SHA-256 or better, got ${hash} for '${name}'; ${remedy}`);
    if (!isServer && !isTrusted && !certificate.ca)
      this.problem(
        `'${file}' must be signed by authorities, got '${name}', which may not sign others; ${remedy}`,
      );
  }

  private validity(certificate: X509Certificate, file: string, remedy: string): void {
    const [name, begin, end] = [nameOf(certificate), beginOf(certificate), endOf(certificate)];
    const left = end.getTime() - this.now.getTime();
    if (this.now < begin) {
      this.problem(
        `'${file}' must be valid now, got '${name}', which begins on ${dayOf(begin)}; check the clock, or ${remedy}`,
      );
    } else if (left < 0) {
      this.problem(`'${file}' must be valid now, got '${name}', which ended on ${dayOf(end)}; ${remedy}`);
    } else if (endsSoon(end, this.now)) {
      const days = Math.floor(left / DAY_MS);
      this.warnings.push(
        `'${file}' must be renewed before ${dayOf(end)}, got ${days === 1 ? '1 day' : `${days} days`} left for '${name}'; ${remedy}`,
      );
    }
  }
}

/** Whether a certificate should be renewed: in its last 30 days, and when it has ended. */
export function endsSoon(end: Date, now: Date): boolean {
  return end.getTime() - now.getTime() <= SOON_MS;
}

/** As clients decide it: alternative names alone, and a wildcard for one whole label. */
function covers(certificate: X509Certificate, name: string): boolean {
  return net.isIP(name) === 0
    ? certificate.checkHost(name, { subject: 'never', partialWildcards: false }) !== undefined
    : certificate.checkIP(name) !== undefined;
}

function nameOf(certificate: X509Certificate): string {
  return oneLine(certificate.subject);
}

/** Node puts each part of a name on a line of its own. */
function oneLine(name: string | undefined): string {
  return (name ?? 'nobody').split('\n').join(', ');
}
