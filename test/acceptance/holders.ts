import * as fs from 'node:fs';
import * as path from 'node:path';
import { attempt, run } from './command';
import { shownRecipients } from './readme-commands';
import { temporaryFolder } from './state-store';

/** Those who hold shares of a server's key, with keys of their own that nobody else has. */
export interface Holders {
  /** How the ceremony is told of them, where not as in the README. */
  readonly flags?: string;
  /** Decrypts one share by the key of its holder. */
  open(file: string): Promise<string>;
  remove(): Promise<void>;
}

/** Holders of age keys, by the names of the README; their recipients are in the project, their keys are not. */
export async function ageHolders(project: string): Promise<Holders> {
  const keys = temporaryFolder('holders');
  for (const file of shownRecipients()) {
    const key = await newAgeKey();
    fs.writeFileSync(path.join(keys, path.parse(file).name), key.identity, { mode: 0o600 });
    fs.writeFileSync(path.join(project, file), `# ${path.parse(file).name}\n${key.recipient}\n`);
  }
  return {
    open: (file) => {
      const [, name = ''] = /^\d+-(.+)\.age$/.exec(path.basename(file)) ?? [];
      return openAge(file, path.join(keys, name));
    },
    remove: async () => fs.rmSync(keys, { recursive: true, force: true }),
  };
}

/** Holders of PGP keys, in a keyring of their own. */
export async function pgpHolders(project: string): Promise<Holders> {
  const home = temporaryFolder('holders');
  const gpg = (...args: string[]) =>
    run('gpg', ['--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '', ...args], {
      env: { GNUPGHOME: home },
    });
  const files: string[] = [];
  for (const name of ['ada', 'ben', 'cy', 'dee', 'eve']) {
    await gpg('--quick-generate-key', `${name} <${name}@holders.example>`, 'default', 'default', 'never');
    fs.writeFileSync(
      path.join(project, `${name}.asc`),
      await gpg('--armor', '--export', `${name}@holders.example`),
    );
    files.push(`${name}.asc`);
  }
  return {
    flags: files.map((file) => `--pgp-key ${file}`).join(' '),
    open: (file) => gpg('--decrypt', file),
    remove: async () => {
      // An agent that keeps the keys in its memory, and the folder in use.
      await attempt('gpgconf', ['--kill', 'all'], { env: { GNUPGHOME: home } });
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

interface AgeKey {
  readonly identity: string;
  readonly recipient: string;
}

/** By the program that holders use, where it is there. */
async function newAgeKey(): Promise<AgeKey> {
  if (hasProgram('age-keygen')) {
    const identity = await run('age-keygen', []);
    const [, recipient = ''] = /public key: (\S+)/.exec(identity) ?? [];
    return { identity, recipient };
  }
  const { generateIdentity, identityToRecipient } = await import('age-encryption');
  const identity = await generateIdentity();
  return { identity: `${identity}\n`, recipient: await identityToRecipient(identity) };
}

async function openAge(file: string, key: string): Promise<string> {
  if (hasProgram('age')) return run('age', ['--decrypt', '--identity', key, file]);
  const { armor, Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(fs.readFileSync(key, 'utf8').trim());
  return decrypter.decrypt(armor.decode(fs.readFileSync(file, 'utf8')), 'text');
}

/** Whether a program is on the path. */
export function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => fs.existsSync(path.join(folder, name)));
}
