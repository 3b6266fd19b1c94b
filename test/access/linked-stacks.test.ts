import { LinkedStacks } from '../../access/linked-stacks';
import { readStacks } from '../../access/stack-source';
import type { TerraformJson } from '../../policies/terraform-json';
import { Unknown } from '../../policies/terraform-value';
import { folderWith, synthWith } from './synth-folder';

const OUTPUT = { output: { path: { value: 'apps' } } };

function reading(label: string, backend: string, config: unknown): unknown {
  return { data: { terraform_remote_state: { [label]: { backend, config } } } };
}

function linked(stacks: Readonly<Record<string, unknown>>): LinkedStacks {
  return new LinkedStacks(
    Object.entries(stacks).map(([name, json]) => ({
      name,
      file: name,
      json: json as TerraformJson,
      dependencies: [],
    })),
  );
}

/** What the stack `reader` reads by that label. */
function read(stacks: LinkedStacks, label: string): unknown {
  const reader = stacks.all.find(({ name }) => name === 'reader');
  const value = reader?.values.evaluate(`\${data.terraform_remote_state.${label}.outputs.path}`);
  return value instanceof Unknown ? undefined : value;
}

test.each<[string, unknown, unknown, string]>([
  ['nothing', { ...OUTPUT }, { path: '../owner/terraform.tfstate' }, 'local'],
  [
    'a file',
    { ...OUTPUT, terraform: { backend: { local: { path: '../../o.tfstate' } } } },
    { path: '../../o.tfstate', workspace: '${terraform.workspace}' },
    'local',
  ],
  [
    'an absolute file',
    { ...OUTPUT, terraform: { backend: { local: { path: '/s/o.tfstate' } } } },
    { path: '/s/o.tfstate' },
    'local',
  ],
  [
    'a database',
    { ...OUTPUT, terraform: { backend: { pg: { schema_name: 'owner', skip_index_creation: true } } } },
    { schema_name: 'owner', conn_str: 'x' },
    'pg',
  ],
  [
    'a bucket, in a list',
    { ...OUTPUT, terraform: { backend: { s3: [{ bucket: 'b', key: 'owner', dynamodb_table: 't' }] } } },
    { bucket: 'b', key: 'owner', region: 'eu' },
    's3',
  ],
])('the state of another stack is found by its place: %s', (_, owner, config, backend) => {
  const stacks = linked({
    owner,
    other: {
      output: { path: { value: 'wrong' } },
      terraform: { backend: { s3: { bucket: 'b', key: 'other' } } },
    },
    reader: reading('state', backend, config),
  });
  expect(read(stacks, 'state')).toBe('apps');
});

test("the state of another stack is found by cdktf's name for it where its place does not tell", () => {
  const remote = { terraform: { cloud: { organization: 'o', workspaces: { name: 'w' } } } };
  const stacks = linked({
    owner: { ...OUTPUT, ...remote },
    reader: reading('cross-stack-reference-input-owner', 'remote', { organization: 'o' }),
  });
  expect(read(stacks, 'cross-stack-reference-input-owner')).toBe('apps');
});

test.each<[string, unknown]>([
  ['another place', { path: '/elsewhere' }],
  ['two stacks', { bucket: 'b' }],
])('the state of %s is not known', (_, config) => {
  const at = (key: string) => ({ ...OUTPUT, terraform: { backend: { s3: { bucket: 'b', key } } } });
  const stacks = linked({ a: at('a'), b: at('b'), reader: reading('state', 's3', config) });
  expect(read(stacks, 'state')).toBeUndefined();
});

test('a place of which nothing is the same is another one', () => {
  const stacks = linked({
    owner: { ...OUTPUT, terraform: { backend: { s3: { bucket: 'b' } } } },
    reader: reading('state', 's3', { key: 'owner' }),
  });
  expect(read(stacks, 'state')).toBeUndefined();
});

test('its own state is of the last apply, and not known', () => {
  const place = { path: '/s/own' };
  const stacks = linked({
    reader: {
      ...OUTPUT,
      terraform: { backend: { local: place } },
      ...(reading('own', 'local', place) as object),
    },
  });
  expect(read(stacks, 'own')).toBeUndefined();
});

test('outputs that refer to each other end', () => {
  const stacks = linked({
    reader: {
      ...(reading('b', 'local', { path: '../b/terraform.tfstate' }) as object),
      output: { path: { value: '${data.terraform_remote_state.b.outputs.path}' } },
    },
    b: {
      ...(reading('reader', 'local', { path: '../reader/terraform.tfstate' }) as object),
      output: { path: { value: '${data.terraform_remote_state.reader.outputs.path}' } },
    },
  });
  expect(read(stacks, 'b')).toBeUndefined();
});

test('stacks that depend on each other, or read the state of another, are one', () => {
  const folder = synthWith(
    {
      a: {},
      b: {},
      c: reading('x', 'local', { path: '../d/terraform.tfstate' }),
      d: {},
      e: {},
      f: {},
    },
    { a: ['b'], d: ['e'] },
  );
  const components = new LinkedStacks(readStacks(folder)).components();
  expect(components.map((stacks) => stacks.map(({ name }) => name))).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
    ['f'],
  ]);
});

test('files are read from the folder of the stack', () => {
  const folder = folderWith({ 'cdk.tf.json': {}, 'assets/p.hcl': 'text' });
  const [stack] = new LinkedStacks(readStacks(folder)).all;
  expect(stack?.values.evaluate('${file("assets/p.hcl")}')).toBe('text');
  expect(stack?.values.evaluate('${file("${path.module}/assets/p.hcl")}')).toBe('text');
});

test('fails on a file that is missing', () => {
  const folder = folderWith({ 'cdk.tf.json': {} });
  const [stack] = new LinkedStacks(readStacks(folder)).all;
  expect(() => stack?.values.evaluate('${file("assets/p.hcl")}')).toThrow(
    new Error(
      `${folder}/cdk.tf.json: file("assets/p.hcl") must name a file of the stack, got none at '${folder}/assets/p.hcl'; synthesize again`,
    ),
  );
});
