import * as fs from 'node:fs';
import * as os from 'node:os';
import { type DeploySurroundings, deploy } from '../../operations/deploy';
import type { Part } from '../../operations/environments';
import { planReading } from '../../operations/plan-reading';
import { StackFile } from '../../operations/stack-file';
import { type Changes, FakeTerraform, type FakeTerraformProps, planJson } from './fake-terraform';
import { type FakeNode, FakeServers, fakeWaiting } from './fake-vault';
import { fakePerson, plansLeft, stackFolder, synthesizedProject, writePlans, writeState } from './fakes';
import { serverProject } from './server-project';

const before = process.cwd();
afterEach(() => process.chdir(before));

const CREATE: Changes = { 'vault_policy.web': 'create' };
const UPDATE: Changes = { 'vault_policy.web': 'update' };
const RESTART: Changes = { 'docker_container.web': 'delete create' };

const digestOf = (stack: string, changes: Changes) => planReading(planJson(changes), stack).digest;
/** An environment, and the digests of plans of its stacks. */
const given = (environment: string, all: Partial<Record<Part, Changes>>) => [
  environment,
  ...Object.entries(all).flatMap(([part, changes]) => [
    '--plan-digest',
    digestOf(`${environment}-${part}`, changes),
  ]),
];

interface Given extends FakeTerraformProps {
  readonly nodes?: Readonly<Record<string, FakeNode>>;
  readonly person?: ReturnType<typeof fakePerson>;
  readonly probe?: DeploySurroundings['probe'];
}

function deploying(args: readonly string[], { nodes, person, probe, ...props }: Given = {}) {
  const servers = new FakeServers(nodes);
  const machine = new FakeTerraform(props);
  const said: string[] = [];
  const result = deploy(args, {
    machine,
    probe: probe ?? (async () => undefined),
    clients: servers.clients,
    questions: person ?? fakePerson(),
    waiting: fakeWaiting(),
    say: (line) => said.push(line),
  });
  return { machine, servers, said, result };
}

const BAKERY = 'bakery-development';
const UP = { 'http://127.0.0.1:8201': {} };

