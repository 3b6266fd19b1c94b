import * as fs from 'node:fs';
import * as path from 'node:path';
import { OperationError } from './operation-error';

const DRAFT = '.new-';
const PREVIOUS = '.previous-';
/** A draft is written in milliseconds: an older one is from a run that was killed. */
const LEFTOVER_MS = 60_000;

/**
 * Puts private files into a folder, all or none. They are written beside it first and then take the place of the
 * folder as a whole, so that a failure or a crash never leaves a key that belongs to another certificate. Other files
 * in the folder stay.
 *
 * @param folder relative to the project
 * @param verify looks at the files before they take effect, below another root, and throws to keep them out
 */
export function replaceFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  verify: (root: string) => void,
): void {
  const isThere = fs.existsSync(folder);
  let draftRoot: string | undefined;
  try {
    fs.mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
    draftRoot = fs.mkdtempSync(path.join(path.dirname(folder), DRAFT));
    const draft = path.join(draftRoot, folder);
    fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(draft, name), content, { mode: 0o600, flag: 'wx', flush: true });
    }
    verify(draftRoot);
    if (isThere) takePlace(draft, folder);
    // Fails if another run was faster.
    else fs.renameSync(draft, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof OperationError || code === undefined) throw error;
    throw new OperationError([
      `'${folder}' must be written as a whole, got ${code}; nothing was changed, so mend that and run it again`,
    ]);
  } finally {
    if (draftRoot !== undefined) fs.rmSync(draftRoot, { recursive: true, force: true });
  }
}

/**
 * Undoes what a killed run left beside the folder.
 *
 * @returns whether the folder itself was put back
 */
export function recover(folder: string): boolean {
  const parent = path.dirname(folder);
  if (!fs.existsSync(parent)) return false;
  for (const name of fs.readdirSync(parent).filter((one) => one.startsWith(DRAFT))) {
    const leftover = path.join(parent, name);
    const since = fs.statSync(leftover, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - since > LEFTOVER_MS) fs.rmSync(leftover, { recursive: true, force: true });
  }
  const previous = previousOf(folder);
  if (!fs.existsSync(previous)) return false;
  if (fs.existsSync(folder)) {
    settle(previous, folder);
    return false;
  }
  fs.renameSync(previous, folder);
  return true;
}

/** No system exchanges two folders by one call that Node offers; {@link recover} closes the gap between these two. */
function takePlace(draft: string, folder: string): void {
  const previous = previousOf(folder);
  fs.renameSync(folder, previous);
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    fs.renameSync(previous, folder);
    throw error;
  }
  settle(previous, folder);
}

/** Keeps what is not replaced, and removes the rest. */
function settle(previous: string, folder: string): void {
  for (const name of fs.readdirSync(previous)) {
    const kept = path.join(folder, name);
    if (!fs.existsSync(kept)) fs.renameSync(path.join(previous, name), kept);
  }
  fs.rmSync(previous, { recursive: true, force: true });
}

function previousOf(folder: string): string {
  return path.join(path.dirname(folder), `${PREVIOUS}${path.basename(folder)}`);
}
