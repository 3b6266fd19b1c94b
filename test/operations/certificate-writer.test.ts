import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { recover, replaceFiles } from '../../operations/certificate-writer';
import { OperationError } from '../../operations/operation-error';
import { temporaryFolder } from './fakes';

const ROOT = path.resolve(__dirname, '../..');
const FOLDER = 'certificates/shop-staging';
const OLD = { 'ca.pem': 'old authority', 'server.pem': 'old certificate', 'notes.txt': 'of a person' };
const NEW = { 'ca.pem': 'new authority', 'server.pem': 'new certificate', 'server-key.pem': 'new key' };
/** Longer than a file's name may be: a write that really fails, after two that did not. */
const TOO_LONG = { ...NEW, [`${'x'.repeat(300)}.pem`]: 'never' };

const before = process.cwd();
let project: string;
beforeEach(() => {
  project = temporaryFolder();
  process.chdir(project);
});
afterEach(() => process.chdir(before));

/** Puts files there as a person would. */
function put(files: Readonly<Record<string, string>>): void {
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(FOLDER, name), content);
}

/** All files of the project, with their content. */
function everything(folder = '.'): Record<string, string> {
  return Object.fromEntries(
    (fs.readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => fs.statSync(path.join(folder, name)).isFile())
      .sort()
      .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}
const below = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${FOLDER}/${name}`, content]));
const fine = () => undefined;
const modeOf = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

test('writes files that only their owner may open', () => {
  replaceFiles(FOLDER, NEW, fine);
  expect(everything()).toEqual(below(NEW));
  expect(['certificates', FOLDER, ...Object.keys(below(NEW))].map(modeOf)).toEqual([
    '700',
    '700',
    ...Object.keys(NEW).map(() => '600'),
  ]);
});

test('replaces what is there, closes the folder to others, and keeps what is not its own', () => {
  put(OLD);
  fs.chmodSync(FOLDER, 0o755);
  replaceFiles(FOLDER, NEW, fine);
  expect(everything()).toEqual(below({ ...NEW, 'notes.txt': 'of a person' }));
  expect(modeOf(FOLDER)).toBe('700');
});

test('does not write through a link', () => {
  put(OLD);
  fs.writeFileSync('elsewhere.pem', 'of somebody else');
  fs.rmSync(`${FOLDER}/server.pem`);
  fs.symlinkSync('../../elsewhere.pem', `${FOLDER}/server.pem`);
  replaceFiles(FOLDER, NEW, fine);
  expect(fs.readFileSync('elsewhere.pem', 'utf8')).toBe('of somebody else');
  expect(fs.readFileSync(`${FOLDER}/server.pem`, 'utf8')).toBe('new certificate');
});

test('shows the files to be verified before they take effect', () => {
  put(OLD);
  const seen: Record<string, string>[] = [];
  replaceFiles(FOLDER, NEW, (root) => {
    seen.push(everything(path.join(root, FOLDER)), everything(FOLDER));
  });
  expect(seen).toEqual([NEW, OLD]);
});

describe.each([
  ['nothing', {}],
  ['older files', OLD],
])('where %s is', (_, there) => {
  beforeEach(() => {
    if (there === OLD) put(OLD);
  });

  test('a write that fails halfway changes nothing', () => {
    expect(() => replaceFiles(FOLDER, TOO_LONG, fine)).toThrow(
      new OperationError([
        `'${FOLDER}' must be written as a whole, got ENAMETOOLONG; nothing was changed, so mend that and run it again`,
      ]),
    );
    expect(everything()).toEqual(below(there));
  });

  test('a folder that cannot be moved to its place changes nothing', () => {
    const loseDraft = (root: string) => fs.rmSync(path.join(root, FOLDER), { recursive: true });
    expect(() => replaceFiles(FOLDER, NEW, loseDraft)).toThrow('got ENOENT; nothing was changed');
    expect(everything()).toEqual(below(there));
  });

  test('files that do not verify change nothing', () => {
    const problem = new OperationError(["'key' must fit"]);
    const refuse = () => {
      throw problem;
    };
    expect(() => replaceFiles(FOLDER, NEW, refuse)).toThrow(problem);
    expect(everything()).toEqual(below(there));
  });

  test('a run that is killed halfway changes nothing, and its keys are gone after the next one', () => {
    const script = `
      const { replaceFiles } = require(${JSON.stringify(path.join(ROOT, 'operations/certificate-writer.ts'))});
      replaceFiles('${FOLDER}', ${JSON.stringify(NEW)}, () => process.kill(process.pid, 'SIGKILL'));`;
    const { signal } = spawnSync(
      process.execPath,
      ['--import', path.join(ROOT, 'node_modules/tsx/dist/loader.mjs'), '--eval', script],
      { cwd: project },
    );
    expect(signal).toBe('SIGKILL');
    expect(fs.existsSync(FOLDER) ? everything(FOLDER) : {}).toEqual(there);
    const left = fs.readdirSync('certificates').filter((name) => name.startsWith('.new-'));
    expect(left).toHaveLength(1);

    // It might still be running.
    expect(recover(FOLDER)).toBe(false);
    expect(fs.readdirSync('certificates')).toEqual(expect.arrayContaining(left));
    const earlier = new Date(Date.now() - 61_000);
    fs.utimesSync(`certificates/${left[0]}`, earlier, earlier);
    expect(recover(FOLDER)).toBe(false);
    expect(everything()).toEqual(below(there));
  });
});

test('fails when another run was faster, and leaves its files', () => {
  expect(() => replaceFiles(FOLDER, NEW, () => put(OLD))).toThrow('got ENOTEMPTY; nothing was changed');
  expect(everything()).toEqual(below(OLD));
});

describe('a run that was killed between moving the old folder away and the new one there', () => {
  beforeEach(() => {
    put(OLD);
    fs.renameSync(FOLDER, 'certificates/.previous-shop-staging');
  });

  test('is undone', () => {
    expect(recover(FOLDER)).toBe(true);
    expect(everything()).toEqual(below(OLD));
    expect(recover(FOLDER)).toBe(false);
  });

  test('is completed if the new one is there already', () => {
    put(NEW);
    expect(recover(FOLDER)).toBe(false);
    expect(everything()).toEqual(below({ ...NEW, 'notes.txt': 'of a person' }));
  });
});

test('there is nothing to undo where nothing was ever made', () => {
  expect(recover(FOLDER)).toBe(false);
  expect(fs.readdirSync('.')).toEqual([]);
});