describe('plans that were reviewed', () => {
  beforeEach(() => process.chdir(synthesizedProject()));

  test('are all made before the first is applied, and exactly they are applied, in order', async () => {
    const { machine, said, result } = deploying(given(BAKERY, { access: CREATE, services: RESTART }), {
      nodes: UP,
      changes: { access: CREATE, services: RESTART },
    });
    expect(await result).toBe(0);
    expect(machine.steps).toEqual([
      'plan vault',
      'plan access',
      'plan services',
      'apply access',
      'plan services',
      'apply services',
    ]);
    expect(machine.applied).toEqual([
      { part: 'access', plan: planJson(CREATE) },
      { part: 'services', plan: planJson(RESTART) },
    ]);
    expect(said).toEqual([
      'bakery-development-vault: nothing to do',
      `bakery-development-access: applying ${digestOf(`${BAKERY}-access`, CREATE)} (1 to create)`,
      `bakery-development-services: applying ${digestOf(`${BAKERY}-services`, RESTART)} (1 to replace)`,
    ]);
  });

  test('need nobody to approve them, and no cdktf', async () => {
    const { machine, result } = deploying(
      [...given(BAKERY, { access: CREATE }), '--auto-approve', '--skip-provider-lock'],
      {
        nodes: UP,
        changes: { access: CREATE },
      },
    );
    expect(await result).toBe(0);
    expect(machine.attached.filter(({ program }) => program.includes('cdktf'))).toEqual([]);
  });

  test.each<[string, Changes, Given['meanwhile'], readonly string[]]>([
    ['applied', CREATE, undefined, []],
    ['half applied', CREATE, (command) => (command === 'apply' ? 1 : undefined), []],
    ['not applied, as they are empty', {}, undefined, [`${BAKERY}-access.json`, `${BAKERY}-vault.json`]],
    ['refused', UPDATE, undefined, [`${BAKERY}-access.json`, `${BAKERY}-vault.json`]],
  ])('leave files of before where they are %s: %j', async (_, access, meanwhile, left) => {
    writePlans(`${BAKERY}-access`, `${BAKERY}-vault`);
    const { result } = deploying(given(BAKERY, { access: CREATE }), {
      nodes: UP,
      changes: { access },
      ...(meanwhile && { meanwhile }),
    });
    await result.catch(() => undefined);
    expect(plansLeft()).toEqual(left);
  });

  test('that are empty need no digest, and are not applied', async () => {
    const { machine, result } = deploying(given(BAKERY, { access: CREATE }), { nodes: UP });
    expect(await result).toBe(0);
    expect(machine.steps).toEqual(['plan vault', 'plan access', 'plan services']);
  });

  test.each<
    [string, Partial<Record<Part, Changes>>, Partial<Record<Part, Changes>>, readonly [Part, string][]]
  >([
    [
      'the same change of another stack',
      { access: CREATE },
      { services: CREATE },
      [['access', '1 to create']],
    ],
    ['another change', { access: UPDATE }, { access: CREATE }, [['access', '1 to update']]],
    [
      'one more stack',
      { access: CREATE, services: UPDATE },
      { access: CREATE },
      [['services', '1 to update']],
    ],
    [
      'none that was reviewed',
      { vault: CREATE, access: UPDATE },
      { vault: RESTART },
      [
        ['vault', '1 to create'],
        ['access', '1 to update'],
      ],
    ],
  ])('fails with %s, applies nothing and says what to do', async (_, changes, digests, refused) => {
    const { machine, result } = deploying(given(BAKERY, digests), { nodes: UP, changes });
    await expect(result).rejects.toMatchObject({
      exitCode: 4,
      problems: refused.map(
        ([part, summary]) =>
          `'plan' of bakery-development-${part} must be one that was reviewed, got another one (${summary}); run npm run plan -- bakery-development and have it reviewed anew`,
      ),
    });
    expect(machine.applied).toEqual([]);
  });

  test('of a server that is not there yet are applied alone, then the others are to be reviewed', async () => {
    const { machine, servers, result } = deploying(given(BAKERY, { vault: CREATE }), {
      changes: { vault: CREATE, access: UPDATE },
      meanwhile: (command) => {
        if (command === 'apply') servers.nodes = UP;
        return undefined;
      },
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 3,
      message: `stopped: 'plan' of bakery-development-access and bakery-development-services must be reviewed now that bakery-development-vault has changed, got none for the server that is there now; run npm run plan -- bakery-development\nnext: npm run plan -- bakery-development`,
    });
    expect(machine.steps).toEqual(['plan vault', 'apply vault']);
  });

  test('fails without a review of the server that is not there yet', async () => {
    const { machine, result } = deploying(given(BAKERY, { vault: UPDATE }), { changes: { vault: CREATE } });
    await expect(result).rejects.toMatchObject({ exitCode: 4 });
    expect(machine.steps).toEqual(['plan vault']);
  });

  test('are applied after a change of the server where they are the same then', async () => {
    const { machine, result } = deploying(given(BAKERY, { vault: UPDATE, access: CREATE }), {
      nodes: UP,
      changes: { vault: UPDATE, access: CREATE },
    });
    expect(await result).toBe(0);
    expect(machine.applied.map(({ part }) => part)).toEqual(['vault', 'access']);
  });

  test('stop after a change of the server that makes them others, as one that has forgotten all', async () => {
    const { machine, result } = deploying(given(BAKERY, { vault: UPDATE, access: CREATE }), {
      nodes: UP,
      changes: { vault: UPDATE, access: CREATE },
      meanwhile: (command, part) => {
        if (command === 'apply' && part === 'vault') machine.changes.access = RESTART;
        return undefined;
      },
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 3,
      command: 'npm run plan -- bakery-development',
      problems: [
        `'plan' of bakery-development-access must be reviewed now that bakery-development-vault has changed, got another one (1 to replace); run npm run plan -- bakery-development`,
      ],
    });
    expect(machine.applied.map(({ part }) => part)).toEqual(['vault']);
  });

  test('fails where Terraform refuses a saved plan, and applies no other', async () => {
    const { machine, result } = deploying(given(BAKERY, { access: CREATE, services: UPDATE }), {
      nodes: UP,
      changes: { access: CREATE, services: UPDATE },
      meanwhile: (command) => (command === 'apply' ? 1 : undefined),
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 1,
      problems: [
        "'plan' of bakery-development-access must be applied whole, got an error of Terraform, which is above; run npm run plan -- bakery-development, which tells what is left to do, and have that reviewed",
      ],
    });
    expect(machine.steps.at(-1)).toBe('apply access');
    expect(machine.applied).toEqual([]);
  });

  test.each(['init', 'plan', 'show'])(
    'fails where terraform %s fails, and applies nothing',
    async (failing) => {
      const { machine, result } = deploying(given(BAKERY, { vault: CREATE }), {
        nodes: UP,
        changes: { vault: CREATE },
        meanwhile: (command, part) => (command === failing && part === 'access' ? 1 : undefined),
      });
      await expect(result).rejects.toMatchObject({
        exitCode: 1,
        problems: [expect.stringMatching(/^'(init|plan)' of bakery-development-access must be /)],
      });
      expect(machine.applied).toEqual([]);
    },
  );

  test('fails where the machine lacks something, before it plans anything', async () => {
    const { machine, result } = deploying(given(BAKERY, { vault: CREATE }), {
      probe: async () => 'EADDRINUSE',
    });
    await expect(result).rejects.toThrow("'port' of bakery-vault must be free");
    expect(machine.ran).toEqual([]);
  });
});

