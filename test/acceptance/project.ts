import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { attempt, type CommandResult, run } from './command';

const ROOT = path.resolve(__dirname, '..', '..');
const CLI = require.resolve('cdktf-cli/bundle/bin/cdktf.js');
const PREFIX = 'vault-platforms-acceptance-';
/** A file of this ending says which environment a folder is for. */
const MARKER = '.environment';
const SOURCES = ['main.ts', 'cdktf.json', 'package.json', 'tsconfig.json'];
const FOLDERS = ['constructs', 'platforms', 'policies', 'stacks'];

/** The stacks of one platform in development, in the order of their deploy. */
export function stacksOf(platform: string): readonly string[] {
  return ['vault', 'access', 'services'].map((layer) => `${platform}-development-${layer}`);
}

/** A copy of the project in a temporary folder, so that states and stacks never touch the checkout. */
export class Project {
  /** @param purpose part of the folder's name */
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
    return new Project(folder, context, offlineProviders);
  }

  /** Those of runs that were killed. */
  public static leftovers(): readonly Project[] {
    return fs
      .readdirSync(os.tmpdir())
      .filter(
        (name) => name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length).split('-')[0])),
      )
      .map((name) => new Project(path.join(os.tmpdir(), name), {}, true));
  }

  private constructor(
    public readonly folder: string,
    private readonly context: Readonly<Record<string, unknown>>,
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

  /** Runs Terraform in the folder of a deployed stack. */
  public terraform(
    stack: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> {
    return attempt('terraform', args, { cwd: path.join(this.folder, 'cdktf.out', 'stacks', stack), env });
  }

  /** Saves a plan, and returns its raw file beside all that Terraform shows of it. */
  public async savedPlan(
    stack: string,
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly raw: Buffer; readonly shown: string }> {
    const file = path.join(this.folder, `${stack}.tfplan`);
    const { code, output } = await this.terraform(stack, ['plan', '-input=false', `-out=${file}`], env);
    if (code !== 0) throw new Error(output);
    const cwd = path.join(this.folder, 'cdktf.out', 'stacks', stack);
    const shown = await run('terraform', ['show', '-json', file], { cwd });
    const raw = fs.readFileSync(file);
    fs.rmSync(file);
    return { raw, shown };
  }

  /** Whether this project was made to deploy a platform. */
  public isOf(platform: string): boolean {
    return fs.existsSync(markerOf(this.folder, `${platform}-development`));
  }

  /** Forgets a platform; the folder goes with the last one. */
  public forget(platform: string): void {
    fs.rmSync(markerOf(this.folder, `${platform}-development`), { force: true });
    if (!fs.readdirSync(this.folder).some((name) => name.endsWith(MARKER))) this.delete();
  }

  /** Whether Terraform has something of a stack in its state. */
  public remembers(stack: string): boolean {
    return fs.existsSync(this.stateFile(stack)) && this.state(stack).resources.length > 0;
  }

  /** The state of a deployed stack. */
  public state(stack: string): { readonly resources: readonly unknown[] } {
    return JSON.parse(fs.readFileSync(this.stateFile(stack), 'utf8'));
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

  private stateFile(stack: string): string {
    return path.join(this.folder, `terraform.${stack}.tfstate`);
  }

  private cdktf(args: readonly string[], supplied: Readonly<Record<string, string>>): Promise<CommandResult> {
    const flags = ['--auto-approve', ...(this.offlineProviders ? ['--skip-provider-lock'] : [])];
    return attempt(process.execPath, [CLI, ...args, ...flags], {
      cwd: this.folder,
      env: { CDKTF_CONTEXT_JSON: JSON.stringify(this.context), ...supplied },
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
