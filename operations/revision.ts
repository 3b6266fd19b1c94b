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

/**
 * Synthesizes a git revision of the project in a temporary folder, with the `app` command of its cdktf.json, and gives the
 * folder to `use`. Nothing of it stays, and neither the working tree nor the repository changes.
 *
 * The revision's own packages are installed where its lock file differs from the one that is installed here.
 *
 * @param say tells people what takes its time
 * @throws OperationError with exit code 2 on a revision that there is not, or that does not synthesize
 * @throws Interrupted on Ctrl-C and its like, after the programs that ran were ended
 */
export function withSynthOf<T>(
  revision: string,
  outside: { root: string; say: (line: string) => void },
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  return interruptible((signal) => inTemporaryFolder(revision, outside, signal, use));
}

async function inTemporaryFolder<T>(
  revision: string,
  { root, say }: { root: string; say: (line: string) => void },
  signal: AbortSignal,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const commit = await commitOf(revision, root);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vault-platforms-revision-'));
  const clean = () => fs.rmSync(folder, { recursive: true, force: true });
  process.once('exit', clean);
  try {
    await checkOut(commit, root, folder);
    endIfAsked(signal);
    await packages(revision, { root, folder, say, signal });
    say(`synthesizing ${revision} (${commit.slice(0, 9)})`);
    return await use(await synthesize(revision, folder, signal));
  } finally {
    clean();
    process.off('exit', clean);
  }
}

async function commitOf(revision: string, root: string): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  try {
    return (await execute('git', asked, { cwd: root })).stdout.trim();
  } catch {
    throw new OperationError(
      [
        `'revision' must be a folder of a synth or a revision that git knows, got '${revision}'; see git log --oneline`,
      ],
      2,
    );
  }
}

/** The part of the repository that holds the project, which need not be its root. */
async function checkOut(commit: string, root: string, folder: string): Promise<void> {
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
          [`'revision' must hold the project, got ${commit} without '${prefix}'; name a later one`],
          2,
        ),
      );
    archive.once('close', (code) => code !== 0 && fail());
    extract.once('close', (code) => (code === 0 ? resolve() : fail()));
  });
}

async function packages(
  revision: string,
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
        `'revision' must have packages that install, got '${revision}': ${lastLine(error)}; give the folder of a synth instead`,
      ],
      2,
    );
  }
}

async function synthesize(revision: string, folder: string, signal: AbortSignal): Promise<string> {
  const settings = path.join(folder, 'cdktf.json');
  if (!fs.existsSync(settings)) {
    throw new OperationError(
      [`'revision' must hold a cdktf.json, got '${revision}' without; name a later one`],
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
        `'revision' must synthesize, got '${revision}': ${lastLine(error)}; name another one, or the folder of a synth`,
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
