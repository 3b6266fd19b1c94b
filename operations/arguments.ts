import { refuseUnknownFlags } from './cdktf-flags';
import { environmentNamed } from './environment-name';
import type { DeployableEnvironment, Environments } from './environments';

export type Verb = 'deploy' | 'destroy';

const MORE: Readonly<Record<Verb, string>> = {
  deploy: `  npm run deploy -- bizosaas-production --plan-digest sha256:…

With --plan-digest, which may be there several times, the plans that were reviewed are applied, in place of cdktf's
deploy: npm run plan prints their digests. Plans are made anew first. Where one does something and is none of these,
nothing is applied and the exit code is 4; an empty one needs no digest. A digest is an approval of what is done, so
--auto-approve is not needed beside it.

It stops where a person comes next, as with a server that has to be unsealed, exits with 3 and says with which
command, after next: on a line of its own. Then deploy again: what is there already stays as it is.`,
  destroy: `
Staging and production keep volumes, mounts and secrets until cdktf.json allows to destroy them.`,
};

export function usage(verb: Verb): string {
  return `usage: npm run ${verb} -- <platform>-<environment> [flags of cdktf ${verb}]

  npm run ${verb} -- bizosaas-development
  npm run ${verb} -- bizosaas-development --auto-approve
${MORE[verb]}
What there is to ${verb} is listed by npm run synth, the flags by npx cdktf ${verb} --help.
`;
}

export function asksForHelp(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--help' || arg === '-h');
}

/**
 * The environment that the first argument names. The others are flags.
 *
 * @param command as in `npm run <command>`
 */
export function environmentOf(
  args: readonly string[],
  known: Environments,
  command: string,
): DeployableEnvironment {
  return environmentNamed(args[0], known, `npm run ${command} --`);
}

/**
 * The environment that the first argument names, and the flags for the CDKTF command line.
 *
 * @throws OperationError with exit code 2 on a flag that it does not have
 */
export function environmentAndFlags(
  args: readonly string[],
  known: Environments,
  verb: Verb,
): { readonly environment: DeployableEnvironment; readonly flags: readonly string[] } {
  const environment = environmentOf(args, known, verb);
  const flags = args.slice(1);
  refuseUnknownFlags(flags, verb);
  return { environment, flags };
}
