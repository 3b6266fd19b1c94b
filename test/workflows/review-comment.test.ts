import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  type Answers,
  BOT,
  changes,
  MARKER,
  PERSON,
  REPORT,
  runScript,
  temporaryFolder,
} from './fake-github';

const COMMENTS = 'repos/team/shop/issues/7/comments';
const VARIABLES = { REPOSITORY: 'team/shop', PULL_REQUEST: '7' };

function post(answers: Answers, text = REPORT) {
  const file = path.join(temporaryFolder(), 'review.md');
  fs.writeFileSync(file, text);
  return runScript('review-comment.js', [file], VARIABLES, answers);
}

const none = { [`GET ${COMMENTS}`]: [[]] };

test('posts the report where there is none yet', () => {
  const ended = post(none);
  expect(changes(ended)).toEqual([{ method: 'POST', path: COMMENTS, fields: { body: REPORT } }]);
  expect(ended.stdout).toBe(`posted https://github.example/${COMMENTS}\n`);
  expect(ended.code).toBe(0);
});

test('puts it in the place of the last one, on whichever page that is', () => {
  const other = { id: 1, user: BOT, body: 'a note of another workflow' };
  const ours = { id: 42, user: BOT, body: `${MARKER}\r\n# Review\r\n` };
  const ended = post({ [`GET ${COMMENTS}`]: [[other], [ours]] });
  expect(changes(ended)).toEqual([
    { method: 'PATCH', path: 'repos/team/shop/issues/comments/42', fields: { body: REPORT } },
  ]);
  expect(ended.code).toBe(0);
});

test.each([
  ['of somebody else with the same marker', { id: 1, user: PERSON, body: REPORT }],
  ['of a person who has the name of the bot', { id: 1, user: { ...BOT, type: 'User' }, body: REPORT }],
  ['of another bot', { id: 1, user: { login: 'other[bot]', type: 'Bot' }, body: REPORT }],
  ['that quotes the marker', { id: 1, user: BOT, body: `> see\n${REPORT}` }],
  ['whose account is gone', { id: 1, user: null, body: REPORT }],
])('leaves a comment alone %s', (_title, comment) => {
  const ended = post({ [`GET ${COMMENTS}`]: [[comment]] });
  expect(changes(ended)).toEqual([expect.objectContaining({ method: 'POST', path: COMMENTS })]);
});

test('takes what a pull request wrote for text, whatever it looks like', () => {
  const text = `${MARKER}\n@file $(id) \${{ secrets.X }} ::error::no\n`;
  expect(changes(post(none, text))[0]?.fields).toEqual({ body: text });
});

test.each([
  ['exactly as long as GitHub takes', 65_536, 0],
  ['one character longer', 65_537, 1],
])('looks at the length of a report: %s', (_title, length, code) => {
  const ended = post(none, `${MARKER}\n`.padEnd(length, 'ä'));
  expect(ended.code).toBe(code);
  expect(changes(ended)).toHaveLength(1 - code);
});

test.each([
  ['does not begin with the marker', '# Review\n', 'must be text that begins with'],
  ['has the marker later', `\n${REPORT}`, 'must be text that begins with'],
  ['is empty', '', 'must be text that begins with'],
  ['is no text', `${MARKER}\n\0`, 'must be text that begins with'],
  [
    'is far too long',
    `${MARKER}\n`.padEnd(300_000, 'x'),
    'must have 65536 characters at most, got 300000 bytes',
  ],
])('fails on a report that %s, and asks nothing of GitHub', (_title, text, problem) => {
  const ended = post(none, text);
  expect(ended.stdout).toMatch(/^::error::'report' .*\n$/);
  expect(ended.stdout).toContain(problem);
  expect(ended.calls).toEqual([]);
  expect(ended.code).toBe(1);
});

test.each<[string, (file: string) => void]>([
  ['that is a link to another file', (file) => fs.symlinkSync(__filename, file)],
  ['that is a folder', (file) => fs.mkdirSync(file)],
  ['that is not there', () => undefined],
])('fails on a report %s', (_title, make) => {
  const file = path.join(temporaryFolder(), 'review.md');
  make(file);
  const ended = runScript('review-comment.js', [file], VARIABLES, none);
  expect(ended.stdout).toContain("'report' must be a file, got none");
  expect(ended.calls).toEqual([]);
  expect(ended.code).toBe(1);
});

test.each(['GET', 'POST'])('fails where GitHub refuses a %s, and says why', (method) => {
  const failure = 'Resource not accessible by integration (HTTP 403)';
  const ended = post({ ...none, [`${method} ${COMMENTS}`]: { failure } });
  expect(ended.stdout).toContain(`::error::'gh api' must be answered, got gh: ${failure} for ${COMMENTS}`);
  expect(ended.stdout).not.toContain('no-real-token');
  expect(ended.code).toBe(1);
});

test.each([
  ['REPOSITORY', { REPOSITORY: 'team/shop/../other' }],
  ['PULL_REQUEST', { PULL_REQUEST: '7/labels' }],
])('fails on a %s that is none', (name, wrong) => {
  const file = path.join(temporaryFolder(), 'review.md');
  fs.writeFileSync(file, REPORT);
  const ended = runScript('review-comment.js', [file], { ...VARIABLES, ...wrong }, none);
  expect(ended.stdout).toContain(`::error::'${name}' must look like`);
  expect(ended.calls).toEqual([]);
});
