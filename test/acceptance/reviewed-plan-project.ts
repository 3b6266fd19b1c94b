import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CommandResult } from './command';
import { progress } from './command';
import { inspect } from './engine';
import { removeAll } from './failure-objects';
import { type CommonParts, OPENBAO } from './parts';
import { Project, stacksOf } from './project';
import type { NamedValue } from './secrecy';
import { password } from './state-store';
import { VaultClient } from './vault';

/** Whose names are nobody else's. */
export const PLATFORM = 'reviewed';
const PORT = 18440;
const VALUE = 'TF_VAR_reviewed_payments_api_key';
const DIGEST = /sha256:[0-9a-f]{64}/g;

/** What a plan printed. */
export interface Planned extends CommandResult {
  /** Those in the command for the deploy. */
  readonly digests: readonly string[];
}

/** What a review said. */
export interface Reviewed {
  readonly code: number;
  /** On stdout. */
  readonly text: string;
}

/** A copy of the project that declares one small platform in development, as a user with a shell sees it. */
export class ReviewedPlanProject {
  public readonly environment = `${PLATFORM}-development`;
  public readonly project: Project;
  /** The value that a person supplies. */
  public readonly supplied = password();

  public constructor({ standIns, offlineProviders }: CommonParts) {
    const images = { vault: OPENBAO, reader: standIns['app-hvac-2.3.0'] };
    this.project = Project.create(this.environment, { [this.environment]: { images } }, offlineProviders);
    // So that nothing else puts saved plans beside those of these tests.
    this.project.exported.TMPDIR = this.file('tmp');
    fs.mkdirSync(this.file('tmp'));
    this.declare(['read']);
  }

  public get stacks(): readonly string[] {
    return stacksOf(this.environment);
  }

  /** The server, by its root token. */
  public get root(): VaultClient {
    return new VaultClient(`http://127.0.0.1:${PORT}`, `${PLATFORM}-dev-root-token`);
  }

  /** Edits the declaration: what a policy allows, and whether there is a secret that a person supplies. */
  public declare(capabilities: readonly string[], { isPaid = true } = {}): void {
    fs.writeFileSync(this.file('main.ts'), mainOf(capabilities, isPaid));
  }

  /** `npm run plan`, without any value that people supply. */
  public async plan(): Promise<Planned> {
    progress(`${this.environment}: npm run plan`);
    const result = await this.project.type(`npm run --silent plan -- ${this.environment}`);
    const [, command = ''] = /^deploy: (.*)$/m.exec(result.stdout.toString('utf8')) ?? [];
    return { ...result, digests: command.match(DIGEST) ?? [] };
  }

  /** `npm run review` of the plans that were made last. */
  public async review(flags = ''): Promise<Reviewed> {
    progress(`${this.environment}: npm run review ${flags}`);
    const line = `npm run --silent review -- --plan cdktf.out/plans/*.json ${flags}`;
    const { code, stdout, output } = await this.project.type(line);
    this.reviews.push(output);
    return { code, text: stdout.toString('utf8') };
  }

  /** All that reviews have said, on stderr too. */
  public readonly reviews: string[] = [];

  /** All that is secret in the environment, by name. */
  public async secrets(): Promise<NamedValue[]> {
    const { password: generated = '' } = await this.root.readSecret(PLATFORM, 'database');
    const [reader] = [...(await inspect([`${PLATFORM}-reader`])).values()];
    const token = (reader?.Config.Env ?? []).find((one) => one.startsWith('VAULT_TOKEN='));
    return [
      { name: 'the generated password', value: generated },
      { name: 'the supplied key', value: this.supplied },
      { name: 'the root token', value: `${PLATFORM}-dev-root-token` },
      { name: 'the token of reader', value: token?.slice('VAULT_TOKEN='.length) ?? '' },
    ];
  }

