import { asksForHelp, environmentOf, usage } from './arguments';
import { approvalProblem, cdktf } from './cdktf';
import { type Machine, thisMachine } from './machine';
import { exitWith, OperationError } from './operation-error';
import { bindPort, type PortProbe } from './ports';
import { deployProblems } from './preflight';
import { type Questions, TerminalQuestions } from './questions';
import { ask, missingValues, problemOf } from './supplied';
import { synthesis } from './synthesis';
import { HttpVaultApi, type VaultApi } from './vault-api';

/** What a deploy meets outside. */
export interface DeploySurroundings {
  readonly machine: Machine;
  readonly probe: PortProbe;
  readonly vault: VaultApi;
  readonly questions: Questions;
}

/**
 * Brings an environment up. Whatever is missing is said before anything changes.
 *
 * @returns the exit code
 */
export async function deploy(args: readonly string[], surroundings: DeploySurroundings): Promise<number> {
  const { machine, probe, vault, questions } = surroundings;
  if (asksForHelp(args)) {
    process.stdout.write(usage('deploy'));
    return 0;
  }
  const environment = environmentOf(args, await synthesis(machine), 'deploy');
  const flags = args.slice(1);
  const [problems, missing] = await Promise.all([
    deployProblems(environment, machine, probe),
    missingValues(environment.stacks.access, vault, machine.variables),
  ]);
  if (!questions.possible) problems.push(...missing.map(problemOf));
  const approval = approvalProblem(flags, questions.possible, 'deploy', environment.name);
  if (approval) problems.push(approval);
  if (problems.length > 0) throw new OperationError(problems);
  return cdktf(machine, 'deploy', environment, flags, await ask(missing, questions));
}

if (require.main === module) {
  void exitWith(() =>
    deploy(process.argv.slice(2), {
      machine: thisMachine,
      probe: bindPort,
      vault: new HttpVaultApi(process.env.VAULT_TOKEN),
      questions: new TerminalQuestions(process.stdin, process.stderr),
    }),
  );
}
