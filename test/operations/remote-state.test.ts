import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Captured, Machine, Variables } from '../../operations/machine';
import { OperationError } from '../../operations/operation-error';
import { RemoteState } from '../../operations/remote-state';
import { StackFile } from '../../operations/stack-file';
import { temporaryFolder } from './fakes';

interface Call {
  readonly program: string;
  readonly folder: string;
  readonly args: readonly string[];
  readonly variables: Variables;
  readonly files: Readonly<Record<string, unknown>>;
}

/** A machine whose Terraform answers by its command. */
function terraform(
  answers: Record<string, Partial<Captured>>,
  variables: Variables,
): Machine & { calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    variables,
    attach: () => Promise.reject(new Error('nothing is to be run in the foreground')),
    capture: async (program, [chdir = '', ...args], added = {}) => {
      const folder = chdir.replace('-chdir=', '');
      const files = fs
        .readdirSync(folder)
        .map((file) => [file, JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))]);
      calls.push({ program, folder, args, variables: added, files: Object.fromEntries(files) });
      return { status: 0, stdout: '', failure: '', ...answers[args[0] ?? ''] };
    },
  };
}

const CONNECTION = { PG_CONN_STR: 'postgres://terraform:not-a-word@db/states' };
const BACKEND = { pg: { schema_name: 'shop-production-access' } };

function stack(backend: Record<string, unknown> = BACKEND): StackFile {
  const folder = path.join(temporaryFolder(), 'shop-production-access');
  fs.mkdirSync(folder);
  const json = { terraform: { backend, required_providers: { vault: {} } }, resource: { vault_mount: {} } };
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(json));
  return new StackFile(folder);
}

/** What Terraform prints of an error. */
function diagnostic(summary: string): string {
  return [
    '{"@level":"info","type":"version","ui":"1.2"}',
    'a line that is no JSON',
    JSON.stringify({ '@level': 'error', diagnostic: { severity: 'error', summary, detail: '' } }),
    '',
  ].join('\n');
}

const PULLED = JSON.stringify({
  outputs: { supplied_versions: { value: { 'apps/mail': 7 } }, mount_accessors: { value: { apps: 'kv_1' } } },
  resources: [
    { mode: 'managed', type: 'vault_mount', instances: [{ attributes: { token: 'not-a-token' } }] },
  ],
});

test('reads the state in a folder with nothing but the backend, and removes it', async () => {
  const machine = terraform({ state: { stdout: PULLED } }, CONNECTION);
  expect(await new RemoteState(stack(), machine).read()).toEqual({
    suppliedVersions: { 'apps/mail': 7 },
    mountAccessors: { apps: 'kv_1' },
    holdsVaultObjects: true,
    objects: [{ type: 'vault_mount', name: '', attributes: {} }],
  });
  const [init, pull] = machine.calls;
  expect(machine.calls).toHaveLength(2);
  expect(init).toMatchObject({ program: 'terraform', args: ['init', '-input=false', '-json'] });
  expect(init?.files).toEqual({ 'main.tf.json': { terraform: { backend: BACKEND } } });
  expect(pull).toMatchObject({ folder: init?.folder, args: ['state', 'pull'] });
  expect(pull?.variables).toEqual({
    CHECKPOINT_DISABLE: '1',
    TF_DATA_DIR: path.join(init?.folder ?? '', '.terraform'),
  });
  // The caller's would be another place.
  expect(Object.hasOwn(pull?.variables ?? {}, 'TF_WORKSPACE')).toBe(true);
  expect(fs.existsSync(init?.folder ?? '')).toBe(false);
});

test('runs the program that the CDKTF command line runs', async () => {
  const machine = terraform(
    { state: { stdout: PULLED } },
    { ...CONNECTION, TERRAFORM_BINARY_NAME: '/opt/terraform' },
  );
  await new RemoteState(stack(), machine).read();
  expect(machine.calls.map(({ program }) => program)).toEqual(['/opt/terraform', '/opt/terraform']);
});

test.each([undefined, ''])(
  'fails without a connection string, before anything is run: %j',
  async (PG_CONN_STR) => {
    const machine = terraform({}, { PG_CONN_STR });
    const problem =
      "'PG_CONN_STR' must hold the connection string of the database with the state of shop-production-access, got nothing; write it as postgres://<user>:<password>@<host>/<database>";
    await expect(new RemoteState(stack(), machine).read()).rejects.toThrow(new OperationError([problem]));
    expect(machine.calls).toEqual([]);
  },
);

test('S3 and HTTP need no variable of PostgreSQL', async () => {
  for (const backend of [{ s3: { bucket: 'states' } }, { http: { address: 'https://states.example' } }]) {
    const machine = terraform({ state: { stdout: PULLED } }, {});
    expect((await new RemoteState(stack(backend), machine).read()).holdsVaultObjects).toBe(true);
  }
});

test('fails with the reason that Terraform gives, in words of our own', async () => {
  const quoting = `parse "${CONNECTION.PG_CONN_STR}:x": invalid port ":x" after host`;
  const machine = terraform({ init: { status: 1, stdout: diagnostic(quoting) } }, CONNECTION);
  const problem =
    "'state' of shop-production-access must be readable from its backend 'pg', got no connection string; write PG_CONN_STR as postgres://<user>:<password>@<host>/<database>, with what is special in the password written as %xx";
  await expect(new RemoteState(stack(), machine).read()).rejects.toThrow(new OperationError([problem]));
  expect(machine.calls.filter(({ folder }) => fs.existsSync(folder))).toEqual([]);
});

test.each([
  [{ status: undefined, failure: 'no answer in 30 s' }, 'no answer; check host and port in PG_CONN_STR'],
  [{ status: undefined, failure: 'no such program' }, 'no Terraform; install'],
  [{ status: 1, stdout: diagnostic('not-a-word') }, 'an error of Terraform; run terraform init in '],
])('fails when Terraform cannot say why: %j', async (init, got) => {
  const read = new RemoteState(stack(), terraform({ init }, CONNECTION)).read();
  await expect(read).rejects.toThrow(
    `'state' of shop-production-access must be readable from its backend 'pg', got ${got}`,
  );
  await expect(read).rejects.not.toThrow('not-a-word');
});

test.each([{ stdout: 'hvs.not-a-token' }, { status: 1, failure: 'hvs.not-a-token' }])(
  'fails when what was pulled is no state, without repeating it: %j',
  async (state) => {
    const read = new RemoteState(stack(), terraform({ state }, CONNECTION)).read();
    await expect(read).rejects.toThrow(
      "'state' of shop-production-access must be readable from its backend 'pg'",
    );
    await expect(read).rejects.not.toThrow('not-a-token');
  },
);
