import type { DeployableEnvironment, Part } from './environments';
import type { LastDeploy } from './last-deploy';
import type { Machine } from './machine';
import { OperationError } from './operation-error';
import { stackState } from './stack-state';

/** What the states of an environment say, by stack. */
export type States = Readonly<Record<Part, LastDeploy>>;

/**
 * Reads the states of an environment.
 *
 * @returns why it cannot, otherwise. They are at one place, so the first reason stands for all
 */
export async function readStates(
  { stacks: { vault, access, services } }: DeployableEnvironment,
  machine: Machine,
): Promise<{ readonly states: States } | { readonly problem: string }> {
  try {
    // One after the other: Terraform makes what is missing in PostgreSQL, and two that do it at once get in each
    // other's way.
    return {
      states: {
        vault: await stackState(vault, machine).read(),
        access: await stackState(access, machine).read(),
        services: await stackState(services, machine).read(),
      },
    };
  } catch (error) {
    if (error instanceof OperationError) return { problem: error.problems.join('; ') };
    throw error;
  }
}
