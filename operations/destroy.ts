import { asksForHelp, environmentAndFlags, usage } from './arguments';
import { approvalProblem, cdktf } from './cdktf';
import type { DeployableEnvironment } from './environments';
import { type Machine, thisMachine, type Variables } from './machine';
import { exitWith, OperationError } from './operation-error';
import { PlanFolder } from './plan-folder';
import { destroyFindings } from './preflight';
import { protectionProblem } from './protection';
import { checkServer } from './server-check';
import type { States } from './states';
import { synthesis } from './synthesis';
import { httpVaultClients, type VaultClients } from './vault-client';
import { VaultNodes } from './vault-nodes';

/** What a destroy meets outside. */
export interface DestroySurroundings {
  readonly machine: Machine;
  readonly clients: VaultClients;
  /** Whether somebody can approve. */
  readonly canAsk: boolean;
  /** Writes a line about what happens. */
  say(line: string): void;
}

/**
 * Takes an environment down: services, then what they have in Vault, then the server.
 *
 * @returns the exit code
 */
export async function destroy(args: readonly string[], outside: DestroySurroundings): Promise<number> {
  const { machine, canAsk, say } = outside;
  if (asksForHelp(args)) {
    process.stdout.write(usage('destroy'));
    return 0;
  }
  const { environment, flags } = environmentAndFlags(args, await synthesis(machine), 'destroy');
  const { problems, states } = await destroyFindings(environment, machine);
  const protection = protectionProblem(environment);
  // Terraform asks the server about each of its objects before it destroys them, also when it has forgotten them.
  const server =
    states?.access.holdsVaultObjects || states?.services.holdsVaultObjects
      ? await checkedServer(environment, states, outside)
      : NO_SERVER;
  const approval = approvalProblem(flags, canAsk, 'destroy', environment.name);
  const all = [
    ...(protection ? [protection] : []),
    ...problems,
    ...server.problems,
    ...(approval ? [approval] : []),
  ];
  if (all.length > 0) throw new OperationError(all);
  for (const line of server.summary) say(line);
  say('services, access, vault: destroying');
  const code = await cdktf(machine, 'destroy', environment, { flags, variables: server.variables });
  // Also where it failed, since it may have got half way.
  new PlanFolder(environment).forget(say);
  return code;
}

interface FoundServer {
  readonly problems: readonly string[];
  readonly summary: readonly string[];
  readonly variables: Variables;
}

const NO_SERVER: FoundServer = { problems: [], summary: [], variables: {} };

async function checkedServer(
  environment: DeployableEnvironment,
  states: States,
  { machine, clients }: DestroySurroundings,
): Promise<FoundServer> {
  const description = environment.stacks.vault.vaultDescription;
  if (!description) return NO_SERVER;
  try {
    const nodes = new VaultNodes(environment.name, description, clients, '.');
    if (description.mode === 'in-memory') {
      await nodes.first.sealStatus();
      return NO_SERVER;
    }
    const { problems, summary, token } = await checkServer(environment, nodes, machine.variables, states);
    return { problems, summary, variables: { VAULT_TOKEN: token?.token } };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return { ...NO_SERVER, problems: error.problems };
  }
}

if (require.main === module) {
  void exitWith(() =>
    destroy(process.argv.slice(2), {
      machine: thisMachine,
      clients: httpVaultClients,
      canAsk: process.stdin.isTTY === true,
      say: (line) => process.stderr.write(`${line}\n`),
    }),
  );
}
