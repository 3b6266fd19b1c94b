import * as fs from 'node:fs';
import { type DeploySurroundings, deploy } from '../../operations/deploy';
import type { Captured, Variables } from '../../operations/machine';
import { StackFile } from '../../operations/stack-file';
import { type FakeNode, FakeServers, fakeWaiting } from './fake-vault';
import {
  FakeMachine,
  fakePerson,
  plansLeft,
  READY,
  stackFolder,
  synthesizedProject,
  writePlans,
  writeState,
} from './fakes';
import { put, serverProject } from './server-project';

const CDKTF = 'node_modules/.bin/cdktf';
const before = process.cwd();
afterEach(() => process.chdir(before));

interface Given {
  readonly nodes?: Readonly<Record<string, FakeNode>>;
  readonly answers?: Readonly<Record<string, Partial<Captured>>>;
  readonly variables?: Variables;
  readonly exitCode?: (program: string) => number;
  readonly person?: ReturnType<typeof fakePerson>;
  readonly probe?: DeploySurroundings['probe'];
  /** What happens while cdktf runs. */
  readonly meanwhile?: (servers: FakeServers) => void;
}

/** Deploys with what is given, and notes in their order the stacks that cdktf was run on and the lines that were said. */
function deploying(args: readonly string[], given: Given = {}) {
  const servers = new FakeServers(given.nodes);
  const events: string[] = [];
  const machine = new FakeMachine(
    { ...READY, 'terraform init': {}, 'terraform state': { stdout: '{}' }, ...given.answers },
    { PG_CONN_STR: 'postgres://nowhere', ...given.variables },
    (program) => {
      if (program !== CDKTF) return 0;
      const [, ...rest] = machine.attached.at(-1)?.args ?? [];
      events.push(
        `cdktf ${rest.filter((arg) => !arg.startsWith('-') && arg !== '1').map((name) => name.split('-').at(-1))}`,
      );
      given.meanwhile?.(servers);
      return given.exitCode?.(program) ?? 0;
    },
  );
  const outside: DeploySurroundings = {
    machine,
    probe: given.probe ?? (async () => undefined),
    clients: servers.clients,
    questions: given.person ?? fakePerson(),
    waiting: fakeWaiting(),
    say: (line) => events.push(line),
  };
  return { events, machine, servers, result: deploy(args, outside) };
}

const cdktfCalls = (machine: FakeMachine) => machine.attached.filter(({ program }) => program === CDKTF);

describe('a server in memory', () => {
  beforeEach(() => process.chdir(synthesizedProject()));

  test('is deployed with all else in one go', async () => {
    const { events, result } = deploying(['bakery-development', '--auto-approve']);
    expect(await result).toBe(0);
    expect(events).toEqual(['vault, access, services: deploying', 'cdktf vault,access,services']);
  });

  test.each([0, 1])(
    'makes plans of before useless where cdktf ends with %i, and those of others not',
    async (code) => {
      writePlans('bakery-development-access', 'bakery-development-vault', 'shop-development-vault');
      const { result } = deploying(['bakery-development', '--auto-approve'], {
        exitCode: (program) => (program === CDKTF ? code : 0),
      });
      expect(await result).toBe(code);
      expect(plansLeft()).toEqual(['shop-development-vault.json']);
    },
  );

  test('leaves plans of before where it changes nothing', async () => {
    writePlans('bakery-development-access');
    await expect(deploying(['bakery-development']).result).rejects.toThrow("'--auto-approve' must be given");
    expect(plansLeft()).toEqual(['bakery-development-access.json']);
  });

  test('asks for what is missing and gives it to cdktf as variables, never as arguments', async () => {
    const person = fakePerson('{"a":"hidden"}', 'hidden too');
    const { machine, result } = deploying(['shop-development', '--skip-provider-lock'], { person });
    expect(await result).toBe(0);
    const [call] = cdktfCalls(machine);
    expect(call?.args).toContain('--skip-provider-lock');
    expect(call?.args.join(' ')).not.toContain('hidden');
    const values = Object.entries(call?.variables ?? {}).filter(([, value]) => value !== undefined);
    expect(values.map(([name]) => name).sort()).toEqual(['TF_VAR_apps_legacy', 'TF_VAR_apps_mail_key']);
  });

  test('asks for nothing that the server still has', async () => {
    const access = new StackFile(stackFolder(process.cwd(), 'access'));
    const versions = access.suppliedSecrets.map(({ mount, path, version }) => [`${mount}/${path}`, version]);
    writeState(process.cwd(), 'access', {
      outputs: {
        supplied_versions: { value: Object.fromEntries(versions) },
        mount_accessors: { value: { apps: 'kv_1' } },
      },
    });
    const server = { tokens: { 'shop-dev-root-token': {} }, mounts: { apps: 'kv_1' } };
    const given = { nodes: { 'http://127.0.0.1:8200': server } };
    expect(await deploying(['shop-development', '--auto-approve'], given).result).toBe(0);
    const forgetful = { nodes: { 'http://127.0.0.1:8200': { ...server, mounts: { apps: 'kv_2' } } } };
    await expect(deploying(['shop-development', '--auto-approve'], forgetful).result).rejects.toMatchObject({
      problems: [expect.stringContaining('TF_VAR_apps_'), expect.stringContaining('TF_VAR_apps_')],
    });
  });

  test('fails without a terminal with all that is missing, before anything changes', async () => {
    const { machine, result } = deploying(['shop-development', '--auto-approve'], {
      probe: async () => 'EADDRINUSE',
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 1,
      problems: [
        expect.stringContaining("'port' of shop-vault must be free"),
        expect.stringContaining("'port' of web must be free"),
        expect.stringContaining('TF_VAR_apps_'),
        expect.stringContaining('TF_VAR_apps_'),
      ],
    });
    expect(cdktfCalls(machine)).toEqual([]);
  });

  test('fails without a terminal and without approval', async () => {
    await expect(deploying(['bakery-development']).result).rejects.toThrow("'--auto-approve' must be given");
  });

  test('asks nobody while the machine lacks something', async () => {
    const person = fakePerson('never');
    const { result } = deploying(['shop-development'], { person, probe: async () => 'EADDRINUSE' });
    await expect(result).rejects.toThrow("'port' of shop-vault must be free");
    expect(person.asked).toEqual([]);
  });

  test('returns the exit code of cdktf', async () => {
    const exitCode = (program: string) => (program === CDKTF ? 9 : 0);
    expect(await deploying(['bakery-development', '--auto-approve'], { exitCode }).result).toBe(9);
  });

  test('fails with an unknown environment before it looks at the machine', async () => {
    await expect(deploying(['shop-production']).result).rejects.toMatchObject({ exitCode: 2 });
  });
});

