import * as fs from 'node:fs';
import * as path from 'node:path';
import { replacePrivateFile, writePrivateFile } from '../../operations/private-file';
import { temporaryFolder } from './fakes';

let isFull = false;
jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof fs>('node:fs');
  const fsyncSync = (handle: number) => {
    if (isFull) throw new Error('no space');
    actual.fsyncSync(handle);
  };
  return { ...actual, fsyncSync };
});
afterEach(() => {
  isFull = false;
});

const mode = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

test('writes a file for its owner alone, and no second one', () => {
  const file = path.join(temporaryFolder(), 'share');
  writePrivateFile(file, 'one');
  expect([fs.readFileSync(file, 'utf8'), mode(file)]).toEqual(['one', '600']);
  expect(() => writePrivateFile(file, 'two')).toThrow(/EEXIST/);
  expect(fs.readFileSync(file, 'utf8')).toBe('one');
});

test('leaves no half of a file', () => {
  const file = path.join(temporaryFolder(), 'share');
  isFull = true;
  expect(() => writePrivateFile(file, 'one')).toThrow('no space');
  expect(fs.existsSync(file)).toBe(false);
});

test('replaces a file as a whole, and makes its folder', () => {
  const folder = path.join(temporaryFolder(), 'credentials');
  const file = path.join(folder, 'shop.json');
  replacePrivateFile(file, 'one');
  fs.chmodSync(file, 0o644);
  replacePrivateFile(file, 'two');
  expect([fs.readFileSync(file, 'utf8'), mode(file), mode(folder)]).toEqual(['two', '600', '700']);
  expect(fs.readdirSync(folder)).toEqual(['shop.json']);
});

test('keeps the old file where the new one cannot be written', () => {
  const file = path.join(temporaryFolder(), 'shop.json');
  replacePrivateFile(file, 'one');
  isFull = true;
  expect(() => replacePrivateFile(file, 'two')).toThrow('no space');
  expect(fs.readFileSync(file, 'utf8')).toBe('one');
});
