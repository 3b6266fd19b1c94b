import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { withSynthOf, withSynthOfBase } from '../../operations/revision';
import { temporaryFolder } from './fakes';

const APP =
  "require('fs').mkdirSync('cdktf.out');require('fs').writeFileSync('cdktf.out/word', require('./word').word)";

/** A repository in which each revision synthesizes another word. */
function repository(): {
  folder: string;
  commit(files: Record<string, string | null>): string;
  git(...args: string[]): string;
} {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'main');
  return {
    folder,
    git,
    commit: (files) => {
      for (const [name, content] of Object.entries(files)) {
        if (content === null) fs.rmSync(path.join(folder, name));
        else fs.writeFileSync(path.join(folder, name), content);
      }
      git('add', '-A');
      git('commit', '-qm', 'change', '--no-gpg-sign');
      return git('rev-parse', 'HEAD');
    },
  };
}

const PROJECT = {
  'cdktf.json': JSON.stringify({ app: 'node app.js' }),
  'app.js': APP,
  'word.js': "exports.word = 'first'",
};

const typed = (revision: string) => ({ revision, property: '--base' });
const read = (folder: string) => fs.readFileSync(path.join(folder, 'word'), 'utf8');

function leftovers(): string[] {
  return fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('vault-platforms-revision-'));
}

test('each revision is synthesized by its own app, and nothing of it stays', async () => {
  const { folder: root, commit } = repository();
  const first = commit(PROJECT);
  commit({ 'word.js': "exports.word = 'second'" });
  fs.writeFileSync(path.join(root, 'word.js'), "exports.word = 'not committed'");
  const said: string[] = [];
  const outside = { root, say: (line: string) => said.push(line) };
  const before = leftovers();

  expect(await withSynthOf(typed(first), outside, read)).toBe('first');
  expect(await withSynthOf(typed('main'), outside, read)).toBe('second');
  expect(await withSynthOf(typed('HEAD~1'), outside, read)).toBe('first');

  expect(said[0]).toBe(`synthesizing ${first.slice(0, 9)}`);
  expect(leftovers()).toEqual(before);
  expect(fs.existsSync(path.join(root, 'cdktf.out'))).toBe(false);
  expect(fs.readFileSync(path.join(root, 'word.js'), 'utf8')).toContain('not committed');
});

test('a project below the root of its repository is synthesized alone', async () => {
  const { folder, commit } = repository();
  fs.mkdirSync(path.join(folder, 'infra'));
  commit(Object.fromEntries(Object.entries(PROJECT).map(([name, text]) => [`infra/${name}`, text])));
  const root = path.join(folder, 'infra');
  expect(await withSynthOf(typed('main'), { root, say: () => {} }, read)).toBe('first');
});

test('the packages that are installed are those of the revision where both have the same lock file', async () => {
  const { folder: root, commit } = repository();
  commit({
    ...PROJECT,
    '.gitignore': 'node_modules',
    'package-lock.json': '{}',
    'word.js': "exports.word = require('greeting')",
  });
  fs.mkdirSync(path.join(root, 'node_modules', 'greeting'), { recursive: true });
  fs.writeFileSync(path.join(root, 'node_modules', 'greeting', 'index.js'), "module.exports = 'hello'");
  expect(await withSynthOf(typed('main'), { root, say: () => {} }, read)).toBe('hello');
});

test.each([
  [
    'a revision that there is not',
    'nowhere',
    {},
    "'--base' must be a folder of a synth or a revision that git knows, got 'nowhere'; see git log --oneline",
  ],
  [
    'a name that git would take for a flag',
    '--all',
    {},
    "'--base' must be a folder of a synth or a revision that git knows, got '--all'; see git log --oneline",
  ],
  [
    'a revision without a project',
    'main',
    { 'cdktf.json': null },
    "'--base' must hold a cdktf.json, got 'main' without; name a later one",
  ],
  [
    'a revision that does not synthesize',
    'main',
    { 'word.js': "console.error('Error: mount is missing\\nat somewhere'); process.exit(1)" },
    "'--base' must synthesize, got 'main': Error: mount is missing; name another one, or the folder of a synth",
  ],
  [
    'a cdktf.json without an app',
    'main',
    { 'cdktf.json': '{}' },
    "'app' of cdktf.json must be a command, got nothing in 'main'; name another revision",
  ],
  [
    'a cdktf.json that is cut off',
    'main',
    { 'cdktf.json': '{"app": ' },
    "'cdktf.json' must be JSON, got a text that is not in 'main'; name another revision",
  ],
])('fails on %s with one line, and leaves nothing', async (_, revision, files, problem) => {
  const { folder: root, commit } = repository();
  commit(PROJECT);
  commit({ ...files, note: 'x' });
  const before = leftovers();
  await expect(withSynthOf(typed(revision), { root, say: () => {} }, read)).rejects.toMatchObject({
    problems: [problem],
    exitCode: 2,
  });
  expect(leftovers()).toEqual(before);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends what the app started, and nothing stays', async (signal, exitCode) => {
  const { folder: root, commit } = repository();
  const beats = path.join(temporaryFolder(), 'beats');
  const count = () => (fs.existsSync(beats) ? fs.statSync(beats).size : 0);
  commit({
    'cdktf.json': JSON.stringify({ app: `(while :; do echo >> ${beats}; sleep 0.02; done) & wait` }),
  });
  const before = leftovers();
  const synthesized = withSynthOf(typed('main'), { root, say: () => {} }, read);
  const ended = expect(synthesized).rejects.toMatchObject({ problems: [], exitCode });
  while (count() === 0) await setTimeout(5);
  process.emit(signal, signal);
  await ended;
  expect(leftovers()).toEqual(before);
  expect(process.listeners(signal)).toEqual([]);
  const last = count();
  await setTimeout(200);
  expect(count()).toBe(last);
});

