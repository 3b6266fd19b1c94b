import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { attempt, type CommandResult, run } from './command';

const ROOT = path.resolve(__dirname, '..', '..');
const CLI = require.resolve('cdktf-cli/bundle/bin/cdktf.js');
const PREFIX = 'vault-platforms-acceptance-';
/** A file of this ending says which environment a folder is for. */
const MARKER = '.environment';
const SOURCES = ['main.ts', 'package.json', 'tsconfig.json', 'tsconfig.app.json'];
const FOLDERS = ['access', 'constructs', 'operations', 'platforms', 'policies', 'review', 'stacks'];

/** The stacks of `<platform>-<environment>`, in the order of their deploy. */
export function stacksOf(environment: string): readonly string[] {
  return ['vault', 'access', 'services'].map((layer) => `${environment}-${layer}`);
}

/** As much of a state as the tests look at. */
export interface State {
  readonly resources: readonly unknown[];
}

/** A copy of the project in a temporary folder, so that states and stacks never touch the checkout. */
export class Project {
  /**
   * @param purpose part of the folder's name
   * @param context inputs by environment, as a person writes them into cdktf.json
   */
  public static create(
    purpose: string,
    context: Readonly<Record<string, unknown>>,
    offlineProviders: boolean,
  ): Project {
    // The process is part of the name, so that a later run can tell a leftover from a run that is under way.
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-${purpose}-`));
    for (const file of SOURCES) fs.copyFileSync(path.join(ROOT, file), path.join(folder, file));
    for (const one of FOLDERS) fs.cpSync(path.join(ROOT, one), path.join(folder, one), { recursive: true });
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    for (const environment of Object.keys(context)) fs.writeFileSync(markerOf(folder, environment), '');
    const settings = JSON.parse(fs.readFileSync(path.join(ROOT, 'cdktf.json'), 'utf8'));
    fs.writeFileSync(path.join(folder, 'cdktf.json'), JSON.stringify({ ...settings, context }));
    return new Project(folder, offlineProviders);
  }

  /** Those of runs that were killed. */
  public static leftovers(): readonly Project[] {
    return fs
      .readdirSync(os.tmpdir())
      .filter(
        (name) => name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length).split('-')[0])),
      )
      .map((name) => new Project(path.join(os.tmpdir(), name), true));
  }

  /** What the user of this project has exported in the shell. */
  public readonly exported: Record<string, string> = {};

  private constructor(
    public readonly folder: string,
    private readonly offlineProviders: boolean,
  ) {}

  /** `cdktf deploy` of all stacks that match. */
  public deploy(pattern: string, supplied: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
    return this.cdktf(['deploy', pattern], supplied);
  }

  /** `cdktf destroy` of all stacks that match. */
  public destroy(pattern: string): Promise<CommandResult> {
    return this.cdktf(['destroy', pattern], {});
  }

  /** What a deploy or a destroy needs beyond what people type, since nobody is there to answer. */
  public get flags(): readonly string[] {
    return ['--auto-approve', ...(this.offlineProviders ? ['--skip-provider-lock'] : [])];
  }

  /** Adds inputs of an environment to cdktf.json, as a person does. */
  public addInputs(environment: string, inputs: Readonly<Record<string, unknown>>): void {
    const file = path.join(this.folder, 'cdktf.json');
    const settings = JSON.parse(fs.readFileSync(file, 'utf8'));
    Object.assign(settings.context[environment], inputs);
    fs.writeFileSync(file, JSON.stringify(settings));
  }

  /** Types lines into a shell. */
  public type(
    lines: string,
    env: Readonly<Record<string, string>> = {},
    input?: string,
  ): Promise<CommandResult> {
    return attempt('sh', ['-ec', lines], {
      cwd: this.folder,
      env: { ...this.exported, ...env },
      ...(input !== undefined && { input }),
    });
  }

  /** Runs Terraform in the folder of a deployed stack. */
  public terraform(
    stack: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> {
    return attempt('terraform', args, { cwd: this.folderOf(stack), env: { ...this.exported, ...env } });
  }

  /** Saves a plan, and returns its raw file beside all that Terraform shows of it. */
  public async savedPlan(
    stack: string,
    env: Readonly<Record<string, string>>,
    options: readonly string[] = [],
  ): Promise<{ readonly raw: Buffer; readonly shown: string }> {
    const file = path.join(this.folder, `${stack}.tfplan`);
    const plan = ['plan', '-input=false', ...options, `-out=${file}`];
    const { code, output } = await this.terraform(stack, plan, env);
    if (code !== 0) throw new Error(output);
    const shown = await run('terraform', ['show', '-json', file], {
      cwd: this.folderOf(stack),
      env: this.exported,
    });
    const raw = fs.readFileSync(file);
    fs.rmSync(file);
    return { raw, shown };
  }

  /** Whether this project was made to deploy a platform, in any environment. */
  public isOf(platform: string): boolean {
    return this.markers.some((name) => name.startsWith(`${platform}-`));
  }

  /** Forgets a platform; the folder goes with the last one. */
  public forget(platform: string): void {
    for (const name of this.markers) {
      if (name.startsWith(`${platform}-`)) fs.rmSync(path.join(this.folder, name));
    }
    if (this.markers.length === 0) this.delete();
  }

  /** Whether Terraform has something of a stack in a state in this folder. */
  public remembers(stack: string): boolean {
    const file = this.stateFile(stack);
    return fs.existsSync(file) && (JSON.parse(fs.readFileSync(file, 'utf8')) as State).resources.length > 0;
  }

  /** The state of a deployed stack, wherever it is, as Terraform has it. */
  public async state(stack: string): Promise<string> {
    return run('terraform', ['state', 'pull'], { cwd: this.folderOf(stack), env: this.exported });
  }

  /** All files that the project has written or was made of, without the programs it uses. */
  public files(): string[] {
    const all = fs.readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !file.includes(`${path.sep}.terraform${path.sep}providers${path.sep}`));
  }

  public delete(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private get markers(): string[] {
    return fs.readdirSync(this.folder).filter((name) => name.endsWith(MARKER));
  }

  private folderOf(stack: string): string {
    return path.join(this.folder, 'cdktf.out', 'stacks', stack);
  }

  private stateFile(stack: string): string {
    return path.join(this.folder, `terraform.${stack}.tfstate`);
  }

  private cdktf(args: readonly string[], supplied: Readonly<Record<string, string>>): Promise<CommandResult> {
    return attempt(process.execPath, [CLI, ...args, ...this.flags], {
      cwd: this.folder,
      env: { ...this.exported, ...supplied },
    });
  }
}

function markerOf(folder: string, environment: string): string {
  return path.join(folder, `${environment}${MARKER}`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
