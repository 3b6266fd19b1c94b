import * as fs from 'node:fs';
import * as path from 'node:path';
import { requireOutput } from '../../operations/report-output';
import { temporaryFolder } from './fakes';

test.each<[string, string | undefined]>([
  ['the terminal', undefined],
  ['a new file', 'new.md'],
  ['one that is there', 'old.md'],
  ['a link to one', 'link.md'],
  ['a device', '/dev/null'],
])('%s will do, and nothing is written', (_, output) => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'old.md'), 'old');
  fs.symlinkSync('old.md', path.join(folder, 'link.md'));
  requireOutput(output, folder);
  expect(fs.readdirSync(folder).sort()).toEqual(['link.md', 'old.md']);
  expect(fs.readFileSync(path.join(folder, 'old.md'), 'utf8')).toBe('old');
});

test.each([
  ['none/new.md', 'ENOENT'],
  ['old.md/new.md', 'ENOTDIR'],
  ['.', 'EISDIR'],
])('fails on %s with %s', (output, code) => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'old.md'), 'old');
  expect(() => requireOutput(output, folder)).toThrow(
    expect.objectContaining({
      problems: [
        `'--output' must be a file that can be written, got '${output}' (${code}); name another one`,
      ],
      exitCode: 2,
    }),
  );
});
