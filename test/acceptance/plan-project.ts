import * as fs from 'node:fs';
import * as path from 'node:path';
import { PLANS, type RecordedPlan, SUPPLIED, WRITTEN_ONLY } from '../review/recorded-plans';
import { attempt, run } from './command';
import type { RunningServer } from './state-server';
import { temporaryFolder } from './state-store';

/** One of the configurations of which plans are recorded, in a folder and with a state of its own. */
export class PlanProject {
  private readonly folder = temporaryFolder('plan');
  private supplied = 0;

  public constructor(
    private readonly name: RecordedPlan,
    private readonly server: RunningServer,
  ) {}

  /** What is there before the plan. */
  public async prepare(): Promise<void> {
    this.lay('before');
    await this.terraform('init', '-input=false');
    if (this.has('before')) await this.terraform('apply', '-input=false', '-auto-approve');
  }

  /** The plan of what is there after it. Terraform may fail, and write a plan that says so. */
  public async plan(...flags: readonly string[]): Promise<string> {
    this.lay('after');
    this.supplied = 1;
    await this.terraform('init', '-input=false');
    const { code, output } = await attempt('terraform', ['plan', '-input=false', '-out=plan', ...flags], {
      cwd: this.folder,
      env: this.environment,
    });
    if (!fs.existsSync(path.join(this.folder, 'plan'))) throw new Error(`no plan (${code}):\n${output}`);
    return this.terraform('show', '-json', 'plan');
  }

  public terraform(...args: readonly string[]): Promise<string> {
    return run('terraform', args, { cwd: this.folder, env: this.environment });
  }

  /** Takes everything back, and goes. */
  public async remove(): Promise<void> {
    await attempt('terraform', ['destroy', '-input=false', '-auto-approve'], {
      cwd: this.folder,
      env: this.environment,
    });
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private get environment(): Readonly<Record<string, string>> {
    return {
      VAULT_ADDR: this.server.address,
      VAULT_TOKEN: this.server.token,
      TF_VAR_supplied: SUPPLIED[this.supplied] as string,
      TF_VAR_written_only: WRITTEN_ONLY,
    };
  }

  private has(when: 'before' | 'after'): boolean {
    return fs.existsSync(path.join(PLANS, this.name, `${when}.tf`));
  }

  private lay(when: 'before' | 'after'): void {
    fs.copyFileSync(path.join(PLANS, 'providers.tf'), path.join(this.folder, 'providers.tf'));
    const from = path.join(PLANS, this.name);
    if (this.has(when)) {
      fs.copyFileSync(path.join(from, `${when}.tf`), path.join(this.folder, 'main.tf'));
    }
    for (const part of fs.readdirSync(from, { withFileTypes: true }).filter((one) => one.isDirectory())) {
      fs.cpSync(path.join(from, part.name), path.join(this.folder, part.name), { recursive: true });
    }
  }
}
