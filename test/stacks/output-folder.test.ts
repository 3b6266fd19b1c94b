import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OutputFolder } from '../../stacks/output-folder';
import { contentOf, namesIn, temporaryFolder } from './folder';

/** Writes what a synth would write into the staging folder. */
function write(folder: OutputFolder, stacks: Readonly<Record<string, string>>): void {
  for (const [stack, text] of Object.entries(stacks)) {
    fs.mkdirSync(path.join(folder.staging, 'stacks', stack), { recursive: true });
    fs.writeFileSync(path.join(folder.staging, 'stacks', stack, 'cdk.tf.json'), text);
  }
  fs.writeFileSync(path.join(folder.staging, 'manifest.json'), JSON.stringify({ stacks }));
}

function publish(target: string, stacks: Readonly<Record<string, string>>): void {
  const folder = new OutputFolder(target);
  write(folder, stacks);
  folder.publish();
  folder.discard();
}

test('what was written appears at once, and nothing else stays', () => {
  const target = temporaryFolder();
  publish(target, { a: '1', b: '2' });
  expect(contentOf(target)).toEqual({
    'manifest.json': '{"stacks":{"a":"1","b":"2"}}',
    stacks: 'a folder',
    'stacks/a': 'a folder',
    'stacks/a/cdk.tf.json': '1',
    'stacks/b': 'a folder',
    'stacks/b/cdk.tf.json': '2',
  });
});

test('reports of rules come with the stacks, in place of those before', () => {
  const target = temporaryFolder();
  for (const text of ['first', 'second']) {
    const folder = new OutputFolder(target);
    write(folder, { a: '1' });
    fs.mkdirSync(path.join(folder.staging, 'review'));
    fs.writeFileSync(path.join(folder.staging, 'review', 'findings.json'), text);
    expect(fs.existsSync(path.join(target, 'review'))).toBe(text === 'second');
    folder.publish();
    folder.discard();
  }
  expect(contentOf(target)).toMatchObject({ 'review/findings.json': 'second' });
});

test('a plan stays as long as its stack is the same, and no longer', () => {
  const target = temporaryFolder();
  publish(target, { same: '1', changed: '1', gone: '1' });
  fs.mkdirSync(path.join(target, 'plans'));
  for (const stack of ['same', 'changed', 'gone', 'elsewhere']) {
    fs.writeFileSync(path.join(target, 'plans', `${stack}.json`), 'a plan');
  }
  publish(target, { same: '1', changed: '2' });
  expect(fs.readdirSync(path.join(target, 'plans'))).toEqual(['elsewhere.json', 'same.json']);
});

test('before it is published, what was there stays byte for byte', () => {
  const target = temporaryFolder();
  publish(target, { a: '1' });
  const before = contentOf(target);

  const folder = new OutputFolder(target);
  write(folder, { a: 'other', c: '3' });
  folder.discard();

  expect(contentOf(target)).toEqual(before);
});

test('what Terraform keeps beside a stack stays, and a stack that is gone goes with it', () => {
  const target = temporaryFolder();
  publish(target, { a: '1', b: '2' });
  for (const stack of ['a', 'b']) fs.mkdirSync(path.join(target, 'stacks', stack, '.terraform'));

  publish(target, { a: '3' });

  expect(namesIn(target)).toEqual([
    'manifest.json',
    'stacks',
    'stacks/a',
    'stacks/a/.terraform',
    'stacks/a/cdk.tf.json',
  ]);
  expect(contentOf(target)['stacks/a/cdk.tf.json']).toBe('3');
});

test('a folder that was not there before is gone again when nothing was published', () => {
  const target = path.join(temporaryFolder(), 'cdktf.out');
  new OutputFolder(target).discard();
  expect(fs.existsSync(target)).toBe(false);
});

test('a folder that was there before stays, also when it is empty', () => {
  const target = temporaryFolder();
  new OutputFolder(target).discard();
  expect(fs.existsSync(target)).toBe(true);
});

describe('what other runs left', () => {
  test('is removed when they were killed', () => {
    const target = temporaryFolder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    fs.mkdirSync(path.join(target, `.synth-${pid}-abcdef`, 'stacks'), { recursive: true });

    new OutputFolder(target).discard();

    expect(namesIn(target)).toEqual([]);
  });

  test('stays while they run', () => {
    const target = temporaryFolder();
    const running = new OutputFolder(target);
    new OutputFolder(target).discard();
    expect(namesIn(target)).toEqual([path.basename(running.staging)]);
    running.discard();
  });
});

test('no stack at all is no error, and removes those of before', () => {
  const target = temporaryFolder();
  publish(target, {});
  publish(target, { a: '1' });
  publish(target, {});
  expect(namesIn(target)).toEqual(['manifest.json', 'stacks']);
});

test('folders that no earlier manifest named stay, whatever it says', () => {
  const target = temporaryFolder();
  publish(target, { a: '1' });
  for (const one of ['stacks/foreign', 'beside']) {
    fs.mkdirSync(path.join(target, one));
    fs.writeFileSync(path.join(target, one, 'cdk.tf.json'), 'x');
  }
  fs.writeFileSync(path.join(target, 'manifest.json'), '{"stacks":{"a":{},"../beside":{}}}');
  publish(target, {});
  expect(namesIn(target)).toEqual([
    'beside',
    'beside/cdk.tf.json',
    'manifest.json',
    'stacks',
    'stacks/foreign',
    'stacks/foreign/cdk.tf.json',
  ]);
});
