import * as fs from 'node:fs';
import { type EncryptedShare, type Holders, holderName, refuseSameHolder } from './holders';
import { armor, dearmor } from './openpgp-armor';
import { OpenPgpKey } from './openpgp-key';
import { OperationError } from './operation-error';

interface PgpHolder {
  readonly name: string;
  readonly key: Buffer;
  readonly fingerprint: string;
}

/** Holders with PGP keys. The server encrypts, so that nobody else ever sees a share in clear. */
export class PgpHolders implements Holders {
  private constructor(private readonly holders: readonly PgpHolder[]) {}

  /**
   * @param files with one public key each, armored or not
   * @throws OperationError where the server could not encrypt to a key: it would find that out in the middle of its
   * initialisation, and its raft storage would be unusable
   */
  public static read(files: readonly string[], now: Date): PgpHolders {
    const holders = files.map((file) => readHolder(file, now));
    refuseSameHolder(
      'pgp-key',
      holders.map(({ fingerprint }) => fingerprint),
    );
    return new PgpHolders(holders);
  }

  public get count(): number {
    return this.holders.length;
  }

  public get serverKeys(): readonly string[] {
    return this.holders.map(({ key }) => key.toString('base64'));
  }

  public async encrypt(shares: readonly string[]): Promise<readonly EncryptedShare[]> {
    return this.holders.map(({ name, fingerprint }, i) => ({
      fileName: `${i + 1}-${name}.asc`,
      content: armor({ name: 'PGP MESSAGE', bytes: Buffer.from(shares[i] as string, 'base64') }),
      holder: fingerprint,
    }));
  }
}

function readHolder(file: string, now: Date): PgpHolder {
  const refuse = (got: string, remedy: string) =>
    new OperationError(
      [`'--pgp-key' must be a file with one public key, got '${file}', ${got}; ${remedy}`],
      2,
    );
  const example = 'export it with gpg --armor --export <holder>';
  let content: Buffer;
  try {
    content = fs.readFileSync(file);
  } catch (error) {
    throw refuse(`which cannot be read (${(error as NodeJS.ErrnoException).code})`, example);
  }
  const text = content.toString('latin1');
  const armored = dearmor(text);
  const bytes = armored?.bytes ?? content;
  // Of several blocks the first alone would be taken, and somebody would wait for a share in vain.
  const isOne = (text.match(/^-----BEGIN PGP /gm) ?? []).length <= 1;
  const key = isOne ? OpenPgpKey.parse(bytes) : undefined;
  if (/^-----BEGIN PGP PRIVATE/m.test(text) || key?.isSecret)
    throw refuse('which holds a private key', `remove it from here, and ${example}`);
  if (!key) throw refuse('which holds none, several, or a damaged one', example);
  const problem = key.encryptionProblem(now);
  if (problem) throw refuse(`which ${problem}`, 'ask its holder for another one');
  return { name: holderName(file), key: bytes, fingerprint: key.fingerprint };
}
