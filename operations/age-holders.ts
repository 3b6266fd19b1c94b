import * as fs from 'node:fs';
import { type EncryptedShare, type Holders, holderName, refuseSameHolder } from './holders';
import { OperationError } from './operation-error';

interface AgeHolder {
  readonly name: string;
  /** Several where a holder has several devices: each of them can decrypt. */
  readonly recipients: readonly string[];
}

/** Holders with age keys. The server gives the shares in clear to this process, which encrypts them at once. */
export class AgeHolders implements Holders {
  public readonly serverKeys = undefined;

  private constructor(private readonly holders: readonly AgeHolder[]) {}

  /**
   * @param sources recipients, or files of them
   * @throws OperationError where nothing could be encrypted to one of them: there is no second chance later
   */
  public static async read(sources: readonly string[]): Promise<AgeHolders> {
    const holders: AgeHolder[] = [];
    for (const source of sources) holders.push(await readHolder(source));
    refuseSameHolder(
      'age-recipient',
      holders.flatMap(({ recipients }) => recipients),
    );
    return new AgeHolders(holders);
  }

  public get count(): number {
    return this.holders.length;
  }

  public async encrypt(shares: readonly string[]): Promise<readonly EncryptedShare[]> {
    return Promise.all(
      this.holders.map(async ({ name, recipients }, i) => ({
        fileName: `${i + 1}-${name}.age`,
        content: await encryptTo(recipients, shares[i] as string),
        holder: recipients.join(', '),
      })),
    );
  }
}

async function readHolder(source: string): Promise<AgeHolder> {
  const isRecipient = /^age1[a-z0-9]+$/.test(source);
  const refuse = (got: string, remedy: string) =>
    new OperationError([`'--age-recipient' must be a recipient or a file of them, got ${got}; ${remedy}`], 2);
  const example = 'age-keygen -y <key file> shows the recipient of a key';
  const refuseSecret = (text: string) => {
    // Nothing is quoted: it may be the key itself.
    if (/AGE-SECRET-KEY-/i.test(text)) throw refuse('a secret key', `remove it from here; ${example}`);
  };
  refuseSecret(source);
  let text = source;
  try {
    if (!isRecipient) text = fs.readFileSync(source, 'utf8');
  } catch (error) {
    throw refuse(`'${source}', which cannot be read (${(error as NodeJS.ErrnoException).code})`, example);
  }
  refuseSecret(text);
  const recipients = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (recipients.length === 0) throw refuse(`'${source}', which has none`, example);
  try {
    await encryptTo(recipients, 'a rehearsal');
  } catch {
    throw refuse(`'${source}', to which nothing can be encrypted`, `${example}: it begins with age1`);
  }
  return { name: holderName(isRecipient ? source.slice(0, 16) : source), recipients };
}

async function encryptTo(recipients: readonly string[], text: string): Promise<string> {
  const { armor, Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return `${armor.encode(await encrypter.encrypt(text)).trimEnd()}\n`;
}
