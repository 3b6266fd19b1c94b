import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type CommandResult, expectSuccess, progress, run } from './command';
import { executed } from './engine';
import { objectsOf, removeAll } from './failure-objects';
import type { Change } from './failure-platforms';
import { type CommonParts, OPENBAO } from './parts';
import { Project, stacksOf } from './project';
import { VaultClient } from './vault';

const PLATFORMS = 'failure-platforms.ts';
/** Of the servers of these tests: any two of three holders. */
const CEREMONY = '--shares 3 --threshold 2 --print-shares-in-clear';

/** The declarations of {@link PLATFORMS}, each with the name of its platform and the port of its first server. */
export const DECLARED = {
  solo: ['fail-solo', 18771],
  trio: ['fail-trio', 18773],
  staticSeal: ['fail-static', 18776],
  transitSeal: ['fail-transit', 18777],
  guest: ['fail-guest', undefined],
} as const;

/** With what the platforms of these tests are deployed on this machine. */
export interface FailureParts {
  readonly common: CommonParts;
  /** With which Terraform finds its states. */
  readonly state: Readonly<Record<string, string>>;
}

/** A copy of the project that declares one platform of these tests, as a user with a shell sees it. */
export class FailureEnvironment {
  /** `<platform>-production`. */
  public readonly name: string;
  public readonly platform: string;
  public readonly project: Project;
  /** What the ceremony gave to people. */
  public shares: readonly string[] = [];
  private readonly inputs: { images: Record<string, string>; allowDestroy?: true };
  private change: Change = {};

  public constructor(
    private readonly declaration: keyof typeof DECLARED,
    { common, state }: FailureParts,
  ) {
    [this.platform] = DECLARED[declaration];
    this.name = `${this.platform}-production`;
    const application = common.standIns['app-hvac-2.3.0'] ?? '';
    this.inputs = {
      images: {
        ...(declaration === 'guest' ? {} : { vault: OPENBAO }),
        reader: application,
        ...(declaration === 'solo' ? { database: common.standIns.postgres ?? '' } : {}),
      },
    };
    this.project = Project.create(this.name, { [this.name]: this.inputs }, common.offlineProviders);
    Object.assign(this.project.exported, state);
    this.write(path.join('platforms', PLATFORMS), platformsOfProject());
    this.declare({});
  }

  /** Edits the declaration. */
  public declare(change: Change): void {
    this.change = { ...this.change, ...change };
    this.writeInputs();
    this.write('main.ts', mainOf(this.declaration, this.change));
  }

  /** Edits the inputs in cdktf.json: the image of one service. */
  public replaceImage(service: string, image: string): void {
    this.inputs.images[service] = image;
    this.writeInputs();
  }

  /** Gives an image a name of this platform. */
  public async tagged(image: string): Promise<string> {
    const name = `${this.platform}/${image.split('/').at(-1)}`;
    await run('docker', ['tag', image, name]);
    return name;
  }

  /** Edits the inputs in cdktf.json: lets Terraform destroy what holds data. */
  public allowDestroy(): void {
    this.inputs.allowDestroy = true;
    this.writeInputs();
  }

  public get stacks(): readonly string[] {
    return stacksOf(this.name);
  }

  /** Of a server, from the host: of several the first is 0. */
  public address(node = 0): string {
    const [, port] = DECLARED[this.declaration];
    if (port === undefined) throw new Error(`the server of '${this.name}' is somebody else's`);
    return `https://127.0.0.1:${port + node}`;
  }

  public get ca(): string {
    return fs.readFileSync(this.file('certificates', this.name, 'ca.pem'), 'utf8');
  }

  /** The server, as somebody with this token sees it from the host. */
  public client(token: string, node = 0): VaultClient {
    return new VaultClient(this.address(node), token, this.ca);
  }

  /** A file of the project, by its path. */
  public file(...parts: readonly string[]): string {
    return path.join(this.project.folder, ...parts);
  }

  public write(file: string, content: string | Buffer, mode = 0o644): void {
    fs.mkdirSync(path.dirname(this.file(file)), { recursive: true });
    fs.writeFileSync(this.file(file), content, { mode });
  }

  public remove(file: string): void {
    fs.rmSync(this.file(file), { recursive: true, force: true });
  }

  /** `npm run certificates` */
  public async certificates(flags = ''): Promise<void> {
    expectSuccess(await this.type(`npm run --silent certificates -- ${this.name} ${flags}`));
  }

  /** `npm run deploy` */
  public deploy(): Promise<CommandResult> {
    return this.type(`npm run --silent deploy -- ${this.name} ${this.project.flags.join(' ')}`);
  }

  /** `npm run plan`, and then as often as it is called `npm run deploy` of the plans that it made. */
  public async reviewed(): Promise<() => Promise<CommandResult>> {
    const planned = await this.type(`npm run --silent plan -- ${this.name}`);
    expectSuccess(planned);
    const [, deploy = ''] = /^deploy: npm run (deploy -- .*)$/m.exec(planned.output) ?? [];
    expect(deploy).toContain('--plan-digest sha256:');
    return () => this.type(`npm run --silent ${deploy}`);
  }

  /** `npm run destroy` */
  public destroy(): Promise<CommandResult> {
    return this.type(`npm run --silent destroy -- ${this.name} ${this.project.flags.join(' ')}`);
  }

  /** `npm run vault`, with lines for what it asks. */
  public vault(verb: string, rest = '', answers: readonly string[] = []): Promise<CommandResult> {
    return this.type(`npm run --silent vault -- ${verb} ${this.name} ${rest}`, answers);
  }

