import * as fs from 'node:fs';
import * as path from 'node:path';
import { OperationError } from './operation-error';

/**
 * Writes a report to where somebody wants it.
 *
 * @param output as it was typed
 * @throws OperationError with exit code 2 where it cannot be written
 */
export function writeReport(output: string, text: string, folder: string): void {
  orRefused(output, () => replace(path.resolve(folder, output), text));
}

/**
 * Refuses what {@link writeReport} could not write to, before the work for it is done.
 *
 * @param output nothing for the terminal
 * @throws OperationError with exit code 2
 */
export function requireOutput(output: string | undefined, folder: string): void {
  if (output === undefined) return;
  orRefused(output, () => {
    const given = path.resolve(folder, output);
    const known = fs.statSync(given, { throwIfNoEntry: false });
    if (known?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (known) fs.accessSync(given, fs.constants.W_OK);
    if (known && !known.isFile()) return;
    fs.accessSync(path.join(path.dirname(known ? fs.realpathSync(given) : given), '/'), fs.constants.W_OK);
  });
}

function orRefused(output: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperationError(
      [`'--output' must be a file that can be written, got '${output}' (${code}); name another one`],
      2,
    );
  }
}

/** Whole or not at all: a report that was there stays until the new one is complete. */
function replace(given: string, text: string): void {
  const known = fs.statSync(given, { throwIfNoEntry: false });
  // A device or a pipe is no file that another one could take the place of.
  if (known && !known.isFile()) {
    fs.writeFileSync(given, text);
    return;
  }
  // What a link points to is replaced, and the link stays.
  const file = known ? fs.realpathSync(given) : given;
  if (known) fs.accessSync(file, fs.constants.W_OK);
  const part = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(part, text, { mode: known?.mode });
    fs.renameSync(part, file);
  } finally {
    fs.rmSync(part, { force: true });
  }
}

/** Who closes stdout early, as `head` does, has read enough. */
export function onClosedOutput({ code }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return;
  process.stderr.write(`error: 'stdout' must take the whole answer, got ${code}; write it to an --output\n`);
  process.exitCode = 2;
}
