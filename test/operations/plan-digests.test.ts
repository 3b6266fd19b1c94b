import * as path from 'node:path';
import { Environments } from '../../operations/environments';
import { environmentAndDigests, namesPlans } from '../../operations/plan-digests';
import { synthesizedProject } from './fakes';

const known = new Environments(path.join(synthesizedProject(), 'cdktf.out'));
const [ONE, TWO] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

test.each([
  [['shop-development', '--plan-digest', ONE], true],
  [['shop-development', `--plan-digest=${ONE}`], true],
  [['shop-development', '--plan-digest='], true],
  [['shop-development', '--auto-approve'], false],
  [[], false],
])('%j is of reviewed plans: %s', (args, expected) => {
  expect(namesPlans(args)).toBe(expected);
});

test('takes several digests, and flags that scripts have anyway', () => {
  const { environment, digests } = environmentAndDigests(
    [
      'shop-development',
      '--plan-digest',
      ONE,
      '--auto-approve',
      `--plan-digest=${TWO}`,
      '--skip-provider-lock',
    ],
    known,
  );
  expect([environment.name, [...digests]]).toEqual(['shop-development', [ONE, TWO]]);
});

test.each(['', 'none', ONE.slice(0, -1), ONE.toUpperCase(), `${ONE},${TWO}`])('fails with %j', (digest) => {
  expect(() => environmentAndDigests(['shop-development', `--plan-digest=${digest}`], known)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      problems: [
        `'--plan-digest' must be one that npm run plan prints, got '${digest}'; write it as sha256: and 64 digits`,
      ],
    }),
  );
});

test.each([
  ['a flag of cdktf', ['--plan-digest', ONE, '--parallelism', '1']],
  ['a second environment', ['--plan-digest', ONE, 'bakery-development']],
  ['a digest too few', ['--plan-digest']],
])('fails with %s', (_, args) => {
  expect(() => environmentAndDigests(['shop-development', ...args], known)).toThrow(
    expect.objectContaining({ exitCode: 2 }),
  );
});

test('fails without an environment', () => {
  expect(() => environmentAndDigests(['--plan-digest', ONE], known)).toThrow(
    expect.objectContaining({ exitCode: 2 }),
  );
});