const [FIRST, SECOND, THIRD] = ['https://127.0.0.1:8220', 'https://127.0.0.1:8221', 'https://127.0.0.1:8222'];
/** All nodes of the mill in the same state. */
const mill = (node: FakeNode) => ({ [FIRST]: node, [SECOND]: node, [THIRD]: node });
const OPERATOR = { VAULT_TOKEN: 'hvs.hidden' };
const OPEN: FakeNode = { tokens: { 'hvs.hidden': {} }, mounts: { apps: 'kv_1' } };
const SUPPLIED = { TF_VAR_apps_mail_key: 'hidden' };
const MILL = ['mill-staging', '--auto-approve'];

describe('a server that people open', () => {
  beforeEach(async () => process.chdir(await serverProject()));

  test('is deployed first, then looked at, then all else is deployed', async () => {
    const { events, machine, result } = deploying(MILL, {
      nodes: mill(OPEN),
      variables: { ...OPERATOR, ...SUPPLIED },
    });
    expect(await result).toBe(0);
    expect(events).toEqual([
      'vault: deploying',
      'cdktf vault',
      'vault: unsealed, 3 of 3 nodes, OpenBao 2.5.5',
      'token: operator, 60 minutes left',
      'access, services: deploying',
      'cdktf access,services',
    ]);
    expect(cdktfCalls(machine)[0]?.variables).not.toHaveProperty('VAULT_TOKEN');
    expect(cdktfCalls(machine)[1]?.variables).toMatchObject(OPERATOR);
  });

  test.each<[string, FakeNode, string, string]>([
    [
      'has no keys yet',
      { initialised: false, sealed: true },
      "'vault' of mill-staging must be initialised, got one that is not at 'https://127.0.0.1:8220'",
      'npm run vault -- init mill-staging',
    ],
    [
      'is sealed',
      { sealed: true },
      "'vault' of mill-staging must be unsealed, got a sealed one at 'https://127.0.0.1:8220'",
      'npm run vault -- unseal mill-staging',
    ],
  ])(
    'stops after its deploy where it %s, with the command of people that comes next',
    async (_, node, reason, next) => {
      const { events, result } = deploying(MILL, { nodes: mill(node) });
      await expect(result).rejects.toMatchObject({
        exitCode: 3,
        message: `stopped: ${reason}; run ${next}\nnext: ${next}`,
      });
      expect(events).toEqual(['vault: deploying', 'cdktf vault']);
    },
  );

  test.each<[string, Readonly<Record<string, FakeNode>>, string]>([
    [
      'does not answer',
      {},
      "'vault' of mill-staging must answer, got 'connect ECONNREFUSED 127.0.0.1:8220' from 'https://127.0.0.1:8220'; bring it up with npx cdktf deploy mill-staging-vault",
    ],
    [
      'has a certificate of another authority',
      mill({ silence: { kind: 'certificate', reason: 'unable to verify the first certificate' } }),
      "'certificate' of mill-staging must be one that 'certificates/mill-staging/ca.pem' signed, got 'unable to verify the first certificate' from 'https://127.0.0.1:8220'; make it anew with npm run certificates -- mill-staging --renew, then run npx cdktf deploy mill-staging-vault",
    ],
  ])('fails after its deploy where it %s', async (_, nodes, problem) => {
    const { events, result } = deploying(MILL, { nodes });
    await expect(result).rejects.toMatchObject({
      exitCode: 1,
      problems: [problem],
      message: `error: ${problem}`,
    });
    expect(events).toEqual(['vault: deploying', 'cdktf vault']);
  });

  test('fails before its deploy where it is open and the token will not do', async () => {
    const { machine, result } = deploying(MILL, {
      nodes: mill(OPEN),
      variables: { VAULT_TOKEN: 'hvs.other' },
    });
    await expect(result).rejects.toMatchObject({
      problems: [
        expect.stringContaining("'VAULT_TOKEN' must be a token of the server at 'https://127.0.0.1:8220'"),
      ],
    });
    expect(cdktfCalls(machine)).toEqual([]);
  });

  test('fails before its deploy where it is open and a value is missing that nobody can be asked for', async () => {
    const { machine, result } = deploying(MILL, { nodes: mill(OPEN), variables: OPERATOR });
    await expect(result).rejects.toMatchObject({
      problems: [
        "'TF_VAR_apps_mail_key' must be set to write 'apps/mail', got nothing; it is: Key key of apps/mail",
      ],
    });
    expect(cdktfCalls(machine)).toEqual([]);
  });

  test('asks for values when the server is open, not before', async () => {
    const person = fakePerson('hidden');
    const { events, machine, result } = deploying(['mill-staging'], {
      nodes: mill(OPEN),
      variables: OPERATOR,
      person: {
        ...person,
        ask: async (questions) => {
          events.push('asks');
          return person.ask(questions);
        },
      },
    });
    expect(await result).toBe(0);
    expect(events.filter((event) => /asks|cdktf/.test(event))).toEqual([
      'cdktf vault',
      'asks',
      'cdktf access,services',
    ]);
    expect(cdktfCalls(machine)[1]?.variables).toMatchObject({ TF_VAR_apps_mail_key: 'hidden' });
  });

  test('asks for nothing that a state elsewhere knows to be written', async () => {
    const [secret] = new StackFile('cdktf.out/stacks/mill-staging-access').suppliedSecrets;
    const state = {
      outputs: {
        supplied_versions: { value: { 'apps/mail': secret?.version } },
        mount_accessors: { value: { apps: 'kv_1' } },
      },
    };
    const { result } = deploying(MILL, {
      nodes: mill(OPEN),
      variables: OPERATOR,
      answers: { 'terraform state': { stdout: JSON.stringify(state) } },
    });
    expect(await result).toBe(0);
  });

  test('stops when its deploy has sealed it, by a new container', async () => {
    const { events, result } = deploying(MILL, {
      nodes: mill(OPEN),
      variables: { ...OPERATOR, ...SUPPLIED },
      meanwhile: (servers) => {
        servers.nodes = mill({ sealed: true });
      },
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 3,
      command: 'npm run vault -- unseal mill-staging',
    });
    expect(events).toEqual(['vault: deploying', 'cdktf vault']);
  });

  test('goes on with one of three nodes sealed, and warns once', async () => {
    const { events, result } = deploying(MILL, {
      nodes: { ...mill(OPEN), [THIRD]: { sealed: true } },
      variables: { ...OPERATOR, ...SUPPLIED },
    });
    expect(await result).toBe(0);
    expect(events.filter((event) => event.startsWith('warning: '))).toEqual([
      "warning: 'vault' of mill-staging must be unsealed, got a sealed one at 'https://127.0.0.1:8222'; run npm run vault -- unseal mill-staging",
    ]);
    expect(events.at(-1)).toBe('cdktf access,services');
  });

  test('fails where the first node is sealed, which Terraform talks to', async () => {
    const { result } = deploying(MILL, {
      nodes: { ...mill(OPEN), [FIRST]: { sealed: true } },
      variables: { ...OPERATOR, ...SUPPLIED },
    });
    await expect(result).rejects.toThrow("got a sealed one at 'https://127.0.0.1:8220'");
  });

  test('ends with the exit code of cdktf where the server could not be deployed', async () => {
    const { events, result } = deploying(MILL, {
      nodes: mill(OPEN),
      variables: { ...OPERATOR, ...SUPPLIED },
      exitCode: () => 3,
    });
    expect(await result).toBe(3);
    expect(events.at(-1)).toBe('cdktf vault');
  });

  test('fails without certificates before anything changes, and says so once', async () => {
    fs.rmSync('certificates', { recursive: true });
    const { machine, result } = deploying(MILL);
    await expect(result).rejects.toMatchObject({
      problems: [expect.stringContaining('make them with npm run certificates -- mill-staging')],
    });
    expect(cdktfCalls(machine)).toEqual([]);
  });

  test('fails where the state cannot be read, before anything changes', async () => {
    const { machine, result } = deploying(MILL, {
      nodes: mill(OPEN),
      variables: { ...OPERATOR, PG_CONN_STR: undefined },
    });
    await expect(result).rejects.toMatchObject({
      problems: [expect.stringContaining("'PG_CONN_STR' must hold the connection string")],
    });
    expect(cdktfCalls(machine)).toEqual([]);
  });

  test('fails where it would lose data that is declared no longer, before anything changes', async () => {
    const old = {
      mode: 'managed',
      type: 'vault_kv_secret_v2',
      name: 'old',
      instances: [{ attributes: { mount: 'apps', name: 'old' } }],
    };
    const { machine, result } = deploying(MILL, {
      nodes: mill(OPEN),
      variables: { ...OPERATOR, ...SUPPLIED },
      answers: { 'terraform state': { stdout: JSON.stringify({ resources: [old] }) } },
    });
    await expect(result).rejects.toMatchObject({
      // The fake gives the same state for each stack.
      problems: [
        expect.stringContaining(
          "'allowDestroy' of mill-staging must be true to lose data, got secret 'apps/old'",
        ),
      ],
    });
    expect(cdktfCalls(machine)).toEqual([]);
  });

  test('stops in development without its keys, and names the quick ceremony', async () => {
    const nodes = { 'http://127.0.0.1:8210': { initialised: false, sealed: true } };
    await expect(deploying(['forge-development', '--auto-approve'], { nodes }).result).rejects.toMatchObject({
      exitCode: 3,
      command: 'npm run vault -- init forge-development --development',
    });
  });

  test('uses in development the token that the quick ceremony keeps', async () => {
    put(
      'credentials/forge-development.json',
      JSON.stringify({ address: 'a', share: 's', token: 'hvs.kept' }),
    );
    const nodes = { 'http://127.0.0.1:8210': { tokens: { 'hvs.kept': {} } } };
    const { machine, result } = deploying(['forge-development', '--auto-approve'], {
      nodes,
      variables: SUPPLIED,
    });
    expect(await result).toBe(0);
    expect(cdktfCalls(machine)[1]?.variables).toMatchObject({ VAULT_TOKEN: 'hvs.kept' });
    expect(
      cdktfCalls(machine)
        .flatMap(({ args }) => args)
        .join(' '),
    ).not.toContain('hvs.');
  });
});

