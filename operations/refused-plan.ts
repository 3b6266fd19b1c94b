import type { DeployableEnvironment } from './environments';
import { OperationError } from './operation-error';
import type { PlannedStack } from './planned-stacks';

/** The exit code of {@link RefusedPlan}. */
const NOT_REVIEWED = 4;

/**
 * Plans are other ones than those that were reviewed. Nothing was applied. Their digests are not told: who pastes one
 * approves what nobody has seen.
 */
export class RefusedPlan extends OperationError {
  public constructor(environment: DeployableEnvironment, refused: readonly PlannedStack[]) {
    super(
      refused.map(
        ({ name, summary }) =>
          `'plan' of ${name} must be one that was reviewed, got another one (${summary}); run ${planCommand(environment)} and have it reviewed anew`,
      ),
      NOT_REVIEWED,
    );
  }
}

/** How plans are made anew. */
export function planCommand({ name }: DeployableEnvironment): string {
  return `npm run plan -- ${name}`;
}
