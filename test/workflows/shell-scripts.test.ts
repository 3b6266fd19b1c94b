import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { folderWith, SCRIPTS, temporaryFolder } from './fake-github';

/** Ends as the file says: a line for each run. It says something on both streams, as programs do. */
const NPM = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$FAKE_CALLS"
echo talk; echo talk >&2
for ((i = 1; i <= $#; i++)); do
  if [ "\${!i}" = --output ]; then next=$((i + 1)); echo report >"\${!next}"; fi
done
exit "$(sed -n "$(wc -l <"$FAKE_CALLS")p" "$FAKE_CODES")"
`;

let programs: string | undefined;

function run(
  script: string,
  args: readonly string[],
  cwd: string,
  variables: object,
  codes: readonly number[],
) {
  programs ??= folderWith('npm', NPM);
  const folder = temporaryFolder();
  const [calls, answers, output] = ['calls', 'codes', 'output'].map((name) => path.join(folder, name));
  fs.writeFileSync(answers as string, codes.join('\n'));
  fs.writeFileSync(output as string, '');
  const { status, stderr } = spawnSync(path.join(SCRIPTS, script), args, {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${programs}${path.delimiter}${process.env.PATH}`,
      GITHUB_OUTPUT: output,
      FAKE_CALLS: calls,
      FAKE_CODES: answers,
      ...variables,
    },
  });
  return {
    code: status,
    stderr,
    output: fs.readFileSync(output as string, 'utf8'),
    calls: fs.existsSync(calls as string)
      ? fs
          .readFileSync(calls as string, 'utf8')
          .trim()
          .split('\n')
      : [],
  };
}

describe('review.sh', () => {
  /** A pull request that was merged for the check, while its base went on. */
  const repository = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@shop.example', ...args], {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  let base: string;
  beforeAll(() => {
    git('init', '--quiet', '--initial-branch=main');
    git('commit', '--allow-empty', '--message=base');
    base = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', '-b', 'change');
    git('commit', '--allow-empty', '--message=change');
    git('checkout', '--quiet', 'main');
    git('commit', '--allow-empty', '--message=later');
    git('update-ref', 'refs/remotes/origin/main', 'main');
    git('checkout', '--quiet', 'change');
  });

  function review(...codes: readonly number[]) {
    const report = path.join(temporaryFolder(), 'review.md');
    return run('review.sh', [report], repository, { BASE_REF: 'main' }, codes);
  }

  test.each([
    ['nothing', [0], { broadening: false, destroy: false }],
    ['a broadening', [3], { broadening: true, destroy: false }],
    ['a destroy', [4, 0], { broadening: false, destroy: true }],
    ['both', [4, 3], { broadening: true, destroy: true }],
  ])('finds %s', (_title, codes, { broadening, destroy }) => {
    const ended = review(...codes);
    expect(ended.output).toBe(`broadening=${broadening}\ndestroy=${destroy}\n`);
    expect(ended.code).toBe(0);
    expect(ended.calls).toHaveLength(codes.length);
  });

  test('compares with where the change began, not with what came to the branch since', () => {
    const [call] = review(0).calls;
    expect(call).toContain(`run --silent review -- --base ${base} --fail-on destroy,broadening --output /`);
  });

  test.each([[[1]], [[2]], [[5]], [[6]], [[4, 1]], [[4, 4]], [[127]]])(
    'fails where the review ends with %p, and says nothing of what it found',
    (codes) => {
      const ended = review(...codes);
      expect(ended.code).toBe(1);
      expect(ended.output).toBe('');
    },
  );

  test('fails on a base that there is not', () => {
    const ended = run('review.sh', ['/dev/null'], repository, { BASE_REF: '--all' }, [0]);
    expect(ended.code).not.toBe(0);
    expect(ended.calls).toEqual([]);
  });
});

describe('drift.sh', () => {
  function drift(code: number, planned: readonly string[] = ['vault', 'access', 'services']) {
    const folder = path.join(temporaryFolder(), 'drift');
    fs.mkdirSync(folder);
    const checkout = temporaryFolder();
    const plans = path.join(checkout, 'cdktf.out', 'plans');
    fs.mkdirSync(plans, { recursive: true });
    for (const part of planned) fs.writeFileSync(path.join(plans, `shop-production-${part}.json`), '{}');
    // Of another night.
    fs.writeFileSync(path.join(folder, 'drift'), 'true\n');
    const ended = run('drift.sh', [folder], checkout, { ENVIRONMENT: 'shop-production' }, [code]);
    const file = path.join(folder, 'drift');
    return { ...ended, drift: fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined };
  }

  test.each([
    [0, 'false\n'],
    [6, 'true\n'],
  ])('takes exit code %i for %p', (code, word) => {
    const ended = drift(code);
    expect(ended.drift).toBe(word);
    expect(ended.code).toBe(0);
    const files = ['access', 'services', 'vault'].map(
      (part) => `cdktf.out/plans/shop-production-${part}.json`,
    );
    expect(ended.calls[0]).toContain(
      `--environment shop-production --plan ${files.join(' ')} --fail-on drift`,
    );
  });

  test('takes drift of some stacks for drift, and fails where others are not planned and none is found', () => {
    expect(drift(6, ['vault'])).toMatchObject({ code: 0, drift: 'true\n' });
    const ended = drift(0, ['vault']);
    expect(ended).toMatchObject({ code: 3, drift: undefined });
    expect(ended.stderr).toContain(
      'got none at cdktf.out/plans/shop-production-access.json; see npm run plan',
    );
  });

  test.each([1, 2, 3, 127])(
    'fails with exit code %i as it is, and does not say that there is no drift',
    (code) => {
      const ended = drift(code);
      expect(ended.drift).toBeUndefined();
      expect(ended.code).toBe(code);
    },
  );
});

describe('host-files.sh', () => {
  test('links what the host has, anew in each run', () => {
    const [host, checkout] = [temporaryFolder(), temporaryFolder()];
    fs.mkdirSync(path.join(host, 'certificates'));
    fs.writeFileSync(path.join(host, 'certificates', 'ca.pem'), 'the authority');
    for (let i = 0; i < 2; i += 1) {
      expect(run('host-files.sh', [], checkout, { HOST_FILES: host }, []).code).toBe(0);
      expect(fs.readdirSync(checkout)).toEqual(['certificates']);
      expect(fs.readFileSync(path.join(checkout, 'certificates', 'ca.pem'), 'utf8')).toBe('the authority');
    }
    expect(fs.readdirSync(path.join(host, 'certificates'))).toEqual(['ca.pem']);
  });

  test('fails where the runner does not say where that is', () => {
    const { code, stderr } = run('host-files.sh', [], temporaryFolder(), {}, []);
    expect(stderr).toContain('HOST_FILES: must name the folder of this host');
    expect(code).not.toBe(0);
  });
});