describe('somebody else’s server', () => {
  const QUARRY = ['quarry-production', '--auto-approve'];
  const ADDRESS = 'https://vault.example:8200';
  beforeEach(async () => process.chdir(await serverProject()));

  test('is checked before anything changes, then all is deployed in one go', async () => {
    const { events, result } = deploying(QUARRY, {
      nodes: { [ADDRESS]: OPEN },
      variables: { ...OPERATOR, ...SUPPLIED },
    });
    expect(await result).toBe(0);
    expect(events).toEqual([
      'vault: unsealed, OpenBao 2.5.5',
      'token: operator, 60 minutes left',
      'vault, access, services: deploying',
      'cdktf vault,access,services',
    ]);
  });

  test.each<[string, FakeNode, string]>([
    ['is sealed', { sealed: true }, 'have it unsealed by those who run it'],
    ['has no keys', { initialised: false }, 'have it initialised by those who run it'],
    [
      'has a certificate of another authority',
      { silence: { kind: 'certificate', reason: 'unable to verify the first certificate' } },
      'put the certificate of its authority there',
    ],
    [
      'does not answer',
      { silence: { kind: 'unreachable', reason: 'getaddrinfo ENOTFOUND vault.example' } },
      'correct its address in the declaration, or bring it up',
    ],
  ])('fails before anything changes where it %s', async (_, node, remedy) => {
    const { machine, result } = deploying(QUARRY, { nodes: { [ADDRESS]: node }, variables: OPERATOR });
    await expect(result).rejects.toMatchObject({ problems: [expect.stringMatching(`; ${remedy}$`)] });
    expect(cdktfCalls(machine)).toEqual([]);
  });
});
