import { dayOf, endOf } from '../constructs/certificate-chain';
import { CertificateFiles } from '../constructs/certificate-files';
import type { CertificateFolder } from '../constructs/certificate-folder';

/** What is in a folder whose certificates are in order: for whom, until when, and by what to recognise the authority. */
export function certificateSummary(folder: CertificateFolder): string {
  const files = new CertificateFiles('.');
  const authorities = files.certificates(folder.ca, '');
  const servers = files.certificates(folder.certificate, '');
  if ('problem' in authorities || 'problem' in servers) throw new Error('the certificates were not checked');
  const [server] = servers.content;
  return [
    folder.path,
    `  server.pem  until ${dayOf(endOf(server))}`,
    `    ${server.subjectAltName ?? ''}`,
    ...authorities.content.flatMap((authority) => [
      `  ca.pem      until ${dayOf(endOf(authority))}: ${authority.subject.split('\n').join(', ')}`,
      `    SHA-256 ${authority.fingerprint256}`,
    ]),
    '',
  ].join('\n');
}

/**
 * What to do after certificates were made: first as the README's commands do it, then by the deploy that checks the
 * server which is there. With another certificate the server is another container, hence sealed.
 * Programs read the authority when they start, so with another one those of the services are others too.
 *
 * @param change what is new, and whether clients trust a former authority beside the new one for a while
 */
export function nextSteps(
  environment: string,
  change: 'first' | 'server' | 'all' | 'all, trusting both',
): string {
  const deploy = `npm run deploy -- ${environment}`;
  const server = [`${deploy}  # it stops at the sealed server`, `npm run vault -- unseal ${environment}`];
  const steps = {
    first: [`npx cdktf deploy '${environment}-vault'`],
    server,
    all: ['give ca.pem to clients elsewhere', ...server, deploy],
    'all, trusting both': [
      'give ca.pem to clients elsewhere: they trust the former authority too, until the server is deployed',
      ...server,
      deploy,
      'later, take all but the first certificate out of ca.pem and do the same again',
    ],
  }[change];
  return `${steps.length === 1 ? 'next:' : 'next, in this order:'}
${steps.map((step) => `  ${step}`).join('\n')}
Keep ca-key.pem somewhere else: whoever has it can be any server to the clients, and only --renew needs it.
`;
}
