import { AgeHolders } from './age-holders';
import type { Holders } from './holders';
import { OperationError } from './operation-error';
import { PgpHolders } from './pgp-holders';
import { flagValues } from './vault-arguments';

/** Vault's own limit. */
const MOST_SHARES = 255;

/** What the first command of a ceremony says. */
export interface InitOptions {
  readonly shares: number;
  /** How many of them unseal. */
  readonly threshold: number;
  /** Those whom the shares are encrypted to; none where they are printed in clear, as somebody asked for by name. */
  readonly holders: Holders | undefined;
}

/** The flags of `init`, as typed. */
export interface InitFlags {
  readonly development: boolean;
  readonly shares: string | undefined;
  readonly threshold: string | undefined;
  readonly pgpKeys: readonly string[];
  readonly ageRecipients: readonly string[];
  readonly printInClear: boolean;
}

/** @throws OperationError with exit code 2 on a flag that there is not */
export function initFlags(flags: readonly string[]): InitFlags {
  const values = flagValues(flags, {
    development: { type: 'boolean', default: false },
    shares: { type: 'string' },
    threshold: { type: 'string' },
    'pgp-key': { type: 'string', multiple: true, default: [] },
    'age-recipient': { type: 'string', multiple: true, default: [] },
    'print-shares-in-clear': { type: 'boolean', default: false },
  });
  return {
    development: values.development,
    shares: values.shares,
    threshold: values.threshold,
    pgpKeys: values['pgp-key'],
    ageRecipients: values['age-recipient'],
    printInClear: values['print-shares-in-clear'],
  };
}

/**
 * Checks the flags of a ceremony, and reads the holders' keys.
 * @throws OperationError with exit code 2
 */
export async function initOptions(environment: string, flags: InitFlags, now: Date): Promise<InitOptions> {
  const { pgpKeys, ageRecipients, printInClear } = flags;
  const keys = pgpKeys.length + ageRecipients.length;
  const shares = count('shares', flags.shares, 5);
  const threshold = count('threshold', flags.threshold, Math.min(3, shares));
  if (threshold > shares) {
    throw refuse(
      `'--threshold' must be at most the number of shares, got ${threshold} of ${shares}; lower it`,
    );
  }
  if (shares > 1 && threshold === 1) {
    throw refuse(
      `'--threshold' must be at least 2 where there are several shares, got 1 of ${shares}; raise it`,
    );
  }
  if (Number(pgpKeys.length > 0) + Number(ageRecipients.length > 0) + Number(printInClear) > 1) {
    throw refuse(
      `the shares must go one way, got ${[
        ...(pgpKeys.length > 0 ? ['--pgp-key'] : []),
        ...(ageRecipients.length > 0 ? ['--age-recipient'] : []),
        ...(printInClear ? ['--print-shares-in-clear'] : []),
      ].join(' and ')}; give all holders keys of one kind`,
    );
  }
  if (printInClear) return { shares, threshold, holders: undefined };
  if (keys === 0) {
    throw refuse(
      `'--pgp-key' or '--age-recipient' must be given for each of the ${shares} holders, got none; write it as npm run vault -- init ${environment} --pgp-key alice.asc --pgp-key bob.asc …, or see all shares yourself with --print-shares-in-clear`,
    );
  }
  if (keys !== shares) {
    throw refuse(
      `'--${pgpKeys.length > 0 ? 'pgp-key' : 'age-recipient'}' must be given once for each of the ${shares} shares, got ${keys}; add the others, or set --shares and --threshold`,
    );
  }
  const holders = pgpKeys.length > 0 ? PgpHolders.read(pgpKeys, now) : await AgeHolders.read(ageRecipients);
  return { shares, threshold, holders };
}

function count(flag: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= MOST_SHARES) return number;
  throw refuse(`'--${flag}' must be a number from 1 to ${MOST_SHARES}, got '${text}'; correct it`);
}

function refuse(problem: string): OperationError {
  return new OperationError([problem], 2);
}
