import * as fs from 'node:fs';
import * as path from 'node:path';
import { CredentialsFile } from '../../operations/credentials';
import { temporaryFolder } from './fakes';

const CONTENT = { address: 'http://127.0.0.1:8200', share: 'the share', token: 'the token', policy: 'abc' };

function project() {
  const folder = temporaryFolder();
  return {
    credentials: new CredentialsFile(folder, 'shop-development'),
    folder,
    file: path.join(folder, 'credentials', 'shop-development.json'),
  };
}

test('keeps what it was given, for this user alone', () => {
  const { credentials, file } = project();
  expect(credentials.read()).toBeUndefined();
  credentials.write(CONTENT);
  expect(credentials.read()).toEqual(CONTENT);
  expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
  credentials.write({ address: CONTENT.address, share: 'another' });
  expect(credentials.read()).toEqual({ address: CONTENT.address, share: 'another' });
});

test('takes the file back from others', () => {
  const { credentials, file } = project();
  credentials.write(CONTENT);
  fs.chmodSync(file, 0o644);
  credentials.read();
  expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
});

test('moves away what belongs to an older server, and overwrites nothing', () => {
  const { credentials, folder } = project();
  const names = [1, 2].map((i) => {
    credentials.write({ ...CONTENT, share: `share ${i}` });
    return credentials.setAside();
  });
  expect(names).toEqual([
    'credentials/shop-development.json.1.old',
    'credentials/shop-development.json.2.old',
  ]);
  expect(names.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))).toEqual([
    expect.stringContaining('share 1'),
    expect.stringContaining('share 2'),
  ]);
  expect(credentials.read()).toBeUndefined();
});

test.each([
  ['half a file', '{"address": "http://127.0.0.1:8200", "share": "hid'],
  ['a file without a share', '{"address": "http://127.0.0.1:8200", "share": ""}'],
  ['a file without an address', '{"share": "hidden"}'],
  ['null', 'null'],
])('fails with %s, without a part of it', (_what, content) => {
  const { credentials, file } = project();
  credentials.write(CONTENT);
  fs.writeFileSync(file, content);
  expect(() => credentials.read()).toThrow(
    "'credentials/shop-development.json' must hold address and share as JSON, got something else; restore it, or move it away and remove the server's volume",
  );
});

test('fails with a folder in its place', () => {
  const { credentials, file } = project();
  fs.mkdirSync(file, { recursive: true });
  expect(() => credentials.read()).toThrow('must be a file that can be read, got EISDIR; correct it');
});
