import type { ParseArgsConfig } from 'node:util';
import { parsedFlags } from './flags';
import { OperationError } from './operation-error';

const SUBCOMMANDS = ['init', 'unseal', 'root', 'operator', 'policy', 'status'] as const;
export type Subcommand = (typeof SUBCOMMANDS)[number];

export function usage(): string {
  return `usage: npm run vault -- <command> <platform>-<environment> [flags]

  init      the key ceremony, once: shares for the holders, audit, operators; the root token is revoked
              --pgp-key FILE | --age-recipient RECIPIENT|FILE   once for each holder
              --shares 5 --threshold 3                          how many there are, how many unseal
              --print-shares-in-clear                           instead of keys: you see all of them
              --development                                     one share, kept in credentials/, also to unseal again
  unseal    takes the shares of the holders, one after another
  status    shows the nodes, and ends as vault status does: 0 unsealed, 2 sealed, 1 no answer
              --json
  operator  from a quorum: brings policy and operators in line, prints a token for VAULT_TOKEN
              --new-password USER                               of an operator who has one
              --restart                                         cancels what somebody else has begun
  root      from a quorum: runs a command with a root token, and revokes it; it ends within an hour anyway
              -- COMMAND                                        a shell without one
              --restart
  policy    prints the policy that an operator needs, for the administrator of somebody else's server

  export VAULT_TOKEN=$(npm run --silent vault -- operator bizosaas-production)
`;
}

/** What was typed, taken apart. */
export interface VaultArguments {
  readonly subcommand: Subcommand;
  /** Where there is one. */
  readonly environment: string | undefined;
  readonly flags: readonly string[];
  /** What comes after `--`. */
  readonly command: readonly string[];
}

/** @throws OperationError with exit code 2 on a command that there is not */
export function vaultArguments(args: readonly string[]): VaultArguments {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const [subcommand, environment, ...flags] = args.slice(0, end);
  const known = SUBCOMMANDS.find((one) => one === subcommand);
  if (!known) {
    const got = subcommand === undefined ? 'nothing' : `'${subcommand}'`;
    throw new OperationError(
      [`'command' must be one of ${SUBCOMMANDS.join(', ')}, got ${got}; see npm run vault -- --help`],
      2,
    );
  }
  return { subcommand: known, environment, flags, command: args.slice(end + 1) };
}

/**
 * The values of flags.
 * @throws OperationError with exit code 2 on one that there is not
 */
export function flagValues<Options extends NonNullable<ParseArgsConfig['options']>>(
  flags: readonly string[],
  options: Options,
) {
  return parsedFlags({ args: [...flags], options }, 'npm run vault -- --help').values;
}
