import type { DeploySurroundings } from './deploy';
import { type DeployableEnvironment, PARTS, type Part } from './environments';
import type { Variables } from './machine';
import { NextCommand, OperationError } from './operation-error';
import { PlanFolder } from './plan-folder';
import { type PlannedStack, type PlannedStacks, withPlans } from './planned-stacks';
import { planCommand, RefusedPlan } from './refused-plan';
import { type Finding, isFit, type ServerLook } from './server-look';
import { ask, problemOf } from './supplied';

/**
 * A deploy of plans that were reviewed. They are made anew and compared before anything is applied, and then exactly
 * these are applied. Stacks that come after one that has changed are planned and compared once more: it may be
 * another plan by then, as of a server in memory that is new and has forgotten all.
 */
export class ReviewedDeploy {
  /** Of the digests: those for which nothing was applied yet. */
  private readonly unused: Set<string>;
  /** Names of stacks. */
  private readonly applied: string[] = [];
  /** For the stacks that talk to the server. */
  private variables: Variables = {};

  public constructor(
    private readonly environment: DeployableEnvironment,
    private readonly digests: ReadonlySet<string>,
    private readonly outside: DeploySurroundings,
    private readonly server: ServerLook,
  ) {
    this.unused = new Set(digests);
  }

  /**
   * @param found before anything changes. A server that is not up, or not open, is no problem: where it stays so, the
   *   stacks that talk to it are not deployed
   * @returns the exit code
   * @throws RefusedPlan (exit code 4) where a plan was not reviewed, and nothing was applied
   * @throws NextCommand (exit code 3) where people come next: those who open the server, or those who review
   */
  public run(found: Finding): Promise<number> {
    return withPlans(this.environment, this.outside.machine, async (plans) => {
      const isOpen = isFit(found);
      if (isOpen) await this.prepare(found);
      const planned = await this.plan(plans, isOpen ? PARTS : PARTS.slice(0, 1));
      await this.applyInOrder(plans, planned, found);
      return 0;
    });
  }

  private async applyInOrder(
    plans: PlannedStacks,
    planned: readonly PlannedStack[],
    found: Finding,
  ): Promise<void> {
    let current = planned;
    let appliedBefore = 0;
    for (const [i, part] of PARTS.entries()) {
      if (!current.some((one) => one.part === part) || this.applied.length > appliedBefore) {
        if (part === 'access') await this.openAgain(found);
        current = await this.plan(plans, PARTS.slice(i));
        appliedBefore = this.applied.length;
      }
      const stack = current.find((one) => one.part === part);
      if (stack) await this.apply(stack);
    }
  }

  /** @throws RefusedPlan or NextCommand where one was not reviewed */
  private async plan(plans: PlannedStacks, parts: readonly Part[]): Promise<readonly PlannedStack[]> {
    const planned = await plans.make(parts, this.variables);
    const refused = planned.filter(({ isEmpty, digest }) => !isEmpty && !this.digests.has(digest));
    if (refused.length === 0) return planned;
    if (this.applied.length === 0) throw new RefusedPlan(this.environment, refused);
    throw this.reviewNext(
      refused.map(({ name }) => name),
      refused.map(({ summary }) => `another one (${summary})`).join(' and '),
    );
  }

  private async apply({ name, isEmpty, digest, summary, apply }: PlannedStack): Promise<void> {
    const { say } = this.outside;
    if (isEmpty) {
      say(`${name}: nothing to do`);
      return;
    }
    say(`${name}: applying ${digest} (${summary})`);
    const code = await apply();
    // Also where it failed, since it may have got half way.
    new PlanFolder(this.environment).forget(say);
    if (code !== 0) {
      throw new OperationError([
        `'plan' of ${name} must be applied whole, got an error of Terraform, which is above; run ${planCommand(this.environment)}, which tells what is left to do, and have that reviewed`,
      ]);
    }
    this.applied.push(name);
    this.unused.delete(digest);
  }

  /** The server after its own stack. */
  private async openAgain(before: Finding): Promise<void> {
    const { questions, waiting } = this.outside;
    const found = await this.server.look(before.states, waiting, this.variables);
    const { problems, opening } = found.check;
    const [problem] = problems;
    if (problem !== undefined && opening !== undefined) throw new NextCommand(problem, opening);
    if (problem !== undefined) throw new OperationError(problems);
    // What was written has gone with the server that held it: that is another plan.
    const hasForgotten = isFit(before) && found.missing.length > 0;
    if (this.unused.size === 0 || hasForgotten) {
      throw this.reviewNext(this.environment.stackNames.slice(1), 'none for the server that is there now');
    }
    if (!questions.possible && found.missing.length > 0) {
      throw new OperationError(found.missing.map(problemOf));
    }
    await this.prepare(found);
  }

  /** What Terraform needs at an open server. */
  private async prepare({ check: { warnings, summary, token }, missing }: Finding): Promise<void> {
    const { questions, say } = this.outside;
    for (const warning of warnings) say(`warning: ${warning}`);
    for (const line of summary) say(line);
    this.variables = {
      ...this.variables,
      ...(await ask(missing, questions)),
      ...(token && { VAULT_TOKEN: token.token }),
    };
  }

  private reviewNext(names: readonly string[], got: string): NextCommand {
    const command = planCommand(this.environment);
    return new NextCommand(
      `'plan' of ${names.join(' and ')} must be reviewed now that ${this.applied.join(' and ')} has changed, got ${got}; run ${command}`,
      command,
    );
  }
}
