import * as fs from 'node:fs';
import * as path from 'node:path';
import { approvalProblem, cdktf } from '../../operations/cdktf';
import { Environments } from '../../operations/environments';
import { FakeMachine, stackFolder, synthesizedProject } from './fakes';

const shop = new Environments(path.join(synthesizedProject(), 'cdktf.out')).get('shop-development');

test('names each stack, takes what was synthesized and passes flags and values on', async () => {
  const machine = new FakeMachine();
  await cdktf(machine, 'deploy', shop, { flags: ['--parallelism', '2'], variables: { TF_VAR_key: 'v' } });
  expect(machine.attached).toEqual([
    {
      program: 'node_modules/.bin/cdktf',
      args: [
        'deploy',
        'shop-development-vault',
        'shop-development-access',
        'shop-development-services',
        '--skip-synth',
        '--parallelism',
        '2',
      ],
      variables: expect.objectContaining({ TF_VAR_key: 'v' }),
    },
  ]);
});

test.each([[['--parallelism', '2', '--no-color']], [['--no-color', '--parallelism=2']], [['--no-color']]])(
  'deploys some stacks one after another, in their order, with %j',
  async (flags) => {
    const machine = new FakeMachine();
    await cdktf(machine, 'deploy', shop, { flags, parts: ['access', 'services'] });
    expect(machine.attached[0]?.args).toEqual([
      'deploy',
      'shop-development-access',
      'shop-development-services',
      '--skip-synth',
      '--ignore-missing-stack-dependencies',
      '--parallelism',
      '1',
      '--no-color',
    ]);
  },
);

test.each([
  'TF_DATA_DIR',
  'TF_WORKSPACE',
  'VAULT_AGENT_ADDR',
  'VAULT_HTTP_PROXY',
  'VAULT_NAMESPACE',
  'VAULT_PROXY_ADDR',
  'VAULT_SKIP_VERIFY',
  'VAULT_TLS_SERVER_NAME',
])('takes %s away, which would lead Terraform elsewhere', async (variable) => {
  const machine = new FakeMachine();
  await cdktf(machine, 'deploy', shop, { flags: [] });
  const { variables = {} } = machine.attached[0] ?? {};
  expect(Object.hasOwn(variables, variable)).toBe(true);
  expect(variables[variable]).toBeUndefined();
});

describe('the lock that all states of a database share', () => {
  const WAITING = { TF_CLI_ARGS_apply: '-lock-timeout=5m', TF_CLI_ARGS_destroy: '-lock-timeout=5m' };

  test.each(['deploy', 'destroy'] as const)('is waited for in a %s', async (verb) => {
    expect(await variablesOf(verb, shopWithStatesIn('pg'))).toMatchObject(WAITING);
  });

  test.each(['s3', 'http', 'local'])(
    'is none of states in %s, where a lock may be left behind',
    async (type) => {
      expect(namesOf(await variablesOf('deploy', shopWithStatesIn(type)))).toEqual([]);
    },
  );

  test.each(['-lock-timeout=1s', ''])('is waited for as somebody has set it: %j', async (own) => {
    const variables = await variablesOf('deploy', shopWithStatesIn('pg'), { TF_CLI_ARGS_apply: own });
    expect(namesOf(variables)).toEqual(['TF_CLI_ARGS_destroy']);
  });

  async function variablesOf(verb: 'deploy' | 'destroy', environment: typeof shop, own = {}) {
    const machine = new FakeMachine({}, own);
    await cdktf(machine, verb, environment, { flags: [] });
    return machine.attached[0]?.variables ?? {};
  }

  function namesOf(variables: object): string[] {
    return Object.keys(variables).filter((name) => name.startsWith('TF_CLI_ARGS'));
  }

  function shopWithStatesIn(type: string): typeof shop {
    const project = synthesizedProject();
    for (const part of ['vault', 'access', 'services']) {
      const file = path.join(stackFolder(project, part), 'cdk.tf.json');
      const stack = JSON.parse(fs.readFileSync(file, 'utf8'));
      stack.terraform.backend = { [type]: {} };
      fs.writeFileSync(file, JSON.stringify(stack));
    }
    return new Environments(path.join(project, 'cdktf.out')).get('shop-development');
  }
});

test('returns the exit code', async () => {
  expect(await cdktf(new FakeMachine({}, {}, () => 130), 'destroy', shop, { flags: [] })).toBe(130);
});

test.each([[['--auto-approve']], [['--no-color', '--auto-approve=true']], [['--autoApprove']]])(
  'nobody need approve with %j',
  (flags) => {
    expect(approvalProblem(flags, false, 'deploy', 'shop-development')).toBeUndefined();
  },
);

test('somebody on a terminal can approve', () => {
  expect(approvalProblem([], true, 'deploy', 'shop-development')).toBeUndefined();
});

test('fails where nobody can approve', () => {
  expect(approvalProblem(['--auto-approve=false'], false, 'deploy', 'shop-development')).toBe(
    "'--auto-approve' must be given where nobody can approve, got no terminal; write it as npm run deploy -- shop-development --auto-approve",
  );
});
