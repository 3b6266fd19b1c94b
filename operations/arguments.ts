import type { DeployableEnvironment, Environments } from './environments';
import { OperationError } from './operation-error';

export type Verb = 'deploy' | 'destroy';

export function usage(verb: Verb): string {
  return `usage: npm run ${verb} -- <platform>-<environment> [flags of cdktf ${verb}]

  npm run ${verb} -- bizosaas-development
  npm run ${verb} -- bizosaas-development --auto-approve

What there is to ${verb} is listed by npm run synth, the flags by npx cdktf ${verb} --help.
`;
}

export function asksForHelp(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--help' || arg === '-h');
}

/** The environment that the first argument names. The others are flags for the CDKTF command line. */
export function environmentOf(
  args: readonly string[],
  known: Environments,
  verb: Verb | 'certificates',
): DeployableEnvironment {
  const [name, second] = args;
  if (name === undefined || !known.names.includes(name)) {
    const got = name === undefined ? 'nothing' : `'${name}'`;
    throw new OperationError(
      [
        `'environment' must be one of ${known.names.join(', ')}, got ${got}; name it first, as in npm run ${verb} -- ${known.names[0]}`,
      ],
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
