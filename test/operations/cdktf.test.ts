import * as path from 'node:path';
import { approvalProblem, cdktf } from '../../operations/cdktf';
import { Environments } from '../../operations/environments';
import { FakeMachine, synthesizedProject } from './fakes';

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
