import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'output-'));
  folders.push(folder);
  return folder;
}

/** Everything in a folder, byte for byte: files by their path, and empty folders. */
export function contentOf(folder: string): Record<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), entry.isDirectory() ? 'a folder' : fs.readFileSync(file, 'utf8')];
    }),
  );
}

/** The names of files and folders below a folder, sorted. */
export function namesIn(folder: string): string[] {
  return Object.keys(contentOf(folder)).sort();
}
