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

const ISSUES = 'repos/team/shop/issues';
const RUN_URL = 'https://github.example/team/shop/actions/runs/5';
const DRIFT = '<!-- vault-platforms-drift shop-production -->';
const BODY = `${DRIFT}\nFound by ${RUN_URL}\n\n${REPORT}`;
const open = { number: 3, user: BOT, body: `${DRIFT}\nFound by …`, html_url: 'https://github.example/3' };

function report(drift: string, issues: readonly object[] = [], more: Answers = {}, text = REPORT) {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'report.md'), text);
  fs.writeFileSync(path.join(folder, 'drift'), `${drift}\n`);
  return runScript(
    'drift-issue.js',
    [folder],
    { REPOSITORY: 'team/shop', ENVIRONMENT: 'shop-production', RUN_URL },
    { [`GET ${ISSUES}`]: [issues], ...more },
  );
}

test('opens an issue where there is drift', () => {
  const ended = report('true');
  expect(changes(ended)).toEqual([
    { method: 'POST', path: ISSUES, fields: { title: 'Drift in shop-production', body: BODY } },
  ]);
  expect(ended.code).toBe(0);
});

test('asks for open issues alone', () => {
  expect(report('true').calls[0]?.path).toBe(`${ISSUES}?state=open&per_page=100`);
});

test('keeps it up to date while there is drift', () => {
  const ended = report('true', [open]);
  expect(changes(ended)).toEqual([{ method: 'PATCH', path: `${ISSUES}/3`, fields: { body: BODY } }]);
});

test('closes it when the drift is gone, and says where that was seen', () => {
  const ended = report('false', [open]);
  expect(changes(ended)).toEqual([
    { method: 'POST', path: `${ISSUES}/3/comments`, fields: { body: `No drift any more: ${RUN_URL}` } },
    { method: 'PATCH', path: `${ISSUES}/3`, fields: { state: 'closed' } },
  ]);
  expect(ended.stdout).toBe('closed https://github.example/3\n');
});

test('does nothing where there is neither drift nor an issue', () => {
  const ended = report('false');
  expect(changes(ended)).toEqual([]);
  expect(ended.code).toBe(0);
});

test.each([
  ['of another environment', { ...open, body: `${DRIFT.replace('production', 'staging')}\n` }],
  ['of somebody else with the same marker', { ...open, user: PERSON }],
  ['that is a pull request', { ...open, pull_request: {} }],
  ['without a text', { ...open, body: null }],
])('leaves an issue alone %s', (_title, issue) => {
  expect(changes(report('false', [issue]))).toEqual([]);
});

test.each([
  ['that is not ours', 'true', '# Report\n', `must be text that begins with ${MARKER}`],
  ['that leaves no room for its head', 'true', `${MARKER}\n`.padEnd(65_500), 'must leave room for its head'],
  [
    'that does not say whether there is drift',
    'perhaps',
    REPORT,
    "'drift' must be true or false, got 'perhaps'",
  ],
])('fails on a report %s, and changes nothing', (_title, drift, text, problem) => {
  const ended = report(drift, [open], {}, text);
  expect(ended.stdout).toContain(problem);
  expect(changes(ended)).toEqual([]);
  expect(ended.code).toBe(1);
});

test('fails where GitHub refuses', () => {
  const ended = report('true', [], { [`POST ${ISSUES}`]: { failure: 'Issues are disabled (HTTP 410)' } });
  expect(ended.stdout).toContain('got gh: Issues are disabled (HTTP 410)');
  expect(ended.code).toBe(1);
});

test.each(['\n', '\r', '\r\n'])('fails on a word that is none, which is no command either: %j', (end) => {
  const ended = report(`50%${end}::stop-commands::x`);
  expect(ended.stdout).toMatch(
    /^::error::'drift' must be true or false, got '50%25(%0D|%0A)+::stop-commands::x'[^\r\n]*\n$/,
  );
  expect(ended.code).toBe(1);
});
