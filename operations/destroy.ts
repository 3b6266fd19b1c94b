import { asksForHelp, environmentOf, usage } from './arguments';
import { approvalProblem, cdktf } from './cdktf';
import { type Machine, thisMachine } from './machine';
import { exitWith, OperationError } from './operation-error';
import { destroyProblems } from './preflight';
import { synthesis } from './synthesis';
import { HttpVaultApi, type VaultApi } from './vault-api';

/** What a destroy meets outside. */
export interface DestroySurroundings {
  readonly machine: Machine;
  readonly vault: VaultApi;
  /** Whether somebody can approve. */
  readonly canAsk: boolean;
}

/**
 * Takes an environment down.
 *
 * @returns the exit code
 */
export async function destroy(args: readonly string[], surroundings: DestroySurroundings): Promise<number> {
  const { machine, vault, canAsk } = surroundings;
  if (asksForHelp(args)) {
    process.stdout.write(usage('destroy'));
    return 0;
  }
  const environment = environmentOf(args, await synthesis(machine), 'destroy');
  const flags = args.slice(1);
  const problems = await destroyProblems(environment, machine, vault);
  const approval = approvalProblem(flags, canAsk, 'destroy', environment.name);
  if (approval) problems.push(approval);
  if (problems.length > 0) throw new OperationError(problems);
  return cdktf(machine, 'destroy', environment, flags);
}

if (require.main === module) {
  void exitWith(() =>
    destroy(process.argv.slice(2), {
      machine: thisMachine,
      vault: new HttpVaultApi(process.env.VAULT_TOKEN),
      canAsk: process.stdin.isTTY === true,
    }),
  );
}
