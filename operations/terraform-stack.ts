import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DeployableEnvironment, Part } from './environments';
import { lockPatience } from './lock-patience';
import type { Machine, Variables } from './machine';
import { OperationError } from './operation-error';
import type { StackFile } from './stack-file';
import { STRAY_TERRAFORM_VARIABLES, STRAY_VAULT_VARIABLES } from './stray-variables';
import { terraformProgram } from './terraform';

/** Terraform's commands that are run here and that lock a state. */
const LOCKING = ['plan', 'apply'];

/**
 * Terraform in the folder of one stack, where the CDKTF command line runs it too: with the same providers and the
 * same state. Terraform says itself what is wrong, on stderr.
 */
export class TerraformStack {
  private readonly stack: StackFile;

  /** @param variables for plan and apply alike, such as values that people supply: a saved plan does not hold them */
  public constructor(
    private readonly environment: DeployableEnvironment,
    part: Part,
    private readonly machine: Machine,
    private readonly variables: Variables,
  ) {
    this.stack = environment.stacks[part];
  }

  public get name(): string {
    return this.stack.name;
  }

  /**
   * Makes a plan.
   *
   * @param file where it is saved. A saved plan holds secrets
   * @throws OperationError where Terraform cannot
   */
  public async plan(file: string): Promise<void> {
    const upgrade = this.hasOtherProviders() ? ['-upgrade'] : [];
    await this.must('init', [...upgrade]);
    await this.must('plan', [`-out=${file}`]);
  }

  /** A saved plan as JSON, secrets and all. */
  public async show(file: string): Promise<string> {
    const { folder } = this.stack;
    const shown = await this.machine.capture(
      terraformProgram(this.machine),
      [`-chdir=${folder}`, 'show', '-json', file],
      this.all(),
    );
    if (shown.status === 0) return shown.stdout;
    throw new OperationError([
      `'plan' of ${this.name} must be readable, got '${shown.failure}' from terraform show -json; run the command again`,
    ]);
  }

  /**
   * Does what a saved plan says, and nothing else: Terraform refuses it where the state is another one by now.
   *
   * @returns the exit code
   */
  public apply(file: string): Promise<number> {
    return this.run('apply', [file], false);
  }

  private async must(command: 'init' | 'plan', args: readonly string[]): Promise<void> {
    const code = await this.run(command, args, true);
    if (code === 0) return;
    throw new OperationError([
      `'${command}' of ${this.name} must be possible, got an error of Terraform, which is above; mend it and run the command again`,
    ]);
  }

  private run(command: string, args: readonly string[], discardOutput: boolean): Promise<number> {
    const all = [`-chdir=${this.stack.folder}`, command, '-input=false', ...args];
    return this.machine.attach(terraformProgram(this.machine), all, { variables: this.all(), discardOutput });
  }

  private all(): Variables {
    return {
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      ...STRAY_VAULT_VARIABLES,
      ...STRAY_TERRAFORM_VARIABLES,
      ...lockPatience(this.machine, this.environment, LOCKING),
      ...this.variables,
    };
  }

  /** Whether versions are declared that are not those of the last run, which Terraform keeps to unless it is told. */
  private hasOtherProviders(): boolean {
    const file = path.join(this.stack.folder, '.terraform.lock.hcl');
    if (!fs.existsSync(file)) return false;
    const locked = new Map(
      [...fs.readFileSync(file, 'utf8').matchAll(LOCKED)].map(([, source = '', version]) => [
        source,
        version,
      ]),
    );
    return Object.entries(this.stack.providerVersions).some(
      ([source, version]) => locked.has(source) && locked.get(source) !== version,
    );
  }
}

/** As in `provider "registry.terraform.io/hashicorp/vault" {` and, in the next line, its version. */
const LOCKED = /^provider "[^"/]+\/([^"]+)" \{\n\s*version\s*=\s*"([^"]*)"/gm;
