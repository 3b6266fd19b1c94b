import * as path from 'node:path';
import { asksForHelp, environmentAndFlags, environmentOf, usage } from '../../operations/arguments';
import { Environments } from '../../operations/environments';
import { synthesizedProject } from './fakes';

const known = new Environments(path.join(synthesizedProject(), 'cdktf.out'));

test('the first argument names the environment, the others are flags', () => {
  const { environment, flags } = environmentAndFlags(
    ['shop-development', '--parallelism', '1'],
    known,
    'deploy',
  );
  expect([environment.name, flags]).toEqual(['shop-development', ['--parallelism', '1']]);
});

test.each([
  ['deploy', 'an unknown flag', ['--auto-aprove'], "'flags' must be those of cdktf deploy"],
  ['destroy', 'one of the other command', ['--refresh-only'], "'flags' must be those of cdktf destroy"],
] as const)('fails to %s with %s', (verb, _, flags, problem) => {
  expect(() => environmentAndFlags(['shop-development', ...flags], known, verb)).toThrow(
    expect.objectContaining({ exitCode: 2, problems: [expect.stringContaining(problem)] }),
  );
});

test('a mistake in the arguments has an exit code of its own', () => {
  expect(() => environmentOf([], known, 'deploy')).toThrow(expect.objectContaining({ exitCode: 2 }));
});

test('help is asked for anywhere', () => {
  expect(asksForHelp(['shop-development', '--help'])).toBe(true);
  expect(asksForHelp(['-h'])).toBe(true);
  expect(asksForHelp(['shop-development', '--auto-approve'])).toBe(false);
});

test('the usage names the command that was asked, and what is special about it', () => {
  expect(usage('destroy')).toContain('usage: npm run destroy -- <platform>-<environment>');
  expect(usage('destroy')).toContain('keep volumes, mounts and secrets');
  expect(usage('destroy')).not.toContain('--plan-digest');
  expect(usage('deploy')).toContain('It stops where a person comes next');
  expect(usage('deploy')).toContain('A digest is an approval');
});
