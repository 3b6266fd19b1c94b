import type { DeployableEnvironment } from './environments';
import type { Machine, Variables } from './machine';

const PATIENCE = '-lock-timeout=5m';

/**
 * Variables with which Terraform's commands wait for a state's lock. PostgreSQL's backend has one lock for making
 * states, which the first deploy of a stack holds until it ends, and which every other deploy in the same database
 * must get for a moment. It never outlives who holds it, so waiting is worthwhile. What somebody has set is left
 * alone: it may say how long to wait.
 *
 * @param commands of Terraform, such as `apply`
 */
export function lockPatience(
  { variables }: Pick<Machine, 'variables'>,
  { stacks }: DeployableEnvironment,
  commands: readonly string[],
): Variables {
  if (!Object.values(stacks).some(({ backend }) => backend.type === 'pg')) return {};
  const unset = commands
    .map((command) => `TF_CLI_ARGS_${command}`)
    .filter((name) => variables[name] === undefined);
  return Object.fromEntries(unset.map((name) => [name, PATIENCE]));
}
