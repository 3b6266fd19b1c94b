import * as fs from 'node:fs';
import * as path from 'node:path';
import { AgeHolders } from '../../operations/age-holders';
import { temporaryFolder } from './fakes';

const folder = temporaryFolder();

interface Person {
  readonly identity: string;
  readonly recipient: string;
}

async function person(): Promise<Person> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

async function decrypt(content: string, { identity }: Person): Promise<string> {
  const { armor, Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(content), 'text');
}

function file(name: string, content: string): string {
  const place = path.join(folder, name);
  fs.writeFileSync(place, content);
  return place;
}

test('encrypts each share to its holder alone', async () => {
  const [alice, bob] = [await person(), await person()];
  const holders = await AgeHolders.read([alice.recipient, file('bob.txt', `# of bob\n\n${bob.recipient}\n`)]);
  expect({ count: holders.count, keys: holders.serverKeys }).toEqual({ count: 2, keys: undefined });
  const shares = await holders.encrypt(['for alice', 'for bob']);
  expect(shares.map(({ fileName, holder }) => [fileName, holder])).toEqual([
    [`1-${alice.recipient.slice(0, 16)}.age`, alice.recipient],
    ['2-bob.age', bob.recipient],
  ]);
  const [first = '', second = ''] = shares.map(({ content }) => content);
  expect(first).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n[\s\S]+-----END AGE ENCRYPTED FILE-----\n$/);
  expect(first + second).not.toContain('for alice');
  expect(await decrypt(first, alice)).toBe('for alice');
  expect(await decrypt(second, bob)).toBe('for bob');
  await expect(decrypt(first, bob)).rejects.toThrow();
});

test('a holder may have several devices', async () => {
  const [laptop, phone] = [await person(), await person()];
  const holders = await AgeHolders.read([file('alice.txt', `${laptop.recipient}\n${phone.recipient}\n`)]);
  const [share] = await holders.encrypt(['for alice']);
  for (const device of [laptop, phone]) expect(await decrypt(share?.content ?? '', device)).toBe('for alice');
});

test('fails with one recipient for two holders', async () => {
  const { recipient } = await person();
  await expect(AgeHolders.read([recipient, file('alice.txt', recipient)])).rejects.toThrow(
    `'--age-recipient' must name each holder once, got ${recipient} twice`,
  );
});

test.each([
  ['on the command line', (identity: string) => identity],
  ['in a file', (identity: string) => file('key.txt', `# created\n${identity}\n`)],
])('fails with a secret key %s, without a word of it', async (_where, sourceOf) => {
  const { identity } = await person();
  const failure = await AgeHolders.read([sourceOf(identity)]).catch((error: Error) => error);
  expect(failure).toMatchObject({
    exitCode: 2,
    message:
      "error: '--age-recipient' must be a recipient or a file of them, got a secret key; remove it from here; age-keygen -y <key file> shows the recipient of a key",
  });
});

test.each([
  ['no such file', 'nobody.txt', 'which cannot be read (ENOENT)'],
  ['a file of comments', file('empty.txt', '# nobody\n'), 'which has none'],
  ['a key of ssh', file('ssh.txt', 'ssh-ed25519 AAAA alice'), 'to which nothing can be encrypted'],
  ['a mistyped recipient', 'age1mistyped', 'to which nothing can be encrypted'],
])('fails with %s', async (_what, source, got) => {
  await expect(AgeHolders.read([source])).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(`got '${source}', ${got}; age-keygen -y <key file>`),
  });
});
