import * as fs from 'node:fs';
import * as path from 'node:path';
import { handOut } from '../../operations/hand-out';
import { ShareFolder } from '../../operations/share-folder';
import { temporaryFolder } from './fakes';

const SECRETS = { kind: 'unseal', shares: ['share one', 'share two'], rootToken: 'unused' } as const;
const holders = {
  count: 2,
  serverKeys: undefined,
  encrypt: async (shares: readonly string[]) =>
    shares.map((share, i) => ({
      fileName: `${i + 1}-holder.age`,
      content: `(${share.length})`,
      holder: `holder ${i + 1}`,
    })),
};

function hands() {
  const project = temporaryFolder();
  const said: string[] = [];
  return {
    project,
    said,
    folder: new ShareFolder(project, 'shop-production'),
    say: (line: string) => said.push(line),
  };
}

test('writes encrypted shares and says whose they are', async () => {
  const { project, said, folder, say } = hands();
  folder.prepare();
  expect(await handOut(SECRETS, { shares: 2, threshold: 2, holders }, folder, say)).toEqual({
    place: 'the encrypted shares are in shares/shop-production',
    isSafe: true,
  });
  expect(said).toEqual([
    'initialised: 2 shares, any 2 of which unseal',
    '  shares/shop-production/1-holder.age for holder 1',
    '  shares/shop-production/2-holder.age for holder 2',
    'give each holder theirs; take a file away from here when its holder has decrypted it once',
  ]);
  expect(fs.readFileSync(path.join(project, 'shares/shop-production/1-holder.age'), 'utf8')).toBe('(9)');
});

test.each([
  ['unseal', ['share one'], 'initialised: one share, to unseal'],
  [
    'recovery',
    ['share one', 'share two'],
    'initialised: 2 shares, any 2 of which make a root token; the server unseals by itself',
  ],
] as const)(
  'says what shares of %s are for, and shows them where nobody has keys',
  async (kind, shares, first) => {
    const { project, said, folder, say } = hands();
    const options = { shares: shares.length, threshold: shares.length, holders: undefined };
    const { isSafe } = await handOut({ kind, shares, rootToken: 'unused' }, options, folder, say);
    expect(isSafe).toBe(true);
    expect(said.slice(0, 2)).toEqual([first, 'share 1: share one']);
    expect(fs.readdirSync(project)).toEqual([]);
  },
);

test('shows the encrypted shares, and no other, where they cannot be written', async () => {
  const { said, folder, say } = hands();
  const { place, isSafe } = await handOut(SECRETS, { shares: 2, threshold: 2, holders }, folder, say);
  expect({ place, isSafe }).toEqual({ place: 'the encrypted shares are those above', isSafe: false });
  expect(said.slice(1)).toEqual([
    "error: 'shares/shop-production' must take the shares, got ENOENT; keep these instead, encrypted to their holders",
    '1-holder.age\n(9)',
    '2-holder.age\n(9)',
  ]);
});
