import * as fs from 'node:fs';
import * as os from 'node:os';
import { plan } from '../../operations/plan';
import { planReading } from '../../operations/plan-reading';
import { type Changes, FakeTerraform, type FakeTerraformProps, planJson } from './fake-terraform';
import { type FakeNode, FakeServers } from './fake-vault';
import { synthesizedProject } from './fakes';
import { serverProject } from './server-project';

const before = process.cwd();
afterEach(() => process.chdir(before));

const CREATE: Changes = { 'vault_policy.web': 'create' };
const MANY: Changes = { 'vault_policy.web': 'update', 'vault_mount.a': 'create', 'vault_mount.b': 'create' };
const digestOf = (stack: string, changes: Changes) => planReading(planJson(changes), stack).digest;

interface Given extends FakeTerraformProps {
  readonly nodes?: Readonly<Record<string, FakeNode>>;
}

function planning(args: readonly string[], { nodes, ...props }: Given = {}) {
  const machine = new FakeTerraform(props);
  const printed: string[] = [];
  const said: string[] = [];
  const result = plan(args, {
    machine,
    clients: new FakeServers(nodes).clients,
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
  });
  return { machine, printed, said, result };
}

const fileOf = (stack: string) => `cdktf.out/plans/${stack}.json`;
const mode = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

describe('a server in memory', () => {
  beforeEach(() => process.chdir(synthesizedProject()));
  const BAKERY = ['bakery-development'];
  const UP = { 'http://127.0.0.1:8201': {} };

  test('prints digest and counts of each stack, and the commands for review and deploy', async () => {
    const { machine, printed, result } = planning(BAKERY, {
      nodes: UP,
      changes: { access: MANY, services: CREATE },
    });
    expect(await result).toBe(0);
    expect(machine.steps).toEqual(['plan vault', 'plan access', 'plan services']);
    expect(printed).toEqual([
      `bakery-development-vault     ${digestOf(`${BAKERY}-vault`, {})}  nothing to do`,
      `bakery-development-access    ${digestOf(`${BAKERY}-access`, MANY)}  2 to create, 1 to update`,
      `bakery-development-services  ${digestOf(`${BAKERY}-services`, CREATE)}  1 to create`,
      '',
      'review: npm run review -- --plan cdktf.out/plans/bakery-development-vault.json cdktf.out/plans/bakery-development-access.json cdktf.out/plans/bakery-development-services.json',
      `deploy: npm run deploy -- bakery-development --plan-digest ${digestOf(`${BAKERY}-access`, MANY)} --plan-digest ${digestOf(`${BAKERY}-services`, CREATE)}`,
    ]);
  });

  test('names no command where there is nothing to do', async () => {
    const { printed, result } = planning(BAKERY, { nodes: UP });
    expect(await result).toBe(0);
    expect(printed.map((line) => line.split('  ').at(-1))).toEqual(Array(3).fill('nothing to do'));
  });

  test('writes plans for this user alone, and keeps no saved one', async () => {
    fs.mkdirSync('cdktf.out/plans', { mode: 0o755 });
    const { machine, result } = planning(BAKERY, { nodes: UP, changes: { access: CREATE } });
    await result;
    const file = fileOf('bakery-development-access');
    expect([mode('cdktf.out/plans'), mode(file)]).toEqual(['700', '600']);
    expect(fs.readFileSync(file, 'utf8')).toBe(planJson(CREATE));
    expect(fs.readdirSync('cdktf.out/plans')).toHaveLength(3);
    expect([...machine.folders.keys()].filter((folder) => fs.existsSync(folder))).toEqual([]);
  });

  test.each([
    ['succeeds', {}, ['bakery-development-vault.json', 'shop-development-vault.json']],
    ['fails', { meanwhile: () => 1 }, ['shop-development-vault.json']],
  ])('removes plans of before of this environment alone, also where it %s', async (_, props, left) => {
    fs.mkdirSync('cdktf.out/plans');
    for (const stack of ['bakery-development-access', 'bakery-development-vault', 'shop-development-vault']) {
      fs.writeFileSync(fileOf(stack), 'of before');
    }
    await planning(BAKERY, props).result.catch(() => undefined);
    expect(fs.readdirSync('cdktf.out/plans')).toEqual(left);
    expect(fs.readFileSync(fileOf('shop-development-vault'), 'utf8')).toBe('of before');
  });

  test('is planned alone where it does not answer, which is no failure while it has to be deployed', async () => {
    const { machine, printed, result } = planning(BAKERY, { changes: { vault: CREATE } });
    expect(await result).toBe(0);
    expect(machine.steps).toEqual(['plan vault']);
    expect(printed.slice(0, 3)).toEqual([
      `bakery-development-vault     ${digestOf(`${BAKERY}-vault`, CREATE)}  1 to create`,
      'bakery-development-access    not planned: the server must be up and open first',
      'bakery-development-services  not planned: the server must be up and open first',
    ]);
    expect(printed.at(-1)).toBe(
      `deploy: npm run deploy -- bakery-development --plan-digest ${digestOf(`${BAKERY}-vault`, CREATE)}`,
    );
  });

  test('fails where it does not answer and a deploy would not mend that', async () => {
    await expect(planning(BAKERY).result).rejects.toMatchObject({
      exitCode: 1,
      problems: [expect.stringContaining("'vault' of bakery-development must answer")],
    });
  });

  test('asks nobody for values: they are in no plan', async () => {
    const { machine, said, result } = planning(['shop-development'], {
      nodes: { 'http://127.0.0.1:8200': {} },
      variables: { TF_VAR_apps_mail_key: 'own' },
    });
    expect(await result).toBe(0);
    const variables = machine.given.at(-1) ?? {};
    expect(JSON.parse(variables.TF_VAR_apps_legacy ?? '')).toEqual({ placeholder: expect.any(String) });
    expect(variables).not.toHaveProperty('TF_VAR_apps_mail_key');
    expect(said).toEqual(["TF_VAR_apps_legacy: not set, and the deploy will need it to write 'apps/legacy'"]);
  });

  test('fails without an engine and with too old a Terraform, and plans nothing', async () => {
    const { machine, result } = planning(BAKERY, {
      answers: {
        'docker version': { status: 1, failure: 'no engine' },
        'terraform version': { stdout: '{"terraform_version":"1.10.0"}' },
      },
    });
    await expect(result).rejects.toMatchObject({
      problems: [expect.stringContaining("'docker'"), expect.stringContaining("'terraform'")],
    });
    expect(machine.ran).toEqual([]);
  });

  test('takes the flag that deploy and destroy take, which has no effect', async () => {
    const { machine, result } = planning([...BAKERY, '--skip-provider-lock'], { nodes: UP });
    expect(await result).toBe(0);
    expect(machine.steps).toEqual(['plan vault', 'plan access', 'plan services']);
    expect(machine.attached.flatMap(({ args }) => args)).not.toContain('--skip-provider-lock');
  });

  test.each([[['--detailed-exitcode']], [['shop-development']], [['--plan-digest=x']]])(
    'fails with %j beside the environment',
    async (more) => {
      await expect(planning([...BAKERY, ...more]).result).rejects.toMatchObject({ exitCode: 2 });
    },
  );

  test('fails without an environment that there is', async () => {
    await expect(planning(['shop-production']).result).rejects.toMatchObject({ exitCode: 2 });
  });

  test('ends with Ctrl-C, and writes no plan', async () => {
    const { machine, result } = planning(BAKERY, {
      nodes: UP,
      meanwhile: (command, part) => {
        if (command === 'plan' && part === 'access') process.emit('SIGINT', 'SIGINT');
        return undefined;
      },
    });
    await expect(result).rejects.toMatchObject({ exitCode: 128 + os.constants.signals.SIGINT });
    expect(machine.steps).toEqual(['plan vault', 'plan access']);
    expect(fs.existsSync('cdktf.out/plans')).toBe(false);
    expect([...machine.folders.keys()].filter((folder) => fs.existsSync(folder))).toEqual([]);
  });
});

