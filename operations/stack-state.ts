import type { LastDeploy } from './last-deploy';
import { LocalState } from './local-state';
import type { Machine } from './machine';
import { RemoteState } from './remote-state';
import type { StackFile } from './stack-file';

/** The state of one stack, wherever it is. */
export interface StackState {
  /** Why it cannot be read, if it cannot. */
  problem(): Promise<string | undefined>;
  /**
   * Reads it. It takes no lock: a deploy may be under way.
   * @throws OperationError with the {@link problem}
   */
  read(): Promise<LastDeploy>;
}

export function stackState(stack: StackFile, machine: Machine): StackState {
  return stack.backend.type === 'local' ? LocalState.of(stack) : new RemoteState(stack, machine);
}

/**
 * Why the states of an environment cannot be read. They are at one place, so the first reason stands for all.
 */
export async function stateProblem(
  stacks: readonly StackFile[],
  machine: Machine,
): Promise<string | undefined> {
  // One after the other: Terraform makes what is missing in PostgreSQL, and two that do it at once get in each
  // other's way.
  for (const stack of stacks) {
    const problem = await stackState(stack, machine).problem();
    if (problem) return problem;
  }
  return undefined;
}