  /** `npm run deploy` of reviewed plans. */
  public deploy(
    digests: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> {
    progress(`${this.environment}: npm run deploy by digest`);
    const flags = digests.map((digest) => `--plan-digest ${digest}`).join(' ');
    return this.project.type(`npm run --silent deploy -- ${this.environment} ${flags}`, env);
  }

  /** The same, with the value that people supply. */
  public deployWithValue(digests: readonly string[]): Promise<CommandResult> {
    return this.deploy(digests, { [VALUE]: this.supplied });
  }

  /** The serial of each state: it rises with each change of it. */
  public async serials(): Promise<number[]> {
    const states = await Promise.all(this.stacks.map((stack) => this.project.state(stack)));
    return states.map((state) => (state === '' ? 0 : JSON.parse(state).serial));
  }

  /** The policy as the server has it. */
  public async policy(): Promise<string> {
    const { policy } = await this.root.call<{ policy: string }>(
      'GET',
      `sys/policies/acl/${PLATFORM}-auditor`,
    );
    return policy;
  }

  public async writePolicy(policy: string): Promise<void> {
    await this.root.call('PUT', `sys/policies/acl/${PLATFORM}-auditor`, { policy });
  }

  /**
   * A Terraform with which somebody else changes the state of the access stack, once, between a plan and its apply.
   *
   * @returns its name, as a variable
   */
  public racingTerraform(): Readonly<Record<string, string>> {
    const program = this.file('racing-terraform');
    fs.writeFileSync(program, RACING, { mode: 0o755 });
    fs.rmSync(`${program}.done`, { force: true });
    return { TERRAFORM_BINARY_NAME: program };
  }

  /** Saved plans that were left. */
  public get leftPlans(): readonly string[] {
    return fs.readdirSync(this.file('tmp')).filter((name) => name.startsWith('plans-'));
  }

  public file(...parts: readonly string[]): string {
    return path.join(this.project.folder, ...parts);
  }

  /** Takes away everything, whatever state it is in. */
  public async cleanUp(): Promise<void> {
    await removeAll(PLATFORM);
    this.project.delete();
  }
}

const RACING = `#!/bin/sh
case "$*" in
*-access\\ apply*)
  if [ ! -e "$0.done" ]; then
    touch "$0.done"
    terraform "$1" state pull >"$0.state"
    node -e '
      const fs = require("node:fs");
      const state = JSON.parse(fs.readFileSync(process.argv[1], "utf8"));
      state.serial += 1;
      fs.writeFileSync(process.argv[1], JSON.stringify(state));
    ' "$0.state"
    terraform "$1" state push "$0.state"
    rm "$0.state"
  fi
  ;;
esac
exec terraform "$@"
`;

function mainOf(capabilities: readonly string[], isPaid: boolean): string {
  return `import { Distribution } from './constructs/distribution';
import { Environment } from './constructs/environment';
import { EnvironmentContract } from './constructs/environment-contract';
import { SecretValue } from './constructs/secret-value';
import { Platform } from './stacks/platform';
import { synthesize } from './stacks/platform-app';

synthesize((app) => {
  const platform = new Platform(app, '${PLATFORM}', {
    environment: Environment.development(),
    network: '${PLATFORM}-network',
    subnet: '172.28.85.0/24',
    vault: {
      containerName: '${PLATFORM}-vault',
      distribution: Distribution.openBao('${OPENBAO}'),
      hostPort: ${PORT},
    },
    contract: EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT' }),
  });
  const kv = platform.addMount('${PLATFORM}');
  const database = kv.addSecret('database', { password: SecretValue.generated() });
  ${isPaid ? "const payments = kv.addSecret('payments', { api_key: SecretValue.supplied() });" : ''}
  platform.addPolicy('auditor', {
    allows: [
      { path: 'sys/audit', capabilities: ${JSON.stringify([...capabilities, 'sudo'])}, reason: 'sees which devices there are' },
    ],
  });
  platform.addService('reader', {
    containerName: '${PLATFORM}-reader',
    image: '${PLATFORM}/reader:1.0.0',
    user: '1000:1000',
    reads: [${isPaid ? 'database, payments' : 'database'}],
  });
});
`;
}
