import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SCRIPTS, temporaryFolder } from './fake-github';

const [A, B] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);

function digests(report: unknown) {
  const file = path.join(temporaryFolder(), 'review.json');
  fs.writeFileSync(file, JSON.stringify(report));
  return spawnSync(process.execPath, [path.join(SCRIPTS, 'plan-digests.js'), file], { encoding: 'utf8' });
}

function plan(stack: string, digest = A, more: object = {}) {
  return { stack, digest, isEmpty: false, hasErrored: false, ...more };
}

test('gives the digests of plans that would change something', () => {
  const { stdout, status } = digests({
    plans: [plan('shop-vault', A, { isEmpty: true }), plan('shop-access', A), plan('shop-services', B)],
  });
  expect(stdout).toBe(`digests=${A} ${B}\n`);
  expect(status).toBe(0);
});

test('gives none where nothing would change', () => {
  expect(digests({ plans: [plan('shop-vault', A, { isEmpty: true })] }).stdout).toBe('digests=\n');
});

test.each([
  ['no plans', { plans: [] }, "'plans' must be those of the report"],
  ['another form', { stacks: [] }, "'plans' must be those of the report"],
  [
    'a digest that would be another output',
    { plans: [plan('shop-vault', `${A}\nenvironment=x`)] },
    'must have a digest',
  ],
  [
    'a plan that does not say whether it is empty',
    { plans: [{ stack: 'shop-vault', digest: A }] },
    'must have a digest',
  ],
  [
    'a plan that Terraform made in part',
    { plans: [plan('shop-vault', A, { hasErrored: true })] },
    'must be whole',
  ],
])('fails on %s, and gives nothing', (_title, report, problem) => {
  const { stdout, stderr, status } = digests(report);
  expect(stderr).toContain(problem);
  expect(stdout).toBe('');
  expect(status).not.toBe(0);
});
