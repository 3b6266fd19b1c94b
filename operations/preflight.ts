import { Docker } from './docker';
import type { DeployableEnvironment } from './environments';
import type { Machine } from './machine';
import { type PortProbe, portProblems } from './ports';
import { terraformProblem } from './terraform';
import type { VaultApi } from './vault-api';

/** What a deploy lacks on this machine; each is one line with its remedy. */
export async function deployProblems(
  environment: DeployableEnvironment,
  machine: Machine,
  probe: PortProbe,
): Promise<string[]> {
  const docker = new Docker(machine);
  const [dockerProblem, terraform] = await Promise.all([docker.problem(), terraformProblem(machine)]);
  const { vault, access, services } = environment.stacks;
  const ports = [vault, access, services].flatMap((stack) => stack.ports);
  const portsInTheWay = await portProblems(
    environment.name,
    // Without an engine nobody knows which of the ports are held by this very environment.
    dockerProblem ? [] : ports,
    dockerProblem ? [] : await docker.heldPorts(),
    docker.isLocal ? probe : undefined,
  );
  return [dockerProblem, terraform, ...portsInTheWay].filter((problem) => problem !== undefined);
}

/** What a destroy lacks on this machine. */
export async function destroyProblems(
  environment: DeployableEnvironment,
  machine: Machine,
  api: VaultApi,
): Promise<string[]> {
  const problems = await Promise.all([
    new Docker(machine).problem(),
    terraformProblem(machine),
    vaultProblem(environment, api),
  ]);
  return problems.filter((problem) => problem !== undefined);
}

/** Terraform asks the server about each of its objects before it destroys them, also when it has forgotten them. */
async function vaultProblem(
  { name, stacks: { access, services } }: DeployableEnvironment,
  api: VaultApi,
): Promise<string | undefined> {
  const server = access.vault;
  if (!server || !(access.holdsVaultObjects || services.holdsVaultObjects)) return undefined;
  if (await api.answers(server)) return undefined;
  return `'vault' of ${name} must answer while its objects are destroyed, got no answer at '${server.address}'; bring it up with npx cdktf deploy ${name}-vault, then destroy again`;
}
