import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { CertificateFolder } from '../../constructs/certificate-folder';
import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { OperatorAccess } from '../../constructs/operator-access';
import { Seal } from '../../constructs/seal';
import { SecretValue } from '../../constructs/secret-value';
import { ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import type { VaultDescription } from '../../constructs/vault-description';
import { makeAuthority, makeServerCertificate } from '../../operations/certificate-authority';
import { Environments } from '../../operations/environments';
import type { Platform } from '../../stacks/platform';
import type { PlatformProps } from '../../stacks/platform-props';
import { PRODUCTION, STAGING, testPlatform } from '../helper';
import { temporaryFolder } from './fakes';

const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

/** The description of a server over TLS that people unseal. */
export const SERVER: VaultDescription = {
  distribution: 'openbao',
  mode: 'configured',
  development: false,
  addresses: ['https://127.0.0.1:8220'],
  ca: 'certificates/mill-staging/ca.pem',
  certificates: 'certificates/mill-staging',
  certificate_names: ['mill-vault', 'localhost', '127.0.0.1'],
  storage: 'raft',
  seal: 'shamir',
  audit: [],
  audit_enabled_by: 'configuration',
  operator_access: [],
};

/**
 * A folder with `cdktf.out`, in which every server is of another kind and every platform has a supplied value:
 *
 * - forge-development: configured, over HTTP, at 8210
 * - mill-staging: configured, over TLS, three nodes from 8220 on
 * - mine-staging: configured, over TLS, at 8230, opened by a transit seal
 * - quarry-production: external, at vault.example
 * - tower-staging: configured, at 8240, with operators who log in
 */
export async function serverProject(context: Record<string, unknown> = {}): Promise<string> {
  const key = JSON.stringify(context);
  const made = projects.get(key) ?? temporaryFolder();
  if (!projects.has(key)) await makeProject(made, context);
  projects.set(key, made);
  const folder = temporaryFolder();
  fs.cpSync(made, folder, { recursive: true });
  return folder;
}

/** What was made before, by context: certificates take a while. */
const projects = new Map<string, string>();

async function makeProject(folder: string, context: Record<string, unknown>): Promise<void> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const app = new App({
      outdir: 'cdktf.out',
      stackTraces: false,
      context: { outputFolder: 'cdktf.out', ...context },
    });
    declare(app, 'forge', {
      subnet: '172.28.91.0/24',
      vault: server(
        'forge',
        8210,
        ServerMode.configured({ listener: Listener.http(), storage: Storage.file() }),
      ),
    });
    declare(app, 'mill', {
      environment: STAGING,
      subnet: '172.28.92.0/24',
      vault: server('mill', 8220, ServerMode.configured({ storage: Storage.raft({ nodes: 3 }) })),
    });
    declare(app, 'mine', {
      environment: STAGING,
      subnet: '172.28.93.0/24',
      vault: server(
        'mine',
        8230,
        ServerMode.configured({
          seal: Seal.transit({ address: 'https://unseal.example:8200', keyName: 'mine' }),
        }),
      ),
    });
    declare(app, 'quarry', {
      environment: PRODUCTION,
      subnet: '172.28.94.0/24',
      vault: { external: { address: 'https://vault.example:8200', distribution: OPENBAO } },
    });
    const operatorAccess = [
      OperatorAccess.userpass('ada', 'bob'),
      OperatorAccess.jwt({
        issuer: 'https://token.example',
        audience: 'vault',
        claims: { repository: 'team/tower' },
      }),
    ];
    declare(app, 'tower', {
      environment: STAGING,
      subnet: '172.28.95.0/24',
      vault: server('tower', 8240, ServerMode.configured({ operatorAccess })),
    });
    app.synth();
    const all = new Environments('cdktf.out');
    for (const name of all.names) await makeCertificates(name, all.get(name).stacks.vault.vaultDescription);
    put('seals/mine-staging/token', 'no-real-token');
  } finally {
    process.chdir(before);
  }
}

/** Writes a file of the project, which its owner alone may read. */
export function put(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content, { mode: 0o600 });
}

/** What a server over TLS needs; of one that others run only the authority. */
async function makeCertificates(
  environment: string,
  description: VaultDescription | undefined,
): Promise<void> {
  if (!description?.ca) return;
  const { ca, caKey, certificate, key } = new CertificateFolder(environment);
  const now = new Date();
  const authority = await makeAuthority(environment, now);
  put(ca, authority.certificate);
  if (!description.certificate_names) return;
  const own = await makeServerCertificate(environment, description.certificate_names, authority, now);
  put(caKey, authority.key);
  put(certificate, own.certificate);
  put(key, own.key);
}

function declare(app: App, name: string, props: Partial<PlatformProps>): Platform {
  const platform = testPlatform(app, props, name);
  const kv = platform.addMount('apps');
  const mail = kv.addSecret('mail', { key: SecretValue.supplied(), password: SecretValue.generated() });
  platform.addService('web', {
    containerName: `${name}-web`,
    image: 'web:1.0.0',
    user: '1000:1000',
    reads: [mail],
  });
  return platform;
}

function server(name: string, hostPort: number, mode: ServerMode): PlatformProps['vault'] {
  return { containerName: `${name}-vault`, distribution: OPENBAO, hostPort, mode };
}
