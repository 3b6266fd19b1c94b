import type { Verb } from './arguments';
import type { DeployableEnvironment, Part } from './environments';
import { lockPatience } from './lock-patience';
import type { Machine, Variables } from './machine';
import { STRAY_TERRAFORM_VARIABLES, STRAY_VAULT_VARIABLES } from './stray-variables';

const PROGRAM = 'node_modules/.bin/cdktf';

/**
 * For some stacks of an environment. The CDKTF command line refuses a stack without what it depends on; told not to, it
 * forgets dependencies altogether and deploys everything at once, unless it may only do one after another: then it
 * goes by the order of the names.
 */
const PARTIAL = ['--ignore-missing-stack-dependencies', '--parallelism', '1'];

/** Terraform's commands that the CDKTF command line runs and that lock a state. */
const LOCKING = ['apply', 'destroy'];

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
      ...lockPatience(machine, environment, LOCKING),
      ...variables,
    },
  });
}

/** It cannot take two of these. */
function withoutParallelism(flags: readonly string[]): string[] {
  return flags.filter((flag, i) => !/^--parallelism(=|$)/.test(flag) && flags[i - 1] !== '--parallelism');
}
