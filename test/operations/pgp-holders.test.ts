import * as fs from 'node:fs';
import * as path from 'node:path';
import { armor, dearmor } from '../../operations/openpgp-armor';
import { OpenPgpKey } from '../../operations/openpgp-key';
import { PgpHolders } from '../../operations/pgp-holders';
import { temporaryFolder } from './fakes';
import { MADE, pgpKey, secretPgpKey } from './openpgp-maker';

const folder = temporaryFolder();
const now = new Date((MADE + 1000) * 1000);
const keyOf = (name: string) => pgpKey({}, [{ older: [{ flags: name.charCodeAt(0) }] }]);
const alice = pgpKey();
const bob = pgpKey({ algorithm: 27 });

function file(name: string, content: string | Buffer): string {
  const place = path.join(folder, name);
  fs.writeFileSync(place, content);
  return place;
}
const armored = (bytes: Buffer, kind = 'PUBLIC') => armor({ name: `PGP ${kind} KEY BLOCK`, bytes });

test('gives the server the keys in binary, armored or not, in the order of the shares', () => {
  const holders = PgpHolders.read([file('alice.asc', armored(alice)), file('bob.gpg', bob)], now);
  expect(holders.count).toBe(2);
  expect(holders.serverKeys).toEqual([alice.toString('base64'), bob.toString('base64')]);
});

test('keeps what the server encrypted, so that gpg reads it', async () => {
  const holders = PgpHolders.read([file('alice.asc', armored(alice)), file('bob.gpg', bob)], now);
  const shares = await holders.encrypt(
    [Buffer.from('for alice'), Buffer.from('for bob')].map((one) => one.toString('base64')),
  );
  expect(shares.map(({ fileName, holder }) => [fileName, holder])).toEqual([
    ['1-alice.asc', OpenPgpKey.parse(alice)?.fingerprint],
    ['2-bob.asc', OpenPgpKey.parse(bob)?.fingerprint],
  ]);
  expect(shares.map(({ content }) => dearmor(content))).toEqual([
    { name: 'PGP MESSAGE', bytes: Buffer.from('for alice') },
    { name: 'PGP MESSAGE', bytes: Buffer.from('for bob') },
  ]);
});

test.each([
  [
    'a secret key',
    'key.gpg',
    secretPgpKey(),
    'which holds a private key; remove it from here, and export it',
  ],
  ['an armored secret key', 'key.asc', armored(alice, 'PRIVATE'), 'which holds a private key'],
  ['a damaged key', 'key.asc', armored(alice).slice(0, 99), 'which holds none, several, or a damaged one'],
  ['several keys', 'key.gpg', Buffer.concat([alice, bob]), 'which holds none, several, or a damaged one'],
  [
    'two armored keys one after the other',
    'key.asc',
    `${armored(alice)}${armored(bob)}`,
    'which holds none, several, or a damaged one',
  ],
  [
    'a secret key after the public one',
    'key.asc',
    `${armored(alice)}${armored(alice, 'PRIVATE')}`,
    'which holds a private key',
  ],
  [
    'a key that ended',
    'key.gpg',
    pgpKey({ lifetime: 1000 }),
    'which has expired; ask its holder for another one',
  ],
  ['a key that signs', 'key.gpg', pgpKey({}, []), 'which can sign and not encrypt'],
])('fails with %s, before the server sees it', (_what, name, content, got) => {
  const place = file(name, content);
  expect(() => PgpHolders.read([place], now)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringContaining(`got '${place}', ${got}`) }),
  );
});

test('fails with a file that is not there', () => {
  expect(() => PgpHolders.read([path.join(folder, 'nobody.asc')], now)).toThrow(
    /which cannot be read \(ENOENT\); export it with gpg --armor --export <holder>$/,
  );
});

test('fails with one key for two holders, whatever its file is called', () => {
  const files = [file('alice.asc', armored(alice)), file('again.gpg', keyOf('a'))];
  expect(() => PgpHolders.read(files, now)).toThrow(/must name each holder once, got [0-9A-F]{40} twice/);
});
