import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ChangeReview } from '../../review/change-review';
import { commentMarkdown, GITHUB_LIMIT } from '../../review/comment/comment';
import { reviewJson } from '../../review/comment/review-json';
import { changes, runScript, SCRIPTS, temporaryFolder } from './fake-github';

const DIGEST = `sha256:${'a'.repeat(64)}`;
type PlanNote = ChangeReview['plans'][number];

/** Of a plan only what the scripts read. */
function plan(stack: string, isEmpty: boolean): PlanNote {
  const known: Pick<PlanNote, 'stack' | 'digest' | 'isEmpty' | 'hasErrored'> = {
    stack,
    digest: DIGEST,
    isEmpty,
    hasErrored: false,
  };
  return known as PlanNote;
}

const nothing: ChangeReview = { environments: [], plans: [], versions: {} };

test('the comment that the review writes is one that the workflow posts', () => {
  const file = path.join(temporaryFolder(), 'review.md');
  const text = commentMarkdown(nothing);
  fs.writeFileSync(file, text);
  const variables = { REPOSITORY: 'team/shop', PULL_REQUEST: '7' };
  const ended = runScript('review-comment.js', [file], variables, {
    'GET repos/team/shop/issues/7/comments': [[]],
  });
  expect(changes(ended)[0]?.fields).toEqual({ body: text });
});

test('both know the same limit of GitHub', () => {
  expect(fs.readFileSync(path.join(SCRIPTS, 'report.js'), 'utf8')).toContain(
    `LONGEST = ${GITHUB_LIMIT.toLocaleString('en').replace(',', '_')};`,
  );
});

test('the digests that a deploy is given are those of its report', () => {
  const file = path.join(temporaryFolder(), 'review.json');
  const plans = [plan('shop-production-access', false), plan('shop-production-vault', true)];
  fs.writeFileSync(file, reviewJson({ ...nothing, plans }));
  const { stdout } = spawnSync(process.execPath, [path.join(SCRIPTS, 'plan-digests.js'), file], {
    encoding: 'utf8',
  });
  expect(stdout).toBe(`digests=${DIGEST}\n`);
});
