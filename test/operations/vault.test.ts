import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { vault } from '../../operations/vault';
import { temporaryFolder } from './fakes';
import { DESCRIPTION, problemsOf, type SceneProps, scene } from './vault-fakes';

const ROOT = path.resolve(__dirname, '../..');
const MODES = {
  'shop-production': { ...DESCRIPTION, audit: [] },
  'shop-development': { ...DESCRIPTION, audit: [], development: true },
  'memory-development': { ...DESCRIPTION, mode: 'in-memory', development: true },
  'other-production': { ...DESCRIPTION, mode: 'external' },
  'tls-production': { ...DESCRIPTION, ca: 'certificates/tls-production/ca.pem' },
  'tls-external': { ...DESCRIPTION, mode: 'external', ca: 'certificates/tls-external/ca.pem' },
  'old-production': undefined,
};
const before = process.cwd();
afterEach(() => process.chdir(before));

/** A project with what a synth writes: a server of each mode, and a mount. */
function project(): string {
  const folder = temporaryFolder();
  const stacks = Object.entries(MODES).flatMap(([name, description]) => [
    [`${name}-vault`, description ? { locals: { vault: description } } : {}],
    [`${name}-access`, { resource: { vault_mount: { apps: { path: 'apps', type: 'kv-v2' } } } }],
    [`${name}-services`, {}],
  ]) as [string, object][];
  for (const [name, content] of stacks) {
    const place = path.join(folder, 'cdktf.out', 'stacks', name);
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, 'cdk.tf.json'), JSON.stringify(content));
  }
  const manifest = Object.fromEntries(stacks.map(([name]) => [name, { workingDirectory: `stacks/${name}` }]));
  fs.writeFileSync(path.join(folder, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks: manifest }));
  process.chdir(folder);
  return folder;
}

function surroundings(props: SceneProps = {}) {
  const folder = project();
  return scene({ ...props, description: { audit: [], ...props.description } }, folder);
}

test('prints its usage without a synth', async () => {
  const { outside, printed, machine } = surroundings();
  expect(await vault(['init', '--help'], outside)).toBe(0);
  expect(printed.join('')).toMatch(/^usage: npm run vault -- <command> <platform>-<environment>/);
  expect(machine.attached).toEqual([]);
});

test('leaves what comes after -- to the command', async () => {
  const { outside, vault: server, machine, input } = surroundings();
  input.type(...server.begin(1, 1));
  expect(await vault(['root', 'shop-production', '--', 'vault', '--help'], outside)).toBe(0);
  expect(machine.attached.at(-1)).toMatchObject({ program: 'vault', args: ['--help'] });
});

test('initialises with the policy of the stacks', async () => {
  const { outside, vault: server } = surroundings();
  expect(await vault(['init', 'shop-production', '--print-shares-in-clear'], outside)).toBe(0);
  expect(server.policies.get('operator')).toContain('path "sys/mounts/apps"');
  expect(server.rootTokens).toEqual([]);
});

test('initialises in the quick form', async () => {
  const { outside, folder } = surroundings();
  expect(await vault(['init', 'shop-development', '--development'], outside)).toBe(0);
  expect(fs.existsSync(path.join(folder, 'credentials', 'shop-development.json'))).toBe(true);
});

test.each([
  ['unseal', ['unseal', 'shop-production'], 0],
  ['status', ['status', 'shop-production', '--json'], 0],
  ['operator', ['operator', 'shop-production', '--restart'], 0],
  ['policy', ['policy', 'shop-production'], 0],
  ['policy of a server that somebody else runs', ['policy', 'other-production'], 0],
  ['status of a server in memory', ['status', 'memory-development'], 0],
])('runs %s, and gives the input back', async (_what, args, code) => {
  const { outside, vault: server, input } = surroundings();
  input.type(...server.begin(1, 1));
  expect(await vault(args, outside)).toBe(code);
  expect(input.closed).toBeGreaterThan(0);
});

test('prints the policy alone', async () => {
  const { outside, printed, said, vault: server } = surroundings();
  await vault(['policy', 'other-production'], outside);
  expect(printed.join('')).toMatch(/^# .*\npath "/);
  expect(said).toEqual([]);
  expect(server.requests).toEqual([]);
});

test.each(['init', 'unseal', 'root', 'operator'])('fails to %s what has no keys here', async (command) => {
  const { outside, vault: server } = surroundings();
  expect(await problemsOf(vault([command, 'memory-development'], outside))).toEqual({
    problems: [
      `'vault ${command}' must be for a server with keys of its own, got that of memory-development, which keeps nothing and unseals by itself; run npm run deploy -- memory-development`,
    ],
    exitCode: 2,
  });
  expect(await problemsOf(vault([command, 'other-production'], outside))).toEqual({
    problems: [
      `'vault ${command}' must be for a server with keys of its own, got that of other-production, which somebody else runs; give its administrator the policy of npm run vault -- policy other-production, and put the token into VAULT_TOKEN`,
    ],
    exitCode: 2,
  });
  expect(server.requests).toEqual([]);
});

test.each([
  ['tls-production', ['--development'], "'--development' must be for a development environment"],
  ['tls-external', [], "'vault init' must be for a server with keys of its own, got that of tls-external"],
])('fails for %s before it misses the certificate of the authority', async (environment, flags, problem) => {
  const { outside, vault: server } = surroundings();
  expect(await problemsOf(vault(['init', environment, ...flags], outside))).toEqual({
    problems: [expect.stringContaining(problem)],
    exitCode: 2,
  });
  expect(server.requests).toEqual([]);
});

test('fails without the certificate of the authority where nothing else is wrong', async () => {
  const { outside } = surroundings();
  const init = vault(['init', 'tls-production', '--print-shares-in-clear'], outside);
  expect((await problemsOf(init)).problems).toEqual([
    expect.stringContaining("'ca' of tls-production must be a file that can be read"),
  ]);
});

test('fails where the stack does not describe its server', async () => {
  const { outside } = surroundings();
  expect((await problemsOf(vault(['status', 'old-production'], outside))).problems).toEqual([
    "'old-production-vault' must describe its server, got a stack without it; synthesize it anew with npm run synth",
  ]);
});

test.each([
  ['init', '--forced'],
  ['unseal', '--shares'],
  ['root', '--forced'],
  ['operator', '--forced'],
  ['policy', '--json'],
  ['status', '--forced'],
])('fails with a flag that %s does not have, before it asks the server', async (command, flag) => {
  const { outside, vault: server } = surroundings();
  expect(await problemsOf(vault([command, 'shop-production', flag], outside))).toMatchObject({ exitCode: 2 });
  expect(server.requests).toEqual([]);
});

test('as a program says in one line what is wrong, and prints nothing', () => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(ROOT, 'operations', 'vault.ts'), 'seal'],
    { cwd: ROOT, env: { PATH: folder }, encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr:
      "error: 'command' must be one of init, unseal, root, operator, policy, status, got 'seal'; see npm run vault -- --help\n",
  });
});
