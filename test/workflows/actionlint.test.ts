import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');
const isThere = spawnSync('actionlint', ['-version']).error === undefined;
const title = 'actionlint';
const missing = 'no actionlint in PATH';

if (!isThere && process.env.REQUIRE_ACTIONLINT)
  throw new Error(`REQUIRE_ACTIONLINT is set and there is ${missing}`);
if (isThere) describe(title, tests);
else describe.skip(`${title} (skipped: ${missing})`, tests);

function tests(): void {
  const folder = path.join(root, '.github', 'workflows');

  // With shellcheck, where that is there too.
  test.each(fs.readdirSync(folder))('finds nothing in %s', (file) => {
    const { stdout, status } = spawnSync('actionlint', ['-no-color', path.join(folder, file)], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
}
