import type { X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CertificateFolder } from '../constructs/certificate-folder';
import { certificateProblems } from '../constructs/certificate-problems';
import { asksForHelp, environmentOf } from './arguments';
import { type CertificateAndKey, makeAuthority, makeServerCertificate } from './certificate-authority';
import { authoritiesToKeep, existingAuthority } from './certificate-renewal';
import { certificateSummary, nextSteps } from './certificate-summary';
import { recover, replaceFiles } from './certificate-writer';
import type { DeployableEnvironment } from './environments';
import { type Machine, thisMachine } from './machine';
import { exitWith, OperationError } from './operation-error';
import { synthesis } from './synthesis';

const COMMAND = 'npm run certificates --';
const USAGE = `usage: ${COMMAND} <platform>-<environment> [--renew | --renew-ca | --check]

  ${COMMAND} bizosaas-staging             makes an authority and a certificate for the server
  ${COMMAND} bizosaas-staging --renew     makes a new certificate and key; the authority stays
  ${COMMAND} bizosaas-staging --renew-ca  makes a new authority too; clients trust both for a while
  ${COMMAND} bizosaas-staging --check     changes nothing; exits with 1 if something is wrong

The files are in certificates/<platform>-<environment>, which git ignores. With an authority of your own, put its
ca.pem there with server.pem and server-key.pem, and check them.
`;

const ACTIONS = ['--renew', '--renew-ca', '--check'] as const;
type Action = 'make' | (typeof ACTIONS)[number];

/** What the command meets outside. */
export interface CertificateSurroundings {
  readonly machine: Machine;
  readonly now: Date;
}

/**
 * Makes, renews or checks the certificates of an environment's server.
 *
 * @returns the exit code
 */
export async function certificates(
  args: readonly string[],
  { machine, now }: CertificateSurroundings,
): Promise<number> {
  if (asksForHelp(args)) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [, ...flags] = args;
  const environment = environmentOf(args, await synthesis(machine), 'certificates');
  const action = actionOf(flags, environment.name);
  const names = namesOf(environment);
  const folder = new CertificateFolder(environment.name);
  if (action === '--check') return check(folder, names, now);

  if (recover(folder.path)) {
    process.stdout.write(`${folder.path} is back, which an interrupted renewal had moved aside\n`);
  }
  refuseToOverwrite(folder, action, environment.name);
  const kept = action === '--renew-ca' ? authoritiesToKeep(folder, now) : [];
  const files =
    action === '--renew'
      ? await renewed(environment.name, names, folder, now)
      : await allNew(environment.name, names, folder, kept, now);
  replaceFiles(folder.path, files, (root) => {
    const { problems } = certificateProblems(folder, names, now, root);
    if (problems.length > 0) throw new OperationError(problems);
  });
  const all = kept.length > 0 ? 'all, trusting both' : 'all';
  const change = ({ make: 'first', '--renew': 'server', '--renew-ca': all } as const)[action];
  process.stdout.write(
    `made ${action === '--renew' ? 'server.pem and server-key.pem' : 'all files'} anew\n${certificateSummary(folder)}${nextSteps(environment.name, change)}`,
  );
  return 0;
}

async function allNew(
  environment: string,
  names: readonly string[],
  folder: CertificateFolder,
  kept: readonly X509Certificate[],
  now: Date,
) {
  const authority = await makeAuthority(environment, now);
  const server = await makeServerCertificate(environment, names, authority, now);
  return contentOf(folder, [authority.certificate, ...kept.map(String)].join(''), authority.key, server);
}

async function renewed(environment: string, names: readonly string[], folder: CertificateFolder, now: Date) {
  const authority = existingAuthority(folder, now, `${COMMAND} ${environment} --renew-ca`);
  const server = await makeServerCertificate(environment, names, authority, now);
  return contentOf(folder, authority.bundle, authority.key, server);
}

function contentOf(folder: CertificateFolder, ca: string, caKey: string, server: CertificateAndKey) {
  return {
    [path.basename(folder.ca)]: ca,
    [path.basename(folder.caKey)]: caKey,
    [path.basename(folder.certificate)]: server.certificate,
    [path.basename(folder.key)]: server.key,
  };
}

function check(folder: CertificateFolder, names: readonly string[], now: Date): number {
  const { problems, warnings } = certificateProblems(folder, names, now);
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
  if (problems.length > 0) throw new OperationError(problems);
  process.stdout.write(certificateSummary(folder));
  return 0;
}

function actionOf(flags: readonly string[], environment: string): Action {
  const [flag, ...more] = flags;
  if (flag === undefined) return 'make';
  const action = ACTIONS.find((one) => one === flag);
  if (action && more.length === 0) return action;
  throw new OperationError(
    [
      `'flags' must be one of ${ACTIONS.join(', ')} or none, got ${flags.join(' ')}; see ${COMMAND} ${environment} --help`,
    ],
    2,
  );
}

/** The names that the certificate must cover. */
function namesOf({ name, stacks }: DeployableEnvironment): readonly string[] {
  const vault = stacks.vault.vaultDescription;
  if (vault?.certificates && vault.certificate_names?.length) return vault.certificate_names;
  const server = {
    'in-memory': 'a development server over HTTP; there is nothing to make',
    external: 'a server that others run; they make its certificate, and give you that of their authority',
    configured: 'a server over HTTP; there is nothing to make',
  }[vault?.mode ?? 'configured'];
  throw new OperationError([`'environment' must have a server over TLS, got ${name} with ${server}`]);
}

function refuseToOverwrite(folder: CertificateFolder, action: Action, environment: string): void {
  const files = [folder.ca, folder.caKey, folder.certificate, folder.key].filter((file) =>
    fs.existsSync(file),
  );
  const command = `${COMMAND} ${environment}`;
  if (action === 'make' && files.length > 0) {
    const got = files.map((file) => path.basename(file)).join(', ');
    throw new OperationError([
      `'${folder.path}' must have no certificates yet, got ${got}; check them with ${command} --check, renew the server's with ${command} --renew, or all with ${command} --renew-ca`,
    ]);
  }
  if (action !== 'make' && files.length === 0) {
    throw new OperationError([
      `'${folder.path}' must have certificates to renew, got none; make them with ${command}`,
    ]);
  }
}

if (require.main === module) {
  void exitWith(() => certificates(process.argv.slice(2), { machine: thisMachine, now: new Date() }));
}