describe('a server that people open', () => {
  beforeEach(async () => process.chdir(await serverProject()));
  const FORGE = ['forge-development'];
  const sealed = { 'http://127.0.0.1:8210': { sealed: true } };
  const open = { 'http://127.0.0.1:8210': { tokens: { 'hvs.hidden': {} } } };
  const VAULT_TOKEN = 'hvs.hidden';

  test('ends with the command of people where it is sealed, and its own plan is empty', async () => {
    const { printed, result } = planning(FORGE, { nodes: sealed });
    await expect(result).rejects.toMatchObject({
      exitCode: 3,
      command: 'npm run vault -- init forge-development --development',
    });
    expect(printed).toHaveLength(3);
  });

  test('is no failure where it is sealed, and its own plan is to be deployed', async () => {
    const { printed, result } = planning(FORGE, { nodes: sealed, changes: { vault: CREATE } });
    expect(await result).toBe(0);
    expect(printed.at(-1)).toContain(`--plan-digest ${digestOf(`${FORGE}-vault`, CREATE)}`);
  });

  test('is planned with the token of whoever deploys, which is nowhere else', async () => {
    const { machine, printed, said, result } = planning(FORGE, { nodes: open, variables: { VAULT_TOKEN } });
    expect(await result).toBe(0);
    expect(machine.given.at(-1)).toMatchObject({ VAULT_TOKEN });
    const arguments_ = machine.attached.map(({ args }) => args);
    expect(JSON.stringify([printed, said, arguments_])).not.toContain('hidden');
  });

  test('fails where it is open and the token will not do, and plans nothing', async () => {
    const { machine, result } = planning(FORGE, { nodes: open, variables: { VAULT_TOKEN: 'hvs.other' } });
    await expect(result).rejects.toMatchObject({ exitCode: 1 });
    expect(machine.ran).toEqual([]);
  });

  test('shows the loss of data that a deploy would refuse', async () => {
    const old = {
      mode: 'managed',
      type: 'vault_kv_secret_v2',
      name: 'old',
      instances: [{ attributes: { mount: 'apps', name: 'old' } }],
    };
    const { said, result } = planning(['mill-staging'], {
      nodes: {},
      changes: { vault: CREATE },
      answers: { 'terraform state': { stdout: JSON.stringify({ resources: [old] }) } },
    });
    expect(await result).toBe(0);
    expect(said[0]).toMatch(
      /^warning: 'allowDestroy' of mill-staging must be true to lose data, got secret 'apps\/old'/,
    );
  });
});

test('fails where somebody else’s server is sealed, and plans nothing', async () => {
  process.chdir(await serverProject());
  const { machine, result } = planning(['quarry-production'], {
    nodes: { 'https://vault.example:8200': { sealed: true } },
  });
  await expect(result).rejects.toMatchObject({
    exitCode: 1,
    problems: [expect.stringContaining('must be unsealed')],
  });
  expect(machine.ran).toEqual([]);
});

test('prints its usage without a synth, which says that plans hold secrets', async () => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { machine, result } = planning(['--help']);
  expect(await result).toBe(0);
  expect(write.mock.calls.join('')).toContain('holds secrets');
  expect(write.mock.calls.join('')).toContain(
    '--skip-provider-lock, as deploy and destroy take it, has no effect',
  );
  expect(machine.attached).toEqual([]);
  write.mockRestore();
});
