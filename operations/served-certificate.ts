import * as tls from 'node:tls';

const PATIENCE_MS = 5_000;

/** When the certificate that an address serves ends; `undefined` where it serves none. */
export type CertificateProbe = (address: string) => Promise<Date | undefined>;

/** Looks at the certificate that a server serves, whoever signed it: it is not trusted with anything. */
export const servedCertificate: CertificateProbe = (address) => {
  const { protocol, hostname, port } = new URL(address);
  if (protocol !== 'https:') return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 443),
      ...(/^[\d.:[\]]+$/.test(hostname) ? {} : { servername: hostname }),
      rejectUnauthorized: false,
      timeout: PATIENCE_MS,
    });
    const end = (date: Date | undefined) => {
      socket.destroy();
      resolve(date);
    };
    socket.once('secureConnect', () => {
      const { valid_to: end_ } = socket.getPeerCertificate();
      end(end_ ? new Date(end_) : undefined);
    });
    socket.once('timeout', () => end(undefined));
    socket.once('error', () => end(undefined));
  });
};
