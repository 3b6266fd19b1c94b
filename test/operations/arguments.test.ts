import * as path from 'node:path';
import { asksForHelp, environmentOf, usage } from '../../operations/arguments';
import { Environments } from '../../operations/environments';
import { synthesizedProject } from './fakes';

const known = new Environments(path.join(synthesizedProject(), 'cdktf.out'));

test('the first argument names the environment, the others are flags', () => {
  expect(environmentOf(['shop-development', '--parallelism', '1'], known, 'deploy').name).toBe(
    'shop-development',
  );
});

test.each([
  [[], 'nothing'],
  [['shop-production'], "'shop-production'"],
  [['--auto-approve', 'shop-development'], "'--auto-approve'"],
])('fails with %j and lists what is known', (args, got) => {
  expect(() => environmentOf(args, known, 'deploy')).toThrow(
    `error: 'environment' must be one of bakery-development, shop-development, got ${got}; name it first, as in npm run deploy -- bakery-development`,
  );
});

test.each([['shop'], ['shop-developmnt']])('fails with %s and says what was probably meant', (name) => {
  expect(() => environmentOf([name], known, 'destroy')).toThrow(
    `error: 'environment' must be one of bakery-development, shop-development, got '${name}'; did you mean npm run destroy -- shop-development`,
  );
});

test('fails with two environments, since the second one would be deployed unchecked', () => {
  expect(() => environmentOf(['shop-development', 'bakery-development'], known, 'destroy')).toThrow(
    "error: 'environment' must be a single one, got 'bakery-development' too",
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
  expect(usage('deploy')).toContain('It stops where a person comes next');
});