test('fails on an app that says nothing without showing its command', async () => {
  const { folder: root, commit } = repository();
  commit({ 'cdktf.json': JSON.stringify({ app: 'TOKEN=hvs.not-for-all exit 3' }) });
  await expect(withSynthOf(typed('main'), { root, say: () => {} }, read)).rejects.toMatchObject({
    problems: [
      "'--base' must synthesize, got 'main': its program ended with 3; name another one, or the folder of a synth",
    ],
  });
});

test('fails where the folder is in no repository', async () => {
  await expect(
    withSynthOf(typed('main'), { root: temporaryFolder(), say: () => {} }, read),
  ).rejects.toMatchObject({
    exitCode: 2,
  });
});

describe('of a base it is where the branch of the head began', () => {
  /** A branch of main, each of which went on. */
  function branched() {
    const { folder: root, commit, git } = repository();
    const began = commit(PROJECT);
    git('checkout', '-qb', 'feature');
    const feature = commit({ 'word.js': "exports.word = 'feature'" });
    git('checkout', '-q', 'main');
    const tip = commit({ 'word.js': "exports.word = 'main'" });
    git('checkout', '-q', 'feature');
    return { root, git, commit, commits: { began, feature, tip } };
  }

  async function based(root: string, base: string, head?: string) {
    const said: string[] = [];
    const outside = { root, say: (line: string) => said.push(line) };
    const other = head === undefined ? undefined : { revision: head, property: '--head' };
    const found = await withSynthOfBase(typed(base), other, outside, (folder, name) => [read(folder), name]);
    return { found, said };
  }

  test.each<[head: string, string | undefined]>([
    ['the working tree', undefined],
    ['a revision', 'feature'],
  ])('where the head is %s', async (_, head) => {
    const { root, commits } = branched();
    const name = `main (${commits.began.slice(0, 9)}), where this branch began`;
    expect(await based(root, 'main', head)).toEqual({
      found: ['first', name],
      said: [`synthesizing ${name}`],
    });
  });

  test('which is the base itself where nothing came to it since', async () => {
    const { root, git, commits } = branched();
    git('merge', '-q', '-s', 'ours', '--no-edit', 'main');
    expect((await based(root, 'main')).found).toEqual(['main', `main (${commits.tip.slice(0, 9)})`]);
  });

  test('a head in the past of the base is gone back to, and takes away what came since', async () => {
    const { root, commits } = branched();
    expect((await based(root, 'main', 'main~1')).found[0]).toBe('main');
    expect((await based(root, commits.tip, commits.began)).found[0]).toBe('main');
  });

  test('a branch without a commit of its own is compared with where it is', async () => {
    const { root, git } = branched();
    git('checkout', '-q', 'main~1');
    expect((await based(root, 'main')).found[0]).toBe('first');
  });

  test('a base without a common ancestor is taken as it is, and that is said', async () => {
    const { root, git, commit } = branched();
    git('checkout', '-q', '--orphan', 'other');
    const unborn = await based(root, 'main');
    commit({ 'word.js': "exports.word = 'other'" });
    for (const { found, said } of [unborn, await based(root, 'main')]) {
      expect(found[0]).toBe('main');
      expect(said[0]).toBe('main and this branch have no commit in common');
    }
  });

  test('fails on a head that there is not before anything is synthesized', async () => {
    const { root } = branched();
    await expect(based(root, 'main', 'nowhere')).rejects.toMatchObject({
      problems: [expect.stringMatching(/^'--head' must be a folder .* got 'nowhere'; /)],
      exitCode: 2,
    });
  });
});
