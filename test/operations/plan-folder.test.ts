import * as fs from 'node:fs';
import { Environments } from '../../operations/environments';
import { PlanFolder } from '../../operations/plan-folder';
import type { PlannedStack } from '../../operations/planned-stacks';
import { synthesizedProject, temporaryFolder } from './fakes';

const before = process.cwd();
beforeEach(() => process.chdir(synthesizedProject()));
afterEach(() => process.chdir(before));

const folderOf = (name: string) => new PlanFolder(new Environments('cdktf.out').get(name));
const planned = (name: string, json: string) => ({ name, json }) as PlannedStack;

test('a plan is written for this user alone, in the place of another', () => {
  const folder = folderOf('shop-development');
  for (const json of ['first', 'second']) {
    const file = folder.write(planned('shop-development-access', json));
    expect(file).toBe('cdktf.out/plans/shop-development-access.json');
    expect(fs.readFileSync(file, 'utf8')).toBe(json);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  }
  expect(fs.statSync('cdktf.out/plans').mode & 0o777).toBe(0o700);
  expect(fs.readdirSync('cdktf.out/plans')).toEqual(['shop-development-access.json']);
});

test('a folder that everybody can read is closed to others', () => {
  fs.mkdirSync('cdktf.out/plans');
  fs.chmodSync('cdktf.out/plans', 0o755);
  folderOf('shop-development').write(planned('shop-development-access', '{}'));
  expect(fs.statSync('cdktf.out/plans').mode & 0o777).toBe(0o700);
});

test('clearing leaves plans of other environments, and needs no folder', () => {
  const folder = folderOf('shop-development');
  folder.clear();
  folder.write(planned('shop-development-access', '{}'));
  folderOf('bakery-development').write(planned('bakery-development-access', '{}'));
  folder.clear();
  expect(fs.readdirSync('cdktf.out/plans')).toEqual(['bakery-development-access.json']);
});

test('forgetting clears, and only says where it cannot', () => {
  const folder = folderOf('shop-development');
  const said: string[] = [];
  folder.write(planned('shop-development-access', '{}'));
  folder.forget((line) => said.push(line));
  expect([fs.readdirSync('cdktf.out/plans'), said]).toEqual([[], []]);
  fs.rmdirSync('cdktf.out/plans');
  fs.symlinkSync('nowhere', 'cdktf.out/plans');
  folder.forget((line) => said.push(line));
  expect(said).toEqual([
    "warning: plans of before stay, and hold secrets: 'cdktf.out/plans' must be a folder of your own, since plans hold secrets, got a link; remove it",
  ]);
});

test.each<[got: string, make: (elsewhere: string) => void]>([
  ['a link', (elsewhere) => fs.symlinkSync(elsewhere, 'cdktf.out/plans')],
  ['a link', () => fs.symlinkSync('nowhere', 'cdktf.out/plans')],
  ['something else', () => fs.writeFileSync('cdktf.out/plans', '')],
])('fails where the folder is %s, and leaves alone what it leads to', (got, make) => {
  const elsewhere = temporaryFolder();
  fs.chmodSync(elsewhere, 0o755);
  fs.writeFileSync(`${elsewhere}/shop-development-access.json`, 'kept');
  make(elsewhere);
  const folder = folderOf('shop-development');
  const refusal = `'cdktf.out/plans' must be a folder of your own, since plans hold secrets, got ${got}; remove it`;
  expect(() => folder.clear()).toThrow(refusal);
  expect(() => folder.write(planned('shop-development-access', '{}'))).toThrow(refusal);
  expect(fs.readFileSync(`${elsewhere}/shop-development-access.json`, 'utf8')).toBe('kept');
  expect(fs.statSync(elsewhere).mode & 0o777).toBe(0o755);
});

test("fails where the folder is somebody else's", () => {
  fs.mkdirSync('cdktf.out/plans');
  const getuid = jest.spyOn(process, 'getuid').mockReturnValue(fs.statSync('cdktf.out/plans').uid + 1);
  try {
    expect(() => folderOf('shop-development').clear()).toThrow("got somebody else's; remove it");
  } finally {
    getuid.mockRestore();
  }
});
