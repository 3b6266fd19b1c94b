import { containerNameProblems } from './container-names';
import { Docker } from './docker';
import type { DeployableEnvironment } from './environments';
import type { Machine } from './machine';
import { type PortProbe, portProblems } from './ports';
import { removalProblem } from './protection';
import { type Findings, requiredFiles } from './required-files';
import { readStates, type States } from './states';
import { subnetProblems } from './subnets';
import { terraformProblem } from './terraform';

/** What a deploy lacks on this machine, whatever the server says. */
export interface MachineFindings extends Findings {
  /** Not there where they cannot be read, nor is what follows from them. */
  readonly states?: States;
}

/** What a deploy lacks on this machine. */
export async function deployFindings(
  environment: DeployableEnvironment,
  machine: Machine,
  probe: PortProbe,
  now: Date,
): Promise<MachineFindings> {
  const [engine, terraform, found] = await Promise.all([
    engineProblems(environment, machine, probe),
    terraformProblem(machine),
    readStates(environment, machine),
  ]);
  const files = requiredFiles(environment, now);
  const states = 'states' in found ? found.states : undefined;
  const removal = states && removalProblem(environment, states);
  return {
    problems: [
      ...engine,
      ...stateProblems(terraform, found),
      ...(removal ? [removal] : []),
      ...files.problems,
    ],
    warnings: files.warnings,
    states,
  };
}

/** What a plan lacks on this machine. What only a deploy would refuse is a warning: it is there to be seen. */
export async function planFindings(
  environment: DeployableEnvironment,
  machine: Machine,
  now: Date,
): Promise<MachineFindings> {
  const { problems, states } = await destroyFindings(environment, machine);
  const files = requiredFiles(environment, now);
  const removal = states && removalProblem(environment, states);
  return {
    problems: [...problems, ...files.problems],
    warnings: [...(removal ? [removal] : []), ...files.warnings],
    states,
  };
}

/** What a destroy lacks on this machine. */
export async function destroyFindings(
  environment: DeployableEnvironment,
  machine: Machine,
): Promise<Omit<MachineFindings, 'warnings'>> {
  const [docker, terraform, found] = await Promise.all([
    new Docker(machine).problem(),
    terraformProblem(machine),
    readStates(environment, machine),
  ]);
  return {
    problems: [...(docker ? [docker] : []), ...stateProblems(terraform, found)],
    states: 'states' in found ? found.states : undefined,
  };
}

/** Without Terraform nobody can look into a state elsewhere, for the same reason. */
function stateProblems(
  terraform: string | undefined,
  found: Awaited<ReturnType<typeof readStates>>,
): readonly string[] {
  if (terraform) return [terraform];
  return 'problem' in found ? [found.problem] : [];
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
  const [isLocal, heldPorts, networks, containers] = await Promise.all([
    docker.isLocal(),
    docker.heldPorts(),
    docker.networks(),
    docker.containers(),
  ]);
  return [
    ...containerNameProblems(
      environment.name,
      stacks.flatMap((stack) => stack.containers),
      containers,
    ),
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
