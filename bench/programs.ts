import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AccessSeconds } from './access';
import { parseUsage, type Usage } from './usage';

/** The programs that are compared, by what the tables call them. */
export const PROGRAMS = {
  library: ['bench/with-library.ts'],
  raw: ['bench/raw.ts'],
  'raw literal': ['bench/raw.ts', '--literal'],
} as const;
export type Program = keyof typeof PROGRAMS;

/** One run of a program, from the start of its process to its end. */
export interface Run extends Usage {
  readonly wallSeconds: number;
}

const ROOT = path.resolve(__dirname, '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;

/** Runs one program, which writes its stacks to a folder. */
export function runProgram(program: Program, services: number, outdir: string): Run {
  const [file, ...flags] = PROGRAMS[program];
  return runWith(file, services, outdir, flags);
}

/**
 * Runs the program of this library.
 * @param flags `--review` runs all rules, `--production` declares another environment
 */
export function runLibrary(services: number, outdir: string, flags: readonly string[]): Run {
  return runWith(PROGRAMS.library[0], services, outdir, flags);
}

function runWith(file: string, services: number, outdir: string, flags: readonly string[]): Run {
  const { wallSeconds, stderr } = run([file, String(services), outdir, ...flags]);
  return { wallSeconds, ...parseUsage(stderr) };
}

/**
 * Synthesizes what main.ts declares.
 * @param compiled whether tsx may use what it compiled in an earlier run
 */
export function runMatrix(compiled: boolean): Run {
  return inTemporaryFolder((folder) => {
    const environment = { CDKTF_OUTDIR: path.join(folder, 'out'), ...(compiled ? {} : { TMPDIR: folder }) };
    const { wallSeconds, stderr } = run(['bench/matrix.ts'], environment);
    return { wallSeconds, ...parseUsage(stderr) };
  });
}

/** One run of the program that tells who can reach what, with what it says of its parts. */
export interface AccessRun extends Run {
  readonly seconds: AccessSeconds;
}

/** Makes the matrix of a synth, and its difference to another. */
export function runAccess(base: string, head: string, services: number): AccessRun {
  const { wallSeconds, stdout, stderr } = run(['bench/access.ts', base, head, String(services)]);
  return { wallSeconds, seconds: JSON.parse(stdout) as AccessSeconds, ...parseUsage(stderr) };
}

/**
 * Reviews the plan of {@link writePlanWorkload}, alone.
 *
 * @returns the seconds of the process
 * @throws where the comment does not tell all that changes
 */
export function runPlanReview(plan: string, comment: string, services: number): number {
  // Elsewhere than in this project, which would be synthesized to see whether the plan is one of its own.
  const program = path.join(ROOT, 'operations', 'review.ts');
  const { wallSeconds } = run([program, '--plan', plan, '--output', comment], {}, path.dirname(plan));
  requireWholeReview(fs.readFileSync(comment, 'utf8'), services);
  return wallSeconds;
}

/** However short the comment must be, its first line tells all. */
function requireWholeReview(comment: string, services: number): void {
  const count = (each: number) => (each * services).toLocaleString('en');
  const verdict = `${count(2)} created, ${count(3)} changed |`;
  if (comment.includes(verdict)) return;
  throw new Error(
    `the comment must hold every change in its verdict, got none with '${verdict}':\n${comment.slice(0, 500)}`,
  );
}

/** Calls a function with a folder that is gone afterwards. */
export function inTemporaryFolder<Result>(use: (folder: string) => Result): Result {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  cwd: string = ROOT,
): { readonly wallSeconds: number; readonly stdout: string; readonly stderr: string } {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ['--import', TSX, ...args], {
    cwd,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (error) throw error;
  if (status !== 0) throw new Error(`'${args.join(' ')}' ended with ${status}:\n${stderr}`);
  return { wallSeconds, stdout, stderr };
}
