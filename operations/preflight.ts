import { Docker } from './docker';
import type { DeployableEnvironment } from './environments';
import type { Machine } from './machine';
import { type PortProbe, portProblems } from './ports';
import { type Findings, requiredFiles } from './required-files';
import { stateProblem } from './stack-state';
import { subnetProblems } from './subnets';
import { terraformProblem } from './terraform';

/** What a deploy lacks on this machine, whatever the server says. */
export interface MachineFindings extends Findings {
  /** Whether the states can be read: what follows from them is not known otherwise. */
  readonly statesKnown: boolean;
}

/** What a deploy lacks on this machine. */
export async function deployFindings(
  environment: DeployableEnvironment,
  machine: Machine,
  probe: PortProbe,
  now: Date,
): Promise<MachineFindings> {
  const [engine, terraform, states] = await Promise.all([
    engineProblems(environment, machine, probe),
    terraformProblem(machine),
    stateProblem(stacksOf(environment), machine),
  ]);
  const files = requiredFiles(environment, now);
  return {
    // Without Terraform nobody can look into a remote state, for the same reason.
    problems: [...engine, ...(terraform ? [terraform] : states ? [states] : []), ...files.problems],
    warnings: files.warnings,
    statesKnown: !terraform && !states,
  };
}

/** What a destroy lacks on this machine. */
export async function destroyFindings(
  environment: DeployableEnvironment,
  machine: Machine,
): Promise<Omit<MachineFindings, 'warnings'>> {
  const [docker, terraform, states] = await Promise.all([
    new Docker(machine).problem(),
    terraformProblem(machine),
    stateProblem(stacksOf(environment), machine),
  ]);
  return {
    problems: [docker, terraform ?? states].filter((problem) => problem !== undefined),
    statesKnown: !terraform && !states,
  };
}

async function engineProblems(
  environment: DeployableEnvironment,
  machine: Machine,
  probe: PortProbe,
): Promise<string[]> {
  const docker = new Docker(machine);
  const problem = await docker.problem();
  // Without an engine nobody knows which ports and networks are those of this very environment.
  if (problem) return [problem];
  const stacks = stacksOf(environment);
  const [isLocal, heldPorts, networks] = await Promise.all([
    docker.isLocal(),
    docker.heldPorts(),
    docker.networks(),
  ]);
  return [
    ...(await portProblems(
      environment.name,
      stacks.flatMap((stack) => stack.ports),
      heldPorts,
      isLocal ? probe : undefined,
    )),
    ...subnetProblems(
      environment.name,
      stacks.flatMap((stack) => stack.networks),
      networks,
    ),
  ];
}

function stacksOf({ stacks: { vault, access, services } }: DeployableEnvironment) {
  return [vault, access, services] as const;
}
