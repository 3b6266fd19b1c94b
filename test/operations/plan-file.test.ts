import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { planInFile } from '../../operations/plan-file';
import { temporaryFolder } from './fakes';

const PLAN = JSON.stringify({ format_version: '1.2', configuration: {} });

test('a plan is read from its file, named from a folder', () => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'shop.json'), PLAN);
  fs.symlinkSync('shop.json', path.join(folder, 'link.json'));
  for (const file of ['shop.json', 'link.json', path.join(folder, 'shop.json')]) {
    expect(planInFile({ stack: 'shop', file }, folder)).toMatchObject({
      stack: 'shop',
      file,
      plan: { format_version: '1.2' },
    });
  }
});

const REGULAR = "write what 'terraform show -json' prints to a file";

test.each<[string, (file: string) => void, string]>([
  [
    'a folder',
    (file) => fs.mkdirSync(file),
    `must be a regular file, got 'shop.json', which is a folder; ${REGULAR}`,
  ],
  [
    'a pipe, which it would wait for without an end',
    (file) => void execFileSync('mkfifo', [file]),
    `must be a regular file, got 'shop.json', which is a pipe; ${REGULAR}`,
  ],
  [
    'a device',
    (file) => fs.symlinkSync('/dev/zero', file),
    `must be a regular file, got 'shop.json', which is a device; ${REGULAR}`,
  ],
  [
    'what is larger than any plan',
    (file) => {
      fs.writeFileSync(file, '');
      fs.truncateSync(file, 256 * 2 ** 20 + 1);
    },
    "must be a file of 256 MB at most, got 'shop.json' with 257 MB; name what 'terraform show -json' wrote",
  ],
  [
    'nothing',
    () => {},
    "must be a file that can be read, got 'shop.json' (ENOENT); name what 'terraform show -json' wrote",
  ],
])('fails on %s', (_, make, problem) => {
  const folder = temporaryFolder();
  make(path.join(folder, 'shop.json'));
  expect(() => planInFile({ stack: 'shop', file: 'shop.json' }, folder)).toThrow(
    expect.objectContaining({ problems: [`'--plan' ${problem}`], exitCode: 2 }),
  );
});
