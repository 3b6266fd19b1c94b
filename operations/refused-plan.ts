import type { DeployableEnvironment } from './environments';
import { OperationError } from './operation-error';
import type { PlannedStack } from './planned-stacks';

/** The exit code of {@link RefusedPlan}. */
const NOT_REVIEWED = 4;

/** Plans are other ones than those that were reviewed. Nothing was applied. */
export class RefusedPlan extends OperationError {
  public constructor(environment: DeployableEnvironment, refused: readonly PlannedStack[]) {
    super(
      refused.map(
        ({ name, digest, summary }) =>
          `'plan' of ${name} must be one that was reviewed, got ${digest} (${summary}); run ${planCommand(environment)}, have it reviewed anew, and give --plan-digest ${digest}`,
      ),
      NOT_REVIEWED,
    );
  }
}

/** How plans are made anew. */
export function planCommand({ name }: DeployableEnvironment): string {
  return `npm run plan -- ${name}`;
}
