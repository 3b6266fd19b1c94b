import type { Verb } from './arguments';
import type { DeployableEnvironment } from './environments';
import type { Machine, Variables } from './machine';

const PROGRAM = 'node_modules/.bin/cdktf';

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

/**
 * Runs the project's CDKTF command line on all stacks of an environment. They are named one by one: a pattern
 * would also find those of a platform whose name begins with this environment's.
 *
 * @returns its exit code
 */
export function cdktf(
  machine: Machine,
  verb: Verb,
  environment: DeployableEnvironment,
  flags: readonly string[],
  variables: Variables = {},
): Promise<number> {
  return machine.attach(PROGRAM, [verb, ...environment.stackNames, '--skip-synth', ...flags], { variables });
}
