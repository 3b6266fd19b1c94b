import * as fs from 'node:fs';
import * as path from 'node:path';
import { ShareFolder } from '../../operations/share-folder';
import { temporaryFolder } from './fakes';

const SHARES = [
  { fileName: '1-alice.age', content: 'for alice', holder: 'alice' },
  { fileName: '2-bob.age', content: 'for bob', holder: 'bob' },
];
const mode = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

test('keeps each share in a file of its own, for this user alone', () => {
  const project = temporaryFolder();
  const shares = new ShareFolder(project, 'shop-production');
  const folder = path.join(project, 'shares', 'shop-production');
  shares.prepare();
  expect(fs.readdirSync(folder)).toEqual([]);
  shares.write(SHARES);
  expect(fs.readdirSync(folder)).toEqual(['1-alice.age', '2-bob.age']);
  expect(fs.readFileSync(path.join(folder, '1-alice.age'), 'utf8')).toBe('for alice');
  expect([mode(folder), mode(path.join(folder, '1-alice.age'))]).toEqual(['700', '600']);
});

test('fails where shares are, before there are others', () => {
  const project = temporaryFolder();
  const shares = new ShareFolder(project, 'shop-production');
  shares.prepare();
  shares.write(SHARES);
  expect(() => shares.prepare()).toThrow(
    "'shares/shop-production' must be empty before shop-production is initialised, got 1-alice.age, 2-bob.age; these are shares of an older server: move them away",
  );
});

test('fails where nothing can be written, before there is something to write', () => {
  const project = temporaryFolder();
  fs.writeFileSync(path.join(project, 'shares'), 'a file');
  expect(() => new ShareFolder(project, 'shop-production').prepare()).toThrow(
    "'shares/shop-production' must be a folder that can be written, got ENOTDIR; make room for the shares",
  );
});

test('never writes over a share', () => {
  const project = temporaryFolder();
  const shares = new ShareFolder(project, 'shop-production');
  shares.prepare();
  shares.write(SHARES);
  expect(() => shares.write(SHARES)).toThrow(/EEXIST/);
});
