import * as path from 'node:path';
import { approvalProblem, cdktf } from '../../operations/cdktf';
import { Environments } from '../../operations/environments';
import { FakeMachine, synthesizedProject } from './fakes';

const shop = new Environments(path.join(synthesizedProject(), 'cdktf.out')).get('shop-development');

test('names each stack, takes what was synthesized and passes flags and values on', async () => {
  const machine = new FakeMachine();
  await cdktf(machine, 'deploy', shop, ['--skip-provider-lock'], { TF_VAR_key: 'v' });
  expect(machine.attached).toEqual([
    {
      program: 'node_modules/.bin/cdktf',
      args: [
        'deploy',
        'shop-development-vault',
        'shop-development-access',
        'shop-development-services',
        '--skip-synth',
        '--skip-provider-lock',
      ],
      variables: { TF_VAR_key: 'v' },
    },
  ]);
});

test('returns the exit code', async () => {
  expect(await cdktf(new FakeMachine({}, {}, () => 130), 'destroy', shop, [])).toBe(130);
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
