import * as fs from 'node:fs';
import * as path from 'node:path';
import { readStacks, shownFile } from '../../access/stack-source';
import { folderWith, synthWith } from './synth-folder';

const read = (folder: string) =>
  readStacks(folder).map(({ name, dependencies, json }) => ({ name, dependencies: [...dependencies], json }));

const STACKS = { a: { locals: { x: 1 } }, b: {} };
const EXPECTED = [
  { name: 'a', dependencies: [], json: { locals: { x: 1 } } },
  { name: 'b', dependencies: ['a'], json: {} },
];

test('stacks are read from the output folder, from stacks in it, and one by one', () => {
  const folder = synthWith(STACKS, { b: ['a'] });
  expect(read(folder)).toEqual(EXPECTED);
  expect(read(path.join(folder, 'stacks'))).toEqual(EXPECTED);
  expect(read(path.join(folder, 'stacks', 'a'))).toEqual(EXPECTED.slice(0, 1));
});

test('blocks may be lists, and remarks anything', () => {
  const stack = {
    '//': 3,
    resource: [{ '//': 'r', a: { b: [{}] } }],
    locals: [{ x: null }],
    terraform: null,
  };
  expect(read(synthWith({ a: stack }))).toEqual([{ name: 'a', dependencies: [], json: stack }]);
});

test('stacks are read where there is no manifest', () => {
  const folder = synthWith(STACKS, { b: ['a'] });
  fs.rmSync(path.join(folder, 'manifest.json'));
  expect(read(folder)).toEqual(EXPECTED.map((one) => ({ ...one, dependencies: [] })));
});

test('a stack knows its folder and its file', () => {
  const folder = synthWith(STACKS);
  const [stack] = readStacks(folder);
  expect(stack?.folder).toBe(path.join(folder, 'stacks', 'a'));
  expect(stack?.file).toBe(path.join(folder, 'stacks', 'a', 'cdk.tf.json'));
});

test('a folder without stacks has none', () => {
  expect(readStacks(folderWith({ 'a.hcl': '', 'b/c.txt': '' }))).toEqual([]);
});

test('a file is shown as it is found from here, and the folder one is in by a name', () => {
  expect(['.', path.resolve('a', 'b'), path.resolve('..', 'c')].map(shownFile)).toEqual([
    '.',
    path.join('a', 'b'),
    path.resolve('..', 'c'),
  ]);
});

test('fails on a folder that is none', () => {
  const folder = folderWith({ file: '' });
  expect(() => readStacks(path.join(folder, 'gone'))).toThrow(
    `'folder' must hold what a synth wrote, got '${folder}/gone', which is not there; synthesize first, or name the folder of the synth`,
  );
  expect(() => readStacks(path.join(folder, 'file'))).toThrow(`got '${folder}/file', a file;`);
});

test('fails on every stack whose file is missing', () => {
  const folder = synthWith({ a: {}, b: {}, c: {} });
  fs.rmSync(path.join(folder, 'stacks', 'a'), { recursive: true });
  fs.rmSync(path.join(folder, 'stacks', 'c'), { recursive: true });
  expect(() => readStacks(folder)).toThrow(
    [
      `${folder}/manifest.json: stack 'a' must have its file, got none at 'stacks/a/cdk.tf.json'; synthesize again`,
      `${folder}/manifest.json: stack 'c' must have its file, got none at 'stacks/c/cdk.tf.json'; synthesize again`,
    ].join('\n'),
  );
});

test.each([
  ['{\n  "resource": {', ':2:16: must be JSON to its end, got the end of the file; synthesize again'],
  ['{\n  "resource": x}', ':2:15: must be JSON to its end, got something else here; synthesize again'],
  ['', ':1:1: must be JSON to its end, got the end of the file; synthesize again'],
  ['[]', ':1:1: must be a JSON object, got something else; synthesize again'],
  ['null', ':1:1: must be a JSON object, got something else; synthesize again'],
  [
    `{"locals":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    ': must be JSON of at most 100 levels, got more; synthesize again',
  ],
  ['{"resource":3}', ": 'resource' must be an object, got 3; synthesize again"],
  ['{"locals":[null]}', ": 'locals' must be an object, got null; synthesize again"],
  ['{"provider":{"vault":["x"]}}', ": 'provider.vault' must be an object, got a text; synthesize again"],
  ['{"terraform":{"backend":[null]}}', ": 'terraform.backend' must be an object, got null; synthesize again"],
  ['{"data":{"x":[[{}]]}}', ": 'data.x' must be an object, got a list; synthesize again"],
  [
    '{"resource":{"docker_container":{"a":{},"b":null}}}',
    ": 'resource.docker_container.b' must be an object, got null; synthesize again",
  ],
])('fails on the stack of case %#', (text, expected) => {
  const folder = synthWith({ a: text });
  expect(() => readStacks(folder)).toThrow(new Error(`${folder}/stacks/a/cdk.tf.json${expected}`));
});

test.each([
  ['{"stacks": ', ':1:12: must be JSON to its end, got the end of the file; synthesize again'],
  ['{}', ": must be a synth's list of stacks, got none; synthesize again"],
  [
    '{"stacks":{"a":{"synthesizedStackPath":"stacks/a/cdk.tf"}}}',
    ": stacks must be JSON, got 'stacks/a/cdk.tf'; synthesize without --hcl",
  ],
  ['{"stacks":[]}', ": must be a synth's list of stacks, got none; synthesize again"],
  ['{"stacks":{"a":3}}', ": stack 'a' must be an object, got 3; synthesize again"],
  ['{"stacks":{"a":[]}}', ": stack 'a' must be an object, got a list; synthesize again"],
  [
    '{"stacks":{"a":{"synthesizedStackPath":3}}}',
    ": 'synthesizedStackPath' of stack 'a' must be a path, got 3; synthesize again",
  ],
  [
    '{"stacks":{"a":{"workingDirectory":{}}}}',
    ": 'workingDirectory' of stack 'a' must be a path, got an object; synthesize again",
  ],
  [
    '{"stacks":{"a":{"dependencies":"b"}}}',
    ": 'dependencies' of stack 'a' must be a list of names, got a text; synthesize again",
  ],
  [
    '{"stacks":{"a":{"dependencies":["b",null]}}}',
    ": 'dependencies' of stack 'a' must be a list of names, got null; synthesize again",
  ],
])('fails on the manifest %j', (text, expected) => {
  const folder = folderWith({ 'manifest.json': text });
  expect(() => readStacks(folder)).toThrow(new Error(`${folder}/manifest.json${expected}`));
});

test('fails on a stack that cannot be read', () => {
  const folder = synthWith({ a: {} });
  const file = path.join(folder, 'stacks', 'a', 'cdk.tf.json');
  fs.rmSync(file);
  fs.mkdirSync(file);
  expect(() => readStacks(folder)).toThrow(
    `${file}: must be a file that can be read, got EISDIR; mend that, or synthesize again`,
  );
});
