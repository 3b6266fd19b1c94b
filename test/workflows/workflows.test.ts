import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');
const WORKFLOWS = path.join(root, '.github', 'workflows');
const files = fs.readdirSync(WORKFLOWS).sort();

function linesOf(file: string): string[] {
  return fs.readFileSync(path.join(WORKFLOWS, file), 'utf8').split('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** What a key holds: the rest of its line, and what is indented more. */
function held(lines: readonly string[], key: RegExp): string[] {
  return lines.flatMap((line, i) => {
    const found = key.exec(line);
    if (!found) return [];
    const rest = lines.slice(i + 1);
    const end = rest.findIndex(
      (next) => next.trim() !== '' && indentOf(next) <= indentOf(line.replace('- ', '  ')),
    );
    return [[line.slice(found[0].length), ...rest.slice(0, end < 0 ? undefined : end)].join('\n').trim()];
  });
}

/** Text of each job by its name. */
function jobsOf(file: string): Record<string, string[]> {
  const lines = linesOf(file);
  const jobs = lines.slice(lines.indexOf('jobs:') + 1);
  const starts = jobs.flatMap((line, i) => (/^ {2}\w+:$/.test(line) ? [i] : []));
  return Object.fromEntries(
    starts.map((start, i) => [jobs[start]?.trim().slice(0, -1), jobs.slice(start, starts[i + 1])]),
  );
}

const scripts = (lines: readonly string[]) => held(lines, /^\s*(- )?run:/);

test('are those that the documentation names', () => {
  const text = fs.readFileSync(path.join(root, 'docs', 'continuous-integration.md'), 'utf8');
  expect(files).toEqual([...new Set([...text.matchAll(/`([a-z-]+\.yml)`/g)].map(([, name]) => name))].sort());
});

describe.each(files)('%s', (file) => {
  const lines = linesOf(file);

  test('pins every action to a commit, with its version beside it', () => {
    const actions = lines.filter((line) => /^\s*(- )?uses:/.test(line));
    expect(actions.length).toBeGreaterThan(0);
    for (const line of actions) {
      expect(line).toMatch(
        /uses: ([\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/[\w-]+\.yml)$/,
      );
    }
  });

  test('says at its top what its token may do, and lets it write nothing there', () => {
    expect(held(lines, /^permissions:/)).toEqual([expect.stringMatching(/^(\{\}|contents: read)$/)]);
  });

  test('gives every job permissions of its own, where the top has none', () => {
    if (held(lines, /^permissions:/)[0] !== '{}') return expect(lines).toContain('  contents: read');
    for (const job of Object.values(jobsOf(file))) expect(held(job, /^ {4}permissions:/)).toHaveLength(1);
  });

  test('is started by no event that gives the code of strangers a token', () => {
    expect(lines.join('\n')).not.toMatch(/pull_request_target|workflow_run|issue_comment|secrets: inherit/);
  });

  test('puts nothing of an expression into a script', () => {
    for (const script of scripts(lines)) expect(script).not.toContain('${{');
  });

  test('ends a script of several lines at its first failure', () => {
    for (const script of scripts(lines)) {
      if (script.startsWith('|')) expect(script.split('\n')[1]?.trim()).toBe('set -euo pipefail');
      // A single line is one command, whose exit code counts.
      else expect(script).not.toMatch(/[;|]/);
      expect(script.split('\n').length).toBeLessThanOrEqual(15);
    }
  });

  test('leaves no token in a checkout', () => {
    const checkouts = lines.filter((line) => line.includes('actions/checkout@'));
    expect(lines.filter((line) => line.trim() === 'persist-credentials: false')).toHaveLength(
      checkouts.length,
    );
  });

  test('hands no plan from job to job', () => {
    const uploads = lines.flatMap((line, i) =>
      line.includes('actions/upload-artifact@') ? [held(lines.slice(i), /^\s*path:/)[0]] : [],
    );
    for (const upload of uploads) expect(upload).not.toMatch(/plan|\*|cdktf\.out\/?$/);
  });

  test('uses scripts that there are', () => {
    for (const [script] of lines.join('\n').matchAll(/(\.github\/scripts|operations)\/[\w-]+\.\w+/g)) {
      expect(fs.existsSync(path.join(root, script))).toBe(true);
    }
  });
});

describe('a pull request', () => {
  const jobs = jobsOf('review.yml');

  test.each(Object.keys(jobs))('%s: its code never runs with a token that can write', (name) => {
    const text = (jobs[name] ?? []).join('\n');
    const runsIt = /npm (ci|run)|review\.sh/.test(text);
    expect(/: write/.test(text) && runsIt).toBe(false);
    // Whoever does not run it takes the scripts of the base.
    expect(text.includes('ref: ${{ github.event.pull_request.base.sha }}')).toBe(!runsIt);
  });

  test('is checked to the end, since a check that is skipped counts as passed', () => {
    expect(held(jobs.agreement ?? [], /^ {4}if:/)).toEqual(['always()']);
    expect(held(jobs.agreement ?? [], /^ {4}needs:/)).toEqual(['[labels, review]']);
  });

  test('is checked anew with each commit and each label', () => {
    expect(linesOf('review.yml')).toContain(
      '    types: [opened, synchronize, reopened, edited, labeled, unlabeled]',
    );
  });
});

describe('the signed token', () => {
  test('is for the jobs alone that log in', () => {
    const jobs = files.flatMap((file) =>
      Object.entries(jobsOf(file)).map(([name, job]) => [`${file} ${name}`, job] as const),
    );
    const withToken = jobs
      .filter(([, job]) => job.join('\n').includes('id-token: write'))
      .map(([name]) => name);
    expect(withToken).toEqual([
      'deploy-environment.yml plan',
      'deploy-environment.yml deploy',
      // Calls the one above, which can have no more than its caller.
      'deploy.yml deploy',
      'drift.yml plan',
    ]);
    const calling = jobs.filter(([, job]) => job.join('\n').includes('job-token.ts')).map(([name]) => name);
    expect(calling).toEqual(withToken.filter((name) => name !== 'deploy.yml deploy'));
  });
});

test('a deploy is never ended in its middle', () => {
  expect(held(linesOf('deploy.yml'), /^ {4}concurrency:/)).toEqual([
    'group: deploy-${{ matrix.environment }}\n      cancel-in-progress: false',
  ]);
});

test.each(fs.readdirSync(path.join(root, '.github', 'scripts')).filter((name) => name.endsWith('.sh')))(
  '%s ends at its first failure, and can be run',
  (name) => {
    const script = path.join(root, '.github', 'scripts', name);
    expect(fs.readFileSync(script, 'utf8')).toContain('\nset -euo pipefail\n');
    expect(fs.statSync(script).mode & 0o111).toBe(0o111);
  },
);
