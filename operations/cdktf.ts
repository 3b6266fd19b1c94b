import type { Verb } from './arguments';
import type { DeployableEnvironment, Part } from './environments';
import type { Machine, Variables } from './machine';
import { STRAY_TERRAFORM_VARIABLES, STRAY_VAULT_VARIABLES } from './stray-variables';

const PROGRAM = 'node_modules/.bin/cdktf';

/**
 * For some stacks of an environment. The CDKTF command line refuses a stack without what it depends on; told not to, it
 * forgets dependencies altogether and deploys everything at once, unless it may only do one after another: then it
 * goes by the order of the names.
 */
const PARTIAL = ['--ignore-missing-stack-dependencies', '--parallelism', '1'];

/**
 * For Terraform's commands that the CDKTF command line runs and that lock a state. PostgreSQL's backend has one lock
 * for making states, which the first deploy of a stack holds until it ends, and which every other deploy in the same
 * database must get for a moment. It never outlives who holds it, so waiting is worthwhile.
 */
const LOCKING = ['TF_CLI_ARGS_apply', 'TF_CLI_ARGS_destroy'];
const PATIENCE = '-lock-timeout=5m';

/** What keeps the CDKTF command line from asking for approval, where it must ask. */
export function approvalProblem(
  flags: readonly string[],
  canAsk: boolean,
  verb: Verb,
  environment: string,
): string | undefined {
  if (canAsk || flags.some((flag) => /^--(auto-approve|autoApprove)(=true)?$/.test(flag))) return undefined;
  return `'--auto-approve' must be given where nobody can approve, got no terminal; write it as npm run ${verb} -- ${environment} --auto-approve`;
}

export interface CdktfOptions {
  /** For the CDKTF command line. */
  readonly flags: readonly string[];
  /** Added to those of this process. */
  readonly variables?: Variables;
  /** @default all */
  readonly parts?: readonly Part[];
}

/**
 * Runs the project's CDKTF command line on stacks of an environment. They are named one by one: a pattern would
 * also find those of a platform whose name begins with this environment's.
 *
 * @returns its exit code
 */
export function cdktf(
  machine: Machine,
  verb: Verb,
  environment: DeployableEnvironment,
  { flags, variables = {}, parts }: CdktfOptions,
): Promise<number> {
  const { name, stackNames } = environment;
  const names = parts ? parts.map((part) => `${name}-${part}`) : stackNames;
  const options = names.length < stackNames.length ? [...PARTIAL, ...withoutParallelism(flags)] : flags;
  return machine.attach(PROGRAM, [verb, ...names, '--skip-synth', ...options], {
    variables: {
      ...STRAY_VAULT_VARIABLES,
      ...STRAY_TERRAFORM_VARIABLES,
      ...patience(machine, environment),
      ...variables,
    },
  });
}

/** What somebody has set there is left alone: it may say how long to wait. */
function patience({ variables }: Machine, { stacks }: DeployableEnvironment): Variables {
  if (!Object.values(stacks).some(({ backend }) => backend.type === 'pg')) return {};
  const unset = LOCKING.filter((variable) => variables[variable] === undefined);
  return Object.fromEntries(unset.map((variable) => [variable, PATIENCE]));
}

/** It cannot take two of these. */
function withoutParallelism(flags: readonly string[]): string[] {
  return flags.filter((flag, i) => !/^--parallelism(=|$)/.test(flag) && flags[i - 1] !== '--parallelism');
}
