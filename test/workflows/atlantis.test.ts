import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileOfPlan } from '../review/recorded-plans';
import { temporaryFolder } from './fake-github';

const root = path.join(__dirname, '..', '..');

/** What the hook runs between entering its folder and posting the comment. */
function documentedReview(): string {
  const page = fs.readFileSync(path.join(root, 'docs', 'continuous-integration.md'), 'utf8');
  const [, command = ''] = /run: cd \S+ && (\S+tsx .*?) && gh api/.exec(page) ?? [];
  return command.replaceAll('/opt/vault-platforms', root);
}

test('what Atlantis runs reviews a plan of another declaration than the one of the checkout', () => {
  const folder = temporaryFolder();
  fs.copyFileSync(fileOfPlan('update'), path.join(folder, 'bizosaas-production-access.json'));
  const { stderr, status } = spawnSync('sh', ['-c', documentedReview()], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('written to review.md\n');
  expect(status).toBe(0);
  const report = fs.readFileSync(path.join(folder, 'review.md'), 'utf8');
  expect(report).toMatch(/^<!-- vault-platforms-review -->\n/);
  expect(report).toContain('`vault_policy.store`');
});
