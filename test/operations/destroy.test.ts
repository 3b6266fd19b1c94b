import * as fs from 'node:fs';
import { destroy } from '../../operations/destroy';
import type { Variables } from '../../operations/machine';
import { type FakeNode, FakeServers } from './fake-vault';
import { FakeMachine, plansLeft, READY, synthesizedProject, writePlans, writeState } from './fakes';
import { serverProject } from './server-project';

const before = process.cwd();
afterEach(() => process.chdir(before));

const HOLDING = { resources: [{ mode: 'managed', type: 'vault_policy' }] };

interface Given {
  readonly nodes?: Readonly<Record<string, FakeNode>>;
  readonly variables?: Variables;
  readonly canAsk?: boolean;
  /** Of every stack, where it is elsewhere. */
  readonly state?: object;
}

function destroying(environment: string, { nodes, variables, canAsk = true, state = {} }: Given = {}) {
  const said: string[] = [];
  const machine = new FakeMachine(
    { ...READY, 'terraform init': {}, 'terraform state': { stdout: JSON.stringify(state) } },
    { PG_CONN_STR: 'postgres://nowhere', ...variables },
  );
  const outside = {
    machine,
    clients: new FakeServers(nodes).clients,
    canAsk,
    say: (line: string) => said.push(line),
  };
  return {
    machine,
    said,
    result: destroy([environment, '--auto-approve'].slice(0, canAsk ? 2 : 1), outside),
  };
}

/** Whether anything but the synth was run. */
const changed = (machine: FakeMachine) =>
  machine.attached.some(({ program }) => program !== process.execPath);

describe('of a server in memory', () => {
  beforeEach(() => process.chdir(synthesizedProject()));

  test('runs cdktf on all stacks, without a value that somebody supplies', async () => {
    const { machine, result, said } = destroying('shop-development');
    expect(await result).toBe(0);
    const { args, variables } = machine.attached.at(-1) ?? {};
    expect(args).toEqual([
      'destroy',
      'shop-development-vault',
      'shop-development-access',
      'shop-development-services',
      '--skip-synth',
      '--auto-approve',
    ]);
    expect(Object.keys(variables ?? {}).filter((name) => name.startsWith('TF_VAR_'))).toEqual([]);
    expect(said).toEqual(['services, access, vault: destroying']);
  });

  test('makes plans of before useless, those of others not, and leaves them where it is refused', async () => {
    writePlans('shop-development-access', 'bakery-development-vault');
    await expect(destroying('shop-development', { canAsk: false }).result).rejects.toMatchObject({});
    expect(plansLeft()).toHaveLength(2);
    await destroying('shop-development').result;
    expect(plansLeft()).toEqual(['bakery-development-vault.json']);
  });

  test.each(['access', 'services'])(
    'needs the server when the state of %s has objects of it',
    async (stack) => {
      writeState(process.cwd(), stack, HOLDING);
      const { machine, result } = destroying('shop-development');
      await expect(result).rejects.toMatchObject({
        problems: [
          "'vault' of shop-development must answer, got 'connect ECONNREFUSED 127.0.0.1:8200' from 'http://127.0.0.1:8200'; bring it up with npx cdktf deploy shop-development-vault",
        ],
      });
      expect(changed(machine)).toBe(false);
      expect(await destroying('shop-development', { nodes: { 'http://127.0.0.1:8200': {} } }).result).toBe(0);
    },
  );

  test('fails without a terminal and without approval', async () => {
    await expect(destroying('shop-development', { canAsk: false }).result).rejects.toThrow(
      'write it as npm run destroy -- shop-development --auto-approve',
    );
  });
});

describe('of staging and production', () => {
  const ALLOWED = { 'tower-staging': { allowDestroy: true } };
  const ADDRESS = 'https://127.0.0.1:8240';
  const OPERATOR = { VAULT_TOKEN: 'hvs.hidden' };
  const open = (token = {}) => ({ [ADDRESS]: { tokens: { 'hvs.hidden': token } } });

  test('fails where it is protected, before anything happens', async () => {
    process.chdir(await serverProject());
    const { machine, result } = destroying('tower-staging', {
      nodes: open(),
      variables: OPERATOR,
      state: HOLDING,
    });
    await expect(result).rejects.toMatchObject({
      exitCode: 1,
      problems: [expect.stringContaining("'allowDestroy' of tower-staging must be true to destroy it")],
    });
    expect(changed(machine)).toBe(false);
  });

  test('comes with the operator’s token', async () => {
    process.chdir(await serverProject(ALLOWED));
    const { machine, said, result } = destroying('tower-staging', {
      nodes: open(),
      variables: OPERATOR,
      state: HOLDING,
    });
    expect(await result).toBe(0);
    expect(said).toEqual([
      'vault: unsealed, OpenBao 2.5.5',
      'token: operator, 60 minutes left',
      'services, access, vault: destroying',
    ]);
    expect(machine.attached.at(-1)?.variables).toMatchObject(OPERATOR);
  });

  test.each<[string, Given, string]>([
    [
      'the server is sealed',
      { nodes: { [ADDRESS]: { sealed: true } } },
      'npm run vault -- unseal tower-staging',
    ],
    ['the server is gone', {}, 'npx cdktf deploy tower-staging-vault'],
    ['the token is missing', { nodes: open() }, "'VAULT_TOKEN' must hold a token"],
    [
      'the policy is still the one of before',
      { nodes: open({ lacks: { 'sys/mounts/apps': ['delete'] } }), variables: OPERATOR },
      "got one that may not at 'sys/mounts/apps' (delete); run export VAULT_TOKEN=$(npm run --silent vault -- operator tower-staging), which writes the policy anew",
    ],
  ])('fails where %s, before anything happens', async (_, given, text) => {
    process.chdir(await serverProject(ALLOWED));
    const { machine, result } = destroying('tower-staging', { ...given, state: HOLDING });
    await expect(result).rejects.toThrow(text);
    expect(changed(machine)).toBe(false);
  });

  test('needs neither server nor token when nothing of it is left', async () => {
    process.chdir(await serverProject(ALLOWED));
    expect(await destroying('tower-staging').result).toBe(0);
  });

  test('fails without the authority’s certificate, by which the server is known', async () => {
    process.chdir(await serverProject(ALLOWED));
    fs.rmSync('certificates', { recursive: true });
    await expect(
      destroying('tower-staging', { nodes: open(), variables: OPERATOR, state: HOLDING }).result,
    ).rejects.toThrow("'ca' of tower-staging must be a file that can be read");
  });
});
