import { execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { SYNTH_FOR_REVIEW } from '../constructs/synth-for-review';
import { endIfAsked, interruptible } from './interruption';
import { OperationError } from './operation-error';

const execute = promisify(execFile);
const MOST_OUTPUT_BYTES = 2 ** 26;
const LOCK = 'package-lock.json';

/** A git revision that somebody typed. */
export interface TypedRevision {
  readonly revision: string;
  /** By what it was given, for errors, such as `--base`. */
  readonly property: string;
}

export interface RevisionSurroundings {
  /** The project. */
  readonly root: string;
  /** Tells people what takes its time. */
  readonly say: (line: string) => void;
}

/**
 * Synthesizes a git revision of the project in a temporary folder, with the `app` command of its cdktf.json, and gives the
 * folder to `use`. Nothing of it stays, and neither the working tree nor the repository changes.
 *
 * The revision's own packages are installed where its lock file differs from the one that is installed here.
 *
 * @param use gets the folder, and the revision as people call it: with its commit
 * @throws OperationError with exit code 2 on a revision that there is not, or that does not synthesize
 * @throws Interrupted on Ctrl-C and its like, after the programs that ran were ended
 */
export function withSynthOf<T>(
  typed: TypedRevision,
  outside: RevisionSurroundings,
  use: (folder: string, name: string) => T | Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    const commit = await commitOf(typed, outside.root);
    return inTemporaryFolder({ ...typed, commit, name: nameOf(typed, commit) }, outside, signal, use);
  });
}

/**
 * As {@link withSynthOf}, of the commit where a branch began, as a pull request is compared: what came to the base since is
 * none of its changes. The base itself is taken where there is no such commit, and where the head is one of its past: going
 * back there takes away what came since.
 *
 * @param head nothing for the working tree
 */
export function withSynthOfBase<T>(
  base: TypedRevision,
  head: TypedRevision | undefined,
  outside: RevisionSurroundings,
  use: (folder: string, name: string) => T | Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    const { root, say } = outside;
    const tip = await commitOf(base, root);
    const other = head ? await commitOf(head, root) : await commitNow(root);
    const common = other && (await commonAncestor(tip, other, root));
    if (common === undefined) say(`${base.revision} and this branch have no commit in common`);
    const isBranch = common !== undefined && common !== tip && (head === undefined || common !== other);
    const commit = isBranch ? common : tip;
    const name = isBranch
      ? `${base.revision} (${short(commit)}), where this branch began`
      : nameOf(base, commit);
    return inTemporaryFolder({ ...base, commit, name }, outside, signal, use);
  });
}

/** A revision of which is known what it is. */
interface KnownRevision extends TypedRevision {
  readonly commit: string;
  /** As people call it. */
  readonly name: string;
}

/** With the commit that a branch is just now; one that is a commit itself is enough of a name. */
function nameOf({ revision }: TypedRevision, commit: string): string {
  return revision.startsWith(commit.slice(0, 7)) ? short(commit) : `${revision} (${short(commit)})`;
}

function short(commit: string): string {
  return commit.slice(0, 9);
}

async function inTemporaryFolder<T>(
  known: KnownRevision,
  { root, say }: RevisionSurroundings,
  signal: AbortSignal,
  use: (folder: string, name: string) => T | Promise<T>,
): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vault-platforms-revision-'));
  const clean = () => fs.rmSync(folder, { recursive: true, force: true });
  process.once('exit', clean);
  try {
    await checkOut(known, root, folder);
    endIfAsked(signal);
    await packages(known, { root, folder, say, signal });
    say(`synthesizing ${known.name}`);
    return await use(await synthesize(known, folder, signal), known.name);
  } finally {
    clean();
    process.off('exit', clean);
  }
}

/** Nothing where no commit was made on the branch yet. */
function commitNow(root: string): Promise<string | undefined> {
  return commitOf({ revision: 'HEAD', property: 'HEAD' }, root).catch(() => undefined);
}

/** Nothing where there is none, or where a clone was not told of it. */
async function commonAncestor(one: string, other: string, root: string): Promise<string | undefined> {
  try {
    return (await execute('git', ['merge-base', one, other], { cwd: root })).stdout.trim();
  } catch {
    return undefined;
  }
}

async function commitOf({ revision, property }: TypedRevision, root: string): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  try {
    return (await execute('git', asked, { cwd: root })).stdout.trim();
  } catch {
    throw new OperationError(
      [
        `'${property}' must be a folder of a synth or a revision that git knows, got '${revision}'; see git log --oneline`,
      ],
      2,
    );
  }
}

