import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DAY, make, makeRoot } from '../constructs/certificate-maker';
import { cleanEnvironment, eventually, run } from './command';
import { remove } from './engine';
import { OPENBAO } from './parts';
import { VaultClient } from './vault';

/** The address by which containers of every network reach this host, where the engine runs on it. */
export function hostGateway(): string | undefined {
  if (ask('info', '--format', '{{.Name}}') !== os.hostname()) return undefined;
  return ask('network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}') || undefined;
}

function ask(...args: readonly string[]): string {
  const { stdout } = spawnSync('docker', args, { encoding: 'utf8', env: cleanEnvironment() });
  return stdout?.trim() ?? '';
}

/** A server that the project does not know: with an authority of its own, and people who run it. */
export class ForeignServer {
  /** @param container its name, which goes with everything of its platform */
  public static async start(container: string, port: number): Promise<ForeignServer> {
    const gateway = hostGateway() ?? '';
    const lifetime = { from: new Date(Date.now() - DAY), until: new Date(Date.now() + 30 * DAY) };
    const root = await makeRoot({ ...lifetime, name: `CA of ${container}` });
    const leaf = await make({ ...lifetime, name: container, names: [gateway], signer: root });
    await run(
      'docker',
      [
        'create',
        ...[
          '--name',
          container,
          '--network',
          'host',
          '--env',
          'SKIP_CHOWN=true',
          '--env',
          'BAO_LOCAL_CONFIG',
        ],
        ...[OPENBAO, 'server'],
      ],
      { env: { BAO_LOCAL_CONFIG: JSON.stringify(configuration(`${gateway}:${port}`)) } },
    );
    await copyInto(container, { 'foreign.pem': leaf.certificate, 'foreign-key.pem': leaf.key });
    const server = new ForeignServer(container, `https://${gateway}:${port}`, root.certificate);
    await server.restart();
    return server;
  }

  private token = '';
  private share = '';

  private constructor(
    private readonly container: string,
    public readonly address: string,
    /** The certificate of its authority. */
    public readonly ca: string,
  ) {}

  /** As those see it who run it. */
  public get root(): VaultClient {
    return new VaultClient(this.address, this.token, this.ca);
  }

  /** A token with one policy. */
  public async tokenWith(policy: string, settings: object): Promise<string> {
    const { body } = await this.root.request('POST', 'auth/token/create-orphan', {
      ...settings,
      policies: [policy],
    });
    return (body.auth as { client_token: string }).client_token;
  }

  public async stop(): Promise<void> {
    await run('docker', ['stop', '--time', '5', this.container]);
  }

  /** Starts it, initialises it the first time, and unseals it. */
  public async restart(): Promise<void> {
    await run('docker', ['start', this.container]);
    await eventually(`${this.container} answers`, () => this.answers('sys/seal-status', 200));
    if (this.share === '') {
      const shares = { secret_shares: 1, secret_threshold: 1 };
      const keys = await this.root.call<{ keys: string[]; root_token: string }>('PUT', 'sys/init', shares);
      this.share = keys.keys[0] ?? '';
      this.token = keys.root_token;
    }
    await this.root.call('PUT', 'sys/unseal', { key: this.share });
    await eventually(`${this.container} is active`, () => this.answers('sys/health', 200));
  }

  public async remove(): Promise<void> {
    await remove('container', [this.container]);
  }

  private answers(api: string, status: number): Promise<boolean> {
    return this.root.request('GET', api).then(
      (answer) => answer.status === status,
      () => false,
    );
  }
}

function configuration(address: string): object {
  return {
    disable_mlock: true,
    api_addr: `https://${address}`,
    storage: { file: { path: '/openbao/file' } },
    listener: {
      tcp: { address, tls_cert_file: '/foreign/foreign.pem', tls_key_file: '/foreign/foreign-key.pem' },
    },
  };
}

async function copyInto(container: string, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foreign-'));
  try {
    fs.chmodSync(folder, 0o755);
    for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
    await run('docker', ['cp', folder, `${container}:/foreign`]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
