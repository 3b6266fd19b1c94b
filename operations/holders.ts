import * as path from 'node:path';
import { OperationError } from './operation-error';

/** A share that only its holder can read. */
export interface EncryptedShare {
  /** Such as `1-alice.asc`. */
  readonly fileName: string;
  readonly content: string;
  /** Who can decrypt it, as people compare it: a fingerprint, or a recipient. */
  readonly holder: string;
}

/** Those whom the shares of a server are encrypted to, in the order of the shares. */
export interface Holders {
  /** How many. */
  readonly count: number;
  /** Keys for the server, which then gives each share encrypted; none where it gives them in clear. */
  readonly serverKeys: readonly string[] | undefined;
  /** @param shares as the server gave them, in base64 */
  encrypt(shares: readonly string[]): Promise<readonly EncryptedShare[]>;
}

/** The part of a share's name that tells whose it is. */
export function holderName(source: string): string {
  const name = path.parse(source).name.replace(/[^A-Za-z0-9_-]+/g, '-');
  return name.replace(/^-+|-+$/g, '').slice(0, 40) || 'holder';
}

/** Two shares for one key would make one person two. */
export function refuseSameHolder(flag: string, holders: readonly string[]): void {
  const twice = holders.find((holder, i) => holders.indexOf(holder) !== i);
  if (twice === undefined) return;
  throw new OperationError(
    [`'--${flag}' must name each holder once, got ${twice} twice; give every holder a key of their own`],
    2,
  );
}
