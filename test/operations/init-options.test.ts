import * as fs from 'node:fs';
import * as path from 'node:path';
import { initFlags, initOptions } from '../../operations/init-options';
import { temporaryFolder } from './fakes';
import { MADE, pgpKey } from './openpgp-maker';

const NOW = new Date((MADE + 1000) * 1000);
const folder = temporaryFolder();

/** Files with a key each. */
const keys = Array.from({ length: 5 }, (_, i) => {
  const file = path.join(folder, `holder-${i}.gpg`);
  fs.writeFileSync(file, pgpKey({ algorithm: i }));
  return file;
});
const pgp = (count: number) => keys.slice(0, count).flatMap((file) => ['--pgp-key', file]);
const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

const options = (...args: readonly string[]) => initOptions('shop-production', initFlags(args), NOW);

test('is five holders, three of whom unseal', async () => {
  const { shares, threshold, holders } = await options(...pgp(5));
  expect([shares, threshold, holders?.count]).toEqual([5, 3, 5]);
});

test.each([
  [1, 1, ['--shares', '1']],
  [2, 2, ['--shares', '2']],
  [4, 3, ['--shares', '4']],
  [255, 3, ['--shares', '255']],
  [5, 2, ['--threshold', '2']],
  [5, 5, ['--threshold=5']],
])('is %d shares and a threshold of %d with %j', async (shares, threshold, args) => {
  expect(await options('--print-shares-in-clear', ...args)).toEqual({
    shares,
    threshold,
    holders: undefined,
  });
});

test.each([
  [['--shares', '0'], "'--shares' must be a number from 1 to 255, got '0'; correct it"],
  [['--shares', '256'], "'--shares' must be a number from 1 to 255, got '256'; correct it"],
  [['--shares', '1.5'], "'--shares' must be a number from 1 to 255, got '1.5'; correct it"],
  [['--threshold', 'three'], "'--threshold' must be a number from 1 to 255, got 'three'; correct it"],
  [
    ['--shares', '2', '--threshold', '3'],
    "'--threshold' must be at most the number of shares, got 3 of 2; lower it",
  ],
  [
    ['--threshold', '1'],
    "'--threshold' must be at least 2 where there are several shares, got 1 of 5; raise it",
  ],
  [
    [],
    "'--pgp-key' or '--age-recipient' must be given for each of the 5 holders, got none; write it as npm run vault -- init shop-production --pgp-key alice.asc --pgp-key bob.asc …, or see all shares yourself with --print-shares-in-clear",
  ],
  [
    pgp(3),
    "'--pgp-key' must be given once for each of the 5 shares, got 3; add the others, or set --shares and --threshold",
  ],
  [
    ['--age-recipient', RECIPIENT],
    "'--age-recipient' must be given once for each of the 5 shares, got 1; add the others, or set --shares and --threshold",
  ],
  [
    [...pgp(4), '--age-recipient', RECIPIENT],
    'the shares must go one way, got --pgp-key and --age-recipient; give all holders keys of one kind',
  ],
  [
    [...pgp(5), '--print-shares-in-clear'],
    'the shares must go one way, got --pgp-key and --print-shares-in-clear; give all holders keys of one kind',
  ],
])('fails with %j', async (args, problem) => {
  await expect(options(...args)).rejects.toMatchObject({ exitCode: 2, problems: [problem] });
});

test('fails with a key that the server could not encrypt to', async () => {
  const file = path.join(folder, 'signer.gpg');
  fs.writeFileSync(file, pgpKey({}, []));
  await expect(options('--shares', '1', '--pgp-key', file)).rejects.toThrow('which can sign and not encrypt');
});
