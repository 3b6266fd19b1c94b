import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Writes a new file for this user alone, and does not return before the disk has it.
 * @throws where there is such a file
 */
export function writePrivateFile(file: string, content: string): void {
  const handle = fs.openSync(file, 'wx', 0o600);
  try {
    fs.writeFileSync(handle, content);
    fs.fsyncSync(handle);
  } catch (error) {
    // Half a file would be taken for a whole one.
    fs.rmSync(file, { force: true });
    throw error;
  } finally {
    fs.closeSync(handle);
  }
  syncFolder(path.dirname(file));
}

/** Writes a file for this user alone in the place of another: at any time there is the old one or the new one. */
export function replacePrivateFile(file: string, content: string): void {
  const next = `${file}.${process.pid}.new`;
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  fs.rmSync(next, { force: true });
  writePrivateFile(next, content);
  fs.renameSync(next, file);
  syncFolder(path.dirname(file));
}

/** Makes the names in a folder last, where the system can. */
function syncFolder(folder: string): void {
  let handle: number | undefined;
  try {
    handle = fs.openSync(folder, 'r');
    fs.fsyncSync(handle);
  } catch {
    // The files themselves are on the disk.
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}