/** The part of the repository that holds the project, which need not be its root. */
async function checkOut({ commit, property }: KnownRevision, root: string, folder: string): Promise<void> {
  const { stdout } = await execute('git', ['rev-parse', '--show-toplevel', '--show-prefix'], { cwd: root });
  const [top = root, prefix = ''] = stdout.split('\n');
  const tree = prefix === '' ? commit : `${commit}:${prefix.replace(/\/$/, '')}`;
  await new Promise<void>((resolve, reject) => {
    const archive = spawn('git', ['archive', '--format=tar', tree], {
      cwd: top,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const extract = spawn('tar', ['-x', '-C', folder], { stdio: [archive.stdout, 'ignore', 'ignore'] });
    archive.once('error', reject);
    extract.once('error', reject);
    const fail = () =>
      reject(
        new OperationError(
          [`'${property}' must hold the project, got ${commit} without '${prefix}'; name a later one`],
          2,
        ),
      );
    archive.once('close', (code) => code !== 0 && fail());
    extract.once('close', (code) => (code === 0 ? resolve() : fail()));
  });
}

async function packages(
  { revision, property }: KnownRevision,
  {
    root,
    folder,
    say,
    signal,
  }: { root: string; folder: string; say: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const [here, there] = [root, folder].map((one) => path.join(one, LOCK));
  const isSame =
    fs.existsSync(there as string) &&
    fs.existsSync(here as string) &&
    fs.readFileSync(there as string).equals(fs.readFileSync(here as string));
  if (isSame || !fs.existsSync(there as string)) {
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    return;
  }
  say(`installing the packages of ${revision}, which differ from those here`);
  try {
    await untilAsked('npm ci --no-audit --no-fund', { cwd: folder }, signal);
  } catch (error) {
    endIfAsked(signal);
    throw new OperationError(
      [
        `'${property}' must have packages that install, got '${revision}': ${lastLine(error)}; give the folder of a synth instead`,
      ],
      2,
    );
  }
}

async function synthesize(
  { revision, property }: KnownRevision,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const settings = path.join(folder, 'cdktf.json');
  if (!fs.existsSync(settings)) {
    throw new OperationError(
      [`'${property}' must hold a cdktf.json, got '${revision}' without; name a later one`],
      2,
    );
  }
  const { app, output } = settingsOf(revision, fs.readFileSync(settings, 'utf8'));
  const synthesized = path.join(folder, output);
  const env = {
    ...process.env,
    CDKTF_OUTDIR: undefined,
    CDKTF_CONTEXT_JSON: undefined,
    // An older one does not know it, and writes to the same folder.
    [SYNTH_FOR_REVIEW]: synthesized,
  };
  try {
    await untilAsked(app, { cwd: folder, env }, signal);
  } catch (error) {
    endIfAsked(signal);
    throw new OperationError(
      [
        `'${property}' must synthesize, got '${revision}': ${lastLine(error)}; name another one, or the folder of a synth`,
      ],
      2,
    );
  }
  return synthesized;
}

function settingsOf(revision: string, text: string): { app: string; output: string } {
  let settings: { app?: unknown; output?: unknown };
  try {
    settings = JSON.parse(text);
  } catch {
    throw new OperationError(
      [`'cdktf.json' must be JSON, got a text that is not in '${revision}'; name another revision`],
      2,
    );
  }
  const { app, output = 'cdktf.out' } = settings;
  if (typeof app === 'string' && app !== '') return { app, output: String(output) };
  throw new OperationError(
    [`'app' of cdktf.json must be a command, got nothing in '${revision}'; name another revision`],
    2,
  );
}

/** Runs a line of a shell. The programs that it starts are a group of their own, so that all of them end with it. */
function untilAsked(
  line: string,
  options: { cwd: string; env?: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(line, {
      ...options,
      shell: true,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Nothing in the folder is worth a farewell.
    const end = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < MOST_OUTPUT_BYTES) stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code, by) => {
      signal.removeEventListener('abort', end);
      if (code === 0) resolve();
      // Not the line itself, which may hold what is not for all to see.
      else reject(Object.assign(new Error(`its program ended with ${code ?? by}`), { stderr }));
    });
  });
}

/** What a program said at last, which is where most of them say why. */
function lastLine(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? message.split('\n')[0] ?? '').trim();
}
