import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { App } from 'cdktf';
import { Environment } from '../../constructs/environment';
import { KvMount } from '../../constructs/kv-mount';
import { SecretValue } from '../../constructs/secret-value';
import type { StateBackend } from '../../constructs/state-backend';
import { type Machine, thisMachine } from '../../operations/machine';
import { StackFile } from '../../operations/stack-file';
import { PlatformStack } from '../../stacks/platform-stack';
import { attempt, type CommandResult, cleanEnvironment } from './command';
import { type RunningServer, SomeServer } from './state-server';
import { temporaryFolder } from './state-store';

const CLI = require.resolve('cdktf-cli/bundle/bin/cdktf.js');

export const STACKS = ['shop-production-access', 'shop-production-services'] as const;
export type StackName = (typeof STACKS)[number];

export interface Declaration {
  readonly state: StateBackend;
  /** Also the name of the platform's variables. */
  readonly mount: string;
  /** Of the secret that a person supplies. */
  readonly version: number;
}

/** The stacks of a production environment that need nothing but a server: one with a supplied secret, one without. */
class ShopStack extends PlatformStack {
  public constructor(app: App, name: StackName, environment: Environment) {
    super(app, name, environment);
    this.addOverride('resource.terraform_data.note', { input: name });
  }
}

/** A project of its own: two stacks in a temporary folder, with what the CDKTF command line wants. */
export class StateProject {
  public readonly folder: string;

  public constructor(
    private readonly server: RunningServer,
    private readonly variables: Readonly<Record<string, string>>,
    private readonly offlineProviders: boolean,
  ) {
    this.folder = temporaryFolder('project');
    const settings = { language: 'typescript', app: 'true', output: 'cdktf.out', projectId: 'states' };
    fs.writeFileSync(path.join(this.folder, 'cdktf.json'), JSON.stringify(settings));
  }

  public synthesize({ state, mount, version }: Declaration): void {
    const app = new App({ outdir: path.join(this.folder, 'cdktf.out'), stackTraces: false });
    const environment = Environment.production({ state }).withoutProtection();
    const access = new ShopStack(app, STACKS[0], environment);
    new VaultProvider(access, 'vault', { address: this.server.address });
    const server = new SomeServer(access, environment, this.server.address);
    const kv = new KvMount(access, 'mount', { server, path: mount });
    kv.addSecret('mail', { host: 'mx', key: SecretValue.supplied() }, { version });
    const services = new ShopStack(app, STACKS[1], environment);
    services.addDependency(access);
    app.synth();
  }

  /** Deploys both stacks by the CDKTF command line. */
  public deploy(env: Readonly<Record<string, string>>): Promise<CommandResult> {
    const flags = [
      '--auto-approve',
      '--skip-synth',
      ...(this.offlineProviders ? ['--skip-provider-lock'] : []),
    ];
    return attempt(process.execPath, [CLI, 'deploy', ...STACKS, ...flags], {
      cwd: this.folder,
      env: { ...this.environment, ...env },
    });
  }

  /** Runs Terraform in the folder of a stack. */
  public terraform(
    stack: StackName,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> {
    return attempt('terraform', args, {
      cwd: this.folderOf(stack),
      env: { ...this.environment, ...env },
    });
  }

  /** Begins to apply, and holds it where Terraform waits for somebody to approve. */
  public async beginApply(stack: StackName): Promise<{ approve(): Promise<CommandResult> }> {
    const child = spawn('terraform', ['apply', '-no-color', '-replace=terraform_data.note'], {
      cwd: this.folderOf(stack),
      env: { ...cleanEnvironment(), ...this.environment },
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const ended = new Promise<CommandResult>((resolve) =>
      child.once('close', (code) => resolve({ code: code ?? -1, stdout: Buffer.from(output), output })),
    );
    const asked = new Promise<void>((resolve) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        if (output.includes('Enter a value:')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
    await Promise.race([asked, ended]);
    return {
      approve: () => {
        child.stdin.end('yes\n');
        return ended;
      },
    };
  }

  public stack(name: StackName): StackFile {
    return new StackFile(this.folderOf(name));
  }

  /** This machine as the commands of the project see it, with other variables. */
  public machine(variables: Readonly<Record<string, string>> = this.variables): Machine {
    const clean = cleanEnvironment();
    const foreign = Object.keys(process.env).filter((name) => !(name in clean));
    const own = { ...Object.fromEntries(foreign.map((name) => [name, undefined])), ...variables };
    return {
      ...thisMachine,
      variables: own,
      capture: (program, args, added) => thisMachine.capture(program, args, { ...own, ...added }),
    };
  }

  /** All files that were written, without the programs of providers. */
  public files(): readonly string[] {
    return fs
      .readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(path.join('.terraform', 'providers')))
      .map((entry) => path.join(entry.parentPath, entry.name));
  }

  public delete(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private get environment(): Readonly<Record<string, string>> {
    return { ...this.variables, VAULT_TOKEN: this.server.token };
  }

  private folderOf(stack: StackName): string {
    return path.join(this.folder, 'cdktf.out', 'stacks', stack);
  }
}
