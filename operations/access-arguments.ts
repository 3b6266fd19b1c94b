import type { ParameterValue, RequestDetails } from '../policies/conditions';
import { DIALECT_NAMES, type DialectName } from '../policies/dialect';
import { didYouMean } from '../policies/nearest-name';
import { OPERATIONS, type Operation } from '../policies/operation';
import { parsedFlags } from './flags';
import { mistakesOf } from './mistakes';

const FORMATS = ['text', 'markdown', 'json', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export function accessUsage(): string {
  return `usage: npm run access -- [command] [flags]

  (none)                               who can do what, over all environments
  who <path>                           who can do what with a path or a secret
  can <identity> <operation> <path>    whether somebody can, and which rule decides; ends with 0 or 1
              --wrap-ttl SECONDS                 of a request whose answer is wrapped
              --parameter NAME=VALUE             that the request carries
              --policy FILE                      instead of an identity: a token with these alone, HCL or JSON
  diff <base> [<head>]                 who gains or loses what; folders of synths, or git revisions
                                       head is the working tree where it is left out; of two revisions it
                                       counts from the commit where the head's branch began
              --fail-on broadening               ends with 3 where somebody gains something, new ones too

  --environment <platform>-<environment>  only this one
  --synth FOLDER                          a synth that is there, of any cdktf project, or a folder of .hcl files
  --dialect ${DIALECT_NAMES.join('|')}      where the stacks do not tell the server
  --format ${FORMATS.join('|')}              html for the matrix alone, markdown for it and diff
  --output FILE                           instead of the terminal

  npm run access -- can django-crm read bizosaas/platform/database --environment bizosaas-production
`;
}

/** What was typed, taken apart. */
export type AccessArguments = AccessOptions &
  (
    | { readonly command: 'matrix' }
    | { readonly command: 'who'; readonly path: string }
    | {
        readonly command: 'can';
        /** None where policies are given as files. */
        readonly identity: string | undefined;
        readonly policies: readonly string[];
        readonly operation: Operation;
        readonly path: string;
        readonly details: RequestDetails;
      }
    | {
        readonly command: 'diff';
        readonly base: string;
        /** @default the working tree */
        readonly head: string | undefined;
        readonly failsOnBroadening: boolean;
      }
  );

export interface AccessOptions {
  readonly environment: string | undefined;
  readonly synth: string | undefined;
  readonly dialect: DialectName | undefined;
  readonly format: Format;
  readonly output: string | undefined;
}

const HELP_COMMAND = 'npm run access -- --help';
const { mistake, oneOf } = mistakesOf(HELP_COMMAND);

const COMMANDS = ['matrix', 'who', 'can', 'diff'] as const;

const FORMATS_OF: Readonly<Record<(typeof COMMANDS)[number], readonly Format[]>> = {
  matrix: FORMATS,
  who: ['text', 'json'],
  can: ['text', 'json'],
  diff: ['text', 'markdown', 'json'],
};

/** Which flags belong to one command alone. */
const OWN: Readonly<Record<string, (typeof COMMANDS)[number]>> = {
  'wrap-ttl': 'can',
  parameter: 'can',
  policy: 'can',
  'fail-on': 'diff',
};

/** @throws OperationError with exit code 2 on anything that is not in the usage */
export function accessArguments(args: readonly string[]): AccessArguments {
  const { values, positionals } = parsed(args);
  const [command = 'matrix', ...operands] = positionals;
  const known = COMMANDS.find((one) => one === command);
  if (!known)
    throw mistake(
      `'command' must be who, can or diff, or left out, got '${command}'`,
      didYouMean(command, COMMANDS, `see ${HELP_COMMAND}`),
    );
  for (const [flag, owner] of Object.entries(OWN)) {
    if (flag in values && owner !== known)
      throw mistake(`'--${flag}' must be used with '${owner}', got '${command}'`);
  }
  const format = oneOf('--format', values.format ?? 'text', FORMATS);
  if (!FORMATS_OF[known].includes(format)) {
    throw mistake(
      `'--format' must be one of ${FORMATS_OF[known].join(', ')} for '${known}', got '${format}'`,
    );
  }
  if (values.synth !== undefined && known === 'diff') {
    throw mistake(
      `'--synth' must not be used with 'diff', got '${values.synth}'`,
      'write both folders after diff',
    );
  }
  const options: AccessOptions = {
    environment: values.environment,
    synth: values.synth,
    dialect: values.dialect === undefined ? undefined : oneOf('--dialect', values.dialect, DIALECT_NAMES),
    format,
    output: values.output,
  };
  if (known === 'matrix') {
    count(operands, 0, 0, 'nothing');
    return { ...options, command: known };
  }
  if (known === 'who') {
    count(operands, 1, 1, 'one path');
    return { ...options, command: known, path: onePath(operands[0] as string) };
  }
  if (known === 'diff') {
    count(operands, 1, 2, 'a base, and a head or nothing');
    const failsOnBroadening = values['fail-on'] !== undefined;
    if (failsOnBroadening) oneOf('--fail-on', values['fail-on'] as string, ['broadening']);
    return { ...options, command: known, base: operands[0] as string, head: operands[1], failsOnBroadening };
  }
  const policies = values.policy ?? [];
  if (policies.length > 0) {
    count(operands, 2, 2, 'an operation and a path, since the policies are given');
    if (values.synth !== undefined || values.environment !== undefined) {
      const got = values.synth === undefined ? '--environment' : '--synth';
      throw mistake(`'--policy' must be used without '--synth' and '--environment', got '${got}' too`);
    }
  } else {
    count(operands, 3, 3, 'an identity, an operation and a path');
  }
  const [path, operation, identity] = [...operands].reverse() as [string, string, string | undefined];
  return {
    ...options,
    command: known,
    identity,
    policies,
    operation: operationNamed(operation),
    path: onePath(path),
    details: detailsOf(values['wrap-ttl'], values.parameter ?? []),
  };
}

function parsed(args: readonly string[]) {
  return parsedFlags(
    {
      args: [...args],
      allowPositionals: true,
      options: {
        environment: { type: 'string' },
        synth: { type: 'string' },
        dialect: { type: 'string' },
        format: { type: 'string' },
        output: { type: 'string' },
        policy: { type: 'string', multiple: true },
        'wrap-ttl': { type: 'string' },
        parameter: { type: 'string', multiple: true },
        'fail-on': { type: 'string' },
      },
    },
    HELP_COMMAND,
  );
}

/** Vault would take a `*` in a request for itself, and no rule for all that it matches decides alike. */
function onePath(path: string): string {
  if (path.endsWith('*') || path.split('/').includes('+')) {
    throw mistake(
      `'path' must be one path without wildcards, got '${path}'; npm run access has a row for each pattern`,
    );
  }
  return path;
}

function operationNamed(operation: string): Operation {
  if (operation === 'write')
    throw mistake("'operation' must be create or update, got 'write', which is both");
  return oneOf('operation', operation, OPERATIONS);
}

function detailsOf(wrapTtl: string | undefined, parameters: readonly string[]): RequestDetails {
  if (wrapTtl !== undefined && !/^[1-9]\d*$/.test(wrapTtl)) {
    throw mistake(`'--wrap-ttl' must be whole seconds, 1 at least, got '${wrapTtl}'`);
  }
  const entries = parameters.map((one): [string, ParameterValue] => {
    const at = one.indexOf('=');
    if (at < 1) throw mistake(`'--parameter' must be NAME=VALUE, got '${one}'`);
    return [one.slice(0, at).toLowerCase(), one.slice(at + 1)];
  });
  return {
    ...(wrapTtl !== undefined && { wrapTtl: Number(wrapTtl) }),
    ...(entries.length > 0 && { parameters: Object.fromEntries(entries) }),
  };
}

function count(operands: readonly string[], least: number, most: number, what: string): void {
  if (operands.length >= least && operands.length <= most) return;
  throw mistake(
    `'arguments' must be ${what}, got ${operands.length === 0 ? 'nothing' : operands.map((one) => `'${one}'`).join(' ')}`,
  );
}