describe('saved plans, which hold secrets,', () => {
  beforeEach(() => process.chdir(synthesizedProject()));

  test.each<[string, Given['meanwhile'], Partial<Record<Part, Changes>>]>([
    ['a deploy', undefined, { access: CREATE }],
    ['a refusal', undefined, { access: UPDATE }],
    ['an error of Terraform', (command) => (command === 'apply' ? 1 : undefined), { access: CREATE }],
  ])('are for this user alone, and gone after %s', async (_, meanwhile, digests) => {
    const { machine, result } = deploying(given(BAKERY, digests), {
      nodes: UP,
      changes: { access: CREATE },
      ...(meanwhile && { meanwhile }),
    });
    await result.catch(() => undefined);
    expect([...machine.folders.values()]).toEqual(['700']);
    expect([...machine.folders.keys()].filter((folder) => fs.existsSync(folder))).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'are gone after %s, and nothing else is applied',
    async (signal) => {
      const listeners = process.listeners(signal).length;
      const { machine, result } = deploying(given(BAKERY, { access: CREATE, services: UPDATE }), {
        nodes: UP,
        changes: { access: CREATE, services: UPDATE },
        meanwhile: (command) => {
          if (command === 'apply') process.emit(signal, signal);
          return undefined;
        },
      });
      await expect(result).rejects.toMatchObject({ exitCode: 128 + os.constants.signals[signal] });
      expect(machine.applied.map(({ part }) => part)).toEqual(['access']);
      expect([...machine.folders.keys()].filter((folder) => fs.existsSync(folder))).toEqual([]);
      expect(process.listeners(signal).length).toBe(listeners);
    },
  );
});

describe('values that people supply', () => {
  beforeEach(() => process.chdir(synthesizedProject()));
  const SHOP = given('shop-development', { access: CREATE });
  const SHOP_UP = {
    'http://127.0.0.1:8200': { tokens: { 'shop-dev-root-token': {} }, mounts: { apps: 'kv_1' } },
  };

  test('fail where they are missing and nobody can be asked, before anything is planned', async () => {
    const { machine, result } = deploying(SHOP, { nodes: SHOP_UP, changes: { access: CREATE } });
    await expect(result).rejects.toMatchObject({
      exitCode: 1,
      problems: [expect.stringContaining('TF_VAR_apps_'), expect.stringContaining('TF_VAR_apps_')],
    });
    expect(machine.ran).toEqual([]);
  });

  test('are given to plan and apply alike, and never as arguments', async () => {
    const person = fakePerson('{"a":"hidden"}', 'hidden too');
    const { machine, said, result } = deploying(SHOP, {
      nodes: SHOP_UP,
      changes: { access: CREATE },
      person,
    });
    expect(await result).toBe(0);
    const calls = machine.attached.filter(({ program }) => program === 'terraform');
    const [plan, apply] = ['plan', 'apply'].map((command) =>
      calls.find(({ args }) => args[1] === command && String(args[0]).endsWith('-access')),
    );
    expect(Object.values(plan?.variables ?? {})).toEqual(
      expect.arrayContaining(['{"a":"hidden"}', 'hidden too']),
    );
    expect(apply?.variables).toEqual(plan?.variables);
    expect(JSON.stringify([said, calls.map(({ args }) => args)])).not.toContain('hidden');
  });

  test('are not asked for where the server is not there yet', async () => {
    const { machine, result } = deploying(SHOP, { changes: { vault: UPDATE } });
    await expect(result).rejects.toMatchObject({ exitCode: 4 });
    expect(machine.steps).toEqual(['plan vault']);
  });

  test('are not asked for after a change of the server that has lost them: that is another plan', async () => {
    const access = new StackFile(stackFolder(process.cwd(), 'access'));
    const versions = access.suppliedSecrets.map(({ mount, path, version }) => [`${mount}/${path}`, version]);
    writeState(process.cwd(), 'access', {
      outputs: {
        supplied_versions: { value: Object.fromEntries(versions) },
        mount_accessors: { value: { apps: 'kv_1' } },
      },
    });
    const person = fakePerson('never');
    const { machine, servers, result } = deploying(
      given('shop-development', { vault: UPDATE, services: CREATE }),
      {
        nodes: SHOP_UP,
        changes: { vault: UPDATE, services: CREATE },
        person: { ...person, ask: async (questions) => (questions.length > 0 ? person.ask(questions) : []) },
        meanwhile: (command) => {
          const node = { ...SHOP_UP['http://127.0.0.1:8200'], mounts: { apps: 'kv_2' } };
          if (command === 'apply') servers.nodes = { 'http://127.0.0.1:8200': node };
          return undefined;
        },
      },
    );
    await expect(result).rejects.toMatchObject({
      exitCode: 3,
      command: 'npm run plan -- shop-development',
    });
    expect(person.asked).toEqual([]);
    expect(machine.applied.map(({ part }) => part)).toEqual(['vault']);
  });
});

const [FIRST, SECOND, THIRD] = ['https://127.0.0.1:8220', 'https://127.0.0.1:8221', 'https://127.0.0.1:8222'];
/** All nodes of the mill in the same state. */
const mill = (node: FakeNode) => ({ [FIRST]: node, [SECOND]: node, [THIRD]: node });
const OPEN: FakeNode = { tokens: { 'hvs.hidden': {} }, mounts: { apps: 'kv_1' } };
const SUPPLIED = { VAULT_TOKEN: 'hvs.hidden', TF_VAR_apps_mail_key: 'hidden' };

describe('a server that people open', () => {
  beforeEach(async () => process.chdir(await serverProject()));

  test.each([
    ['has no keys yet', { initialised: false, sealed: true }, 'init'],
    ['is sealed', { sealed: true }, 'unseal'],
  ])('and that %s: its own plan is applied, then they come next', async (_, node, verb) => {
    const { machine, result } = deploying(given('mill-staging', { vault: CREATE, access: UPDATE }), {
      nodes: mill(node),
      changes: { vault: CREATE, access: UPDATE },
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 3,
      command: `npm run vault -- ${verb} mill-staging`,
    });
    expect(machine.steps).toEqual(['plan vault', 'apply vault']);
  });

  test('is looked at anew after its own change, and the same command goes on when it is open', async () => {
    const args = given('mill-staging', { vault: CREATE, access: UPDATE });
    const first = deploying(args, {
      nodes: mill(OPEN),
      variables: SUPPLIED,
      changes: { vault: CREATE, access: UPDATE },
      meanwhile: (command) => {
        if (command === 'apply') first.servers.nodes = mill({ sealed: true });
        return undefined;
      },
    });
    await expect(first.result).rejects.toMatchObject({
      exitCode: 3,
      command: 'npm run vault -- unseal mill-staging',
    });
    const second = deploying(args, {
      nodes: mill(OPEN),
      variables: SUPPLIED,
      changes: { access: UPDATE },
    });
    expect(await second.result).toBe(0);
    expect(second.machine.applied.map(({ part }) => part)).toEqual(['access']);
  });

  test('is given the token of whoever deploys by those stacks alone that talk to it', async () => {
    const { machine, said, result } = deploying(
      given('forge-development', { access: CREATE, services: UPDATE }),
      {
        nodes: { 'http://127.0.0.1:8210': OPEN },
        variables: SUPPLIED,
        changes: { access: CREATE, services: UPDATE },
      },
    );
    expect(await result).toBe(0);
    const calls = machine.attached.filter(({ program }) => program === 'terraform');
    const withToken = calls.filter(({ variables }) => variables.VAULT_TOKEN === 'hvs.hidden');
    expect(new Set(withToken.map(({ args }) => String(args[0]).split('-').at(-1)))).toEqual(
      new Set(['access', 'services']),
    );
    expect(JSON.stringify([said, calls.map(({ args }) => args)])).not.toContain('hidden');
    expect(said).toContain('token: operator, 60 minutes left');
  });

  test('fails before anything is planned where the token will not do', async () => {
    const { machine, result } = deploying(given('mill-staging', { vault: CREATE }), {
      nodes: mill(OPEN),
      variables: { ...SUPPLIED, VAULT_TOKEN: 'hvs.other' },
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 1,
      problems: [expect.stringContaining("'VAULT_TOKEN' must be a token of the server")],
    });
    expect(machine.steps).toEqual([]);
  });
});
