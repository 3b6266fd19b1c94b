import { spawnSync } from 'node:child_process';
import { CDKTF_FLAGS, refuseUnknownFlags } from '../../operations/cdktf-flags';

const KINDS = { boolean: 'none', number: 'one', string: 'one', array: 'several' } as const;

test.each(['deploy', 'destroy'] as const)('the flags of %s are those that its help lists', (verb) => {
  const { stdout, stderr } = spawnSync('node_modules/.bin/cdktf', [verb, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', COLUMNS: '500' },
  });
  const listed = [...`${stdout}${stderr}`.matchAll(/^ +(?:-\w, +)?(--[a-z-]+) .*$/gm)].flatMap(
    ([line, name = '']) => {
      const [, kind] = /\[(boolean|number|string|array)\]/.exec(line) ?? [];
      return name === '--help' ? [] : [[name, KINDS[(kind ?? 'string') as keyof typeof KINDS]]];
    },
  );
  expect(Object.fromEntries(listed)).toEqual(CDKTF_FLAGS[verb]);
});

test.each([
  [[]],
  [['--auto-approve', '--no-color']],
  [['--auto-approve=true', '--skip-provider-lock', 'false']],
  [['--autoApprove', '--no-auto-approve']],
  [['--parallelism', '-1', '--terraform-parallelism=4']],
  [['--var', 'a=1', 'b=2', '--var=c=3', '--var-file', 'x.tfvars']],
  [['-o', 'elsewhere', '-a', 'node main.js']],
  [['--outputs-file', 'outputs.json', '--refresh-only']],
])('lets %j pass', (flags) => {
  expect(() => refuseUnknownFlags(flags, 'deploy')).not.toThrow();
});

test.each([
  [['--auto-aprove'], '--auto-aprove; did you mean --auto-approve'],
  [['--parallel', '1'], '--parallel; did you mean --parallelism'],
  [['--no-color', '--skip-provider-locks'], '--skip-provider-locks; did you mean --skip-provider-lock'],
  [['--plan-digests=sha256:hidden'], '--plan-digests; did you mean --plan-digest'],
  [['--vars=key=hidden'], '--vars; did you mean --var'],
  [['--target', 'hidden'], '--target; see npx cdktf deploy --help'],
  [['--no-parallelism'], '--no-parallelism; did you mean --parallelism'],
  [['-auto-approve'], '-auto-approve; did you mean --auto-approve'],
  [['-y'], '-y; see npx cdktf deploy --help'],
  [['--'], '--; see npx cdktf deploy --help'],
])('fails with %j, and quotes no value', (flags, got) => {
  expect(() => refuseUnknownFlags(flags, 'deploy')).toThrow(
    expect.objectContaining({
      exitCode: 2,
      problems: [`'flags' must be those of cdktf deploy, got ${got}`],
    }),
  );
});

test.each([
  [['bakery-development']],
  [['--auto-approve', 'bakery-development']],
  [['--parallelism=1', 'bakery-development']],
  [['--parallelism', '1', 'bakery-development']],
])('fails with a second environment in %j, since it would be deployed unchecked', (flags) => {
  expect(() => refuseUnknownFlags(flags, 'destroy')).toThrow(
    "error: 'environment' must be a single one, got 'bakery-development' too; name one after the other",
  );
});
