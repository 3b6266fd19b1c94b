import type { DeployableEnvironment, Environments } from './environments';
import { nearestName } from './nearest-name';
import { OperationError } from './operation-error';

export type Verb = 'deploy' | 'destroy';

const MORE: Readonly<Record<Verb, string>> = {
  deploy: `It stops where a person comes next, as with a server that has to be unsealed, exits with 3 and says with which
command, after next: on a line of its own. Then deploy again: what is there already stays as it is.`,
  destroy: `Staging and production keep volumes, mounts and secrets until cdktf.json allows to destroy them.`,
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
 * The environment that the first argument names. The others are flags for the CDKTF command line.
 *
 * @param command as in `npm run <command>`
 */
export function environmentOf(
  args: readonly string[],
  known: Environments,
  command: string,
): DeployableEnvironment {
  const [name, second] = args;
  if (name === undefined || !known.names.includes(name)) {
    const got = name === undefined ? 'nothing' : `'${name}'`;
    const nearest = name && nearestName(name, known.names);
    const remedy = nearest
      ? `did you mean npm run ${command} -- ${nearest}`
      : `name it first, as in npm run ${command} -- ${known.names[0]}`;
    throw new OperationError(
      [`'environment' must be one of ${known.names.join(', ')}, got ${got}; ${remedy}`],
      2,
    );
  }
  if (second !== undefined && !second.startsWith('-')) {
    throw new OperationError(
      [
        `'environment' must be a single one, got '${second}' too; name one after the other, and write flags with --`,
      ],
      2,
    );
  }
  return known.get(name);
}
