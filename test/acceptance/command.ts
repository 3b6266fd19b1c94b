import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to the inherited variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: Buffer;
  /** Both streams, for messages. */
  readonly output: string;
}

// What a developer's shell may set and what would change what the tests deploy, or to where.
const FOREIGN =
  /^(TF_(VAR_.*|CLI_ARGS.*|WORKSPACE|DATA_DIR|LOG.*)|CDKTF_(CONTEXT_JSON|OUTDIR)|VAULT_.*|BAO_.*|TF_HTTP_.*|AWS_.*|PG[A-Z_]*|FORCE_COLOR)$/;

/** No command takes nearly as long; one that hangs must not outlive the tests. */
const LIMIT_SECONDS = 600;

/** The variables of this process without those of a developer's own deployments. */
export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !FOREIGN.test(entry[0]),
  );
  const environment: Record<string, string> = {
    ...Object.fromEntries(kept),
    CI: '1',
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
  };
  // Terraform refuses to start with the name of a file that is not there.
  const { TF_CLI_CONFIG_FILE: file } = environment;
  if (file && !fs.existsSync(file)) delete environment.TF_CLI_CONFIG_FILE;
  return environment;
}

/** Runs a program to its end, whatever its exit code. */
export function attempt(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(options.cwd && { cwd: options.cwd }),
      env: { ...cleanEnvironment(), ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: LIMIT_SECONDS * 1000,
      // The command line of cdktf does not end by anything less.
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const both: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      both.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => both.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout),
        output: Buffer.concat(both).toString('utf8'),
      }),
    );
    // A program that ends without reading its input is no error of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a program that must succeed, and returns what it printed. */
export async function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, stdout, output } = await attempt(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return stdout.toString('utf8');
}

/** Fails with what a program printed last, where the reason is, unless it succeeded. */
export function expectSuccess({ code, output }: CommandResult): void {
  if (code === 0) return;
  const lines = stripVTControlCharacters(output).split('\n');
  throw new Error(`ended with ${code}:\n${lines.slice(-60).join('\n')}`);
}

/** Asks again every second until the answer is true. The limit is there to end a failed test, not to measure. */
export async function eventually(
  what: string,
  ask: () => Promise<boolean>,
  limitSeconds = 120,
): Promise<void> {
  const end = Date.now() + limitSeconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${limitSeconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Tells whoever waits for the tests what they are doing. */
export function progress(text: string): void {
  process.stderr.write(`acceptance: ${text}\n`);
}
