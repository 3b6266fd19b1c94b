import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { DeployableEnvironment, Part } from './environments';
import { endIfAsked, interruptible } from './interruption';
import type { Machine, Variables } from './machine';
import { type PlanReading, planReading } from './plan-reading';
import { TerraformStack } from './terraform-stack';

/** What Terraform would do to one stack, and that saved, so that exactly that can be done. */
export interface PlannedStack extends PlanReading {
  readonly part: Part;
  /** Of the stack. */
  readonly name: string;
  /** What `terraform show -json` prints of it, secrets and all. */
  readonly json: string;
  /** @returns the exit code of Terraform */
  apply(): Promise<number>;
}

/** Makes plans of the stacks of one environment. */
export class PlannedStacks {
  private count = 0;

  /** @param folder for this user alone: saved plans hold secrets */
  public constructor(
    private readonly environment: DeployableEnvironment,
    private readonly machine: Machine,
    private readonly folder: string,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Plans stacks, one after another: in PostgreSQL their states have one lock in common.
   *
   * @param variables for those that talk to the server, see {@link TerraformStack}
   * @throws OperationError where Terraform cannot
   */
  public async make(parts: readonly Part[], variables: Variables): Promise<PlannedStack[]> {
    const made: PlannedStack[] = [];
    for (const part of parts) made.push(await this.makeOne(part, variables));
    return made;
  }

  private async makeOne(part: Part, variables: Variables): Promise<PlannedStack> {
    const own = part === 'vault' ? {} : variables;
    const stack = new TerraformStack(this.environment, part, this.machine, own);
    this.count += 1;
    const file = path.join(this.folder, `${this.count}-${stack.name}`);
    await this.unlessAsked(() => stack.plan(file));
    const json = await this.unlessAsked(() => stack.show(file));
    return {
      ...planReading(json, stack.name),
      part,
      name: stack.name,
      json,
      apply: async () => this.unlessAsked(() => stack.apply(file)),
    };
  }

  /** @throws Interrupted */
  private unlessAsked<T>(work: () => Promise<T>): Promise<T> {
    endIfAsked(this.signal);
    return work();
  }
}

/**
 * Works with plans. Saved ones are in a folder of their own until the work ends, also where it fails or somebody ends
 * it with Ctrl-C.
 *
 * @throws Interrupted where somebody asked for the end
 */
export function withPlans<T>(
  environment: DeployableEnvironment,
  machine: Machine,
  work: (plans: PlannedStacks) => Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    // For this user alone, as such a folder is made.
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plans-'));
    try {
      return await work(new PlannedStacks(environment, machine, folder, signal));
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}