  /** The key ceremony; the operator's token is exported. */
  public async initialise(): Promise<void> {
    const result = await this.vault('init', CEREMONY);
    expectSuccess(result);
    this.shares = [...result.output.matchAll(/^share \d+: (\S+)$/gm)].map(([, share = '']) => share);
    this.exportToken(result.stdout.toString('utf8').trim());
  }

  /** Two holders unseal what is sealed. */
  public async unseal(): Promise<void> {
    expectSuccess(await this.vault('unseal', '', this.quorum));
  }

  /** Two holders have the operators' policy written anew; the new token is exported. */
  public async renewOperator(): Promise<void> {
    const result = await this.vault('operator', '', this.quorum);
    expectSuccess(result);
    this.exportToken(result.stdout.toString('utf8').trim());
  }

  /** A token that may do everything: two holders have it made, and root is gone again. */
  public async watch(): Promise<string> {
    const script = path.join(__dirname, 'watcher.ts');
    const result = await this.vault('root', `-- node --import tsx ${script}`, this.quorum);
    expectSuccess(result);
    return result.stdout.toString('utf8').trim();
  }

  /** As many shares as are needed. */
  public get quorum(): readonly string[] {
    return this.shares.slice(1);
  }

  public exportToken(token: string): void {
    this.project.exported.VAULT_TOKEN = token;
  }

  /** Fails unless the plans of these stacks have nothing to do. */
  public async expectEmptyPlans(stacks = this.stacks): Promise<void> {
    const plans = await Promise.all(
      stacks.map(async (stack) => {
        // PostgreSQL's locks of two stacks may meet for a moment, and Terraform does not wait.
        const plan = ['plan', '-input=false', '-no-color', '-detailed-exitcode', '-lock=false'];
        const { code, output } = await this.project.terraform(stack, plan);
        return [stack, code === 0 ? 'empty' : output];
      }),
    );
    expect(plans).toEqual(stacks.map((stack) => [stack, 'empty']));
  }

  /** The stacks of which Terraform has made something. Before the first synth there are none. */
  public async deployedStacks(): Promise<string[]> {
    const synthesized = this.stacks.filter((stack) => fs.existsSync(this.file('cdktf.out', 'stacks', stack)));
    const lists = synthesized.map(async (stack) => {
      const { code, stdout } = await this.project.terraform(stack, ['state', 'list']);
      // Not even initialised, or without a state.
      return code === 0 && stdout.toString('utf8').trim() !== '' ? [stack] : [];
    });
    return (await Promise.all(lists)).flat();
  }

  /** What an application reads by its own token, as a fingerprint: what is printed of a failed test is no secret. */
  public async reads(service = 'reader', secret = 'reader/api'): Promise<string> {
    const container = `${this.platform}-${service}`;
    const text = await executed(container, ['/stand-in/read.py', secret]);
    const { results } = JSON.parse(text) as { results: Record<string, ReadResult> };
    const result = results[secret];
    return result?.ok ? fingerprint(JSON.stringify(result.data)) : `refused: ${result?.error}`;
  }

  /** The token in the file of an application, as a fingerprint. */
  public async tokenIn(service = 'reader'): Promise<string> {
    return fingerprint(await this.rawToken(service));
  }

  public rawToken(service = 'reader'): Promise<string> {
    return executed(`${this.platform}-${service}`, ['cat', '/vault/secrets/token']);
  }

  /** What the agent of an application logs in with. */
  public secretIdOf(service: string): Promise<string> {
    return executed(`${this.platform}-${service}-agent`, ['cat', '/openbao/file/secret-id']);
  }

  /** All that there is of this platform on the Docker host, with its kind. */
  public async objects(): Promise<string[]> {
    const all = await objectsOf(this.platform);
    return all.flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`)).sort();
  }

  /** Takes away everything, whatever state it is in. */
  public async cleanUp(): Promise<void> {
    await removeAll(this.platform);
    this.project.delete();
  }

  private type(line: string, answers: readonly string[] = []): Promise<CommandResult> {
    progress(`${this.name}: ${line.replace(/ --(auto-approve|skip-provider-lock)/g, '').trim()}`);
    return this.project.type(line, {}, answers.map((answer) => `${answer}\n`).join(''));
  }

  private writeInputs(): void {
    const file = this.file('cdktf.json');
    const settings = JSON.parse(fs.readFileSync(file, 'utf8'));
    const { database, ...others } = this.inputs.images;
    const { late, without = [] } = this.change;
    const images = {
      ...others,
      ...(late && { late: others.reader }),
      ...(database !== undefined && !without.includes('database') && { database }),
    };
    const context = { [this.name]: { ...this.inputs, images } };
    fs.writeFileSync(file, JSON.stringify({ ...settings, context }));
  }
}

type ReadResult =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: string };

export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** In a project the platforms are one folder nearer to what they are made of. */
function platformsOfProject(): string {
  return fs.readFileSync(path.join(__dirname, PLATFORMS), 'utf8').replaceAll("'../../", "'../");
}

function mainOf(declaration: string, change: Change): string {
  return `import { Environment } from './constructs/environment';
import { StateBackend } from './constructs/state-backend';
import { ${declaration} } from './platforms/failure-platforms';
import { synthesize } from './stacks/platform-app';

synthesize((app) => {
  ${declaration}(app, Environment.production({ state: StateBackend.pg() }), ${JSON.stringify(change)});
});
`;
}
