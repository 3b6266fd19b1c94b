import { type ExecFileException, execFile, spawn } from 'node:child_process';
import * as os from 'node:os';
import { OperationError } from './operation-error';

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** How a program ended whose output was read. */
export interface Captured {
  /** `undefined` when there is no such program, or it gave no answer in time. */
  readonly status: number | undefined;
  readonly stdout: string;
  /** In one line. */
  readonly failure: string;
}

/** The machine that a command runs on: its programs and its variables. */
export interface Machine {
  readonly variables: Variables;
  /** Runs a program and reads what it prints. */
  capture(program: string, args: readonly string[], variables?: Variables): Promise<Captured>;
  /** Runs a program in the foreground, as if it had been typed, and returns its exit code. */
  attach(program: string, args: readonly string[], options?: AttachOptions): Promise<number>;
}

export interface AttachOptions {
  /** Added to those of this process. */
  readonly variables?: Variables;
  /** @default false */
  readonly discardOutput?: boolean;
}

const PATIENCE_MS = 30_000;

/** This machine. */
export const thisMachine: Machine = {
  variables: process.env,

  capture: (program, args, variables = {}) =>
    new Promise((resolve) => {
      const options = {
        env: { ...process.env, ...variables },
        timeout: PATIENCE_MS,
        killSignal: 'SIGKILL' as const,
        maxBuffer: 2 ** 26,
      };
      execFile(program, args, options, (error, stdout, stderr) => {
        const status = error ? (typeof error.code === 'number' ? error.code : undefined) : 0;
        resolve({ status, stdout, failure: error ? reason(error, stderr) : '' });
      });
    }),

  attach: (program, args, { variables = {}, discardOutput = false } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        env: { ...process.env, ...variables },
        stdio: ['inherit', discardOutput ? 'ignore' : 'inherit', 'inherit'],
      });
      const stopForwarding = forwardSignals((signal) => child.kill(signal));
      child.once('error', ({ message }) => {
        stopForwarding();
        reject(
          new OperationError([`'${program}' must be a program of this project, got ${message}; run npm ci`]),
        );
      });
      child.once('exit', (code, signal) => {
        stopForwarding();
        resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 0));
      });
    }),
};

/**
 * Lets the child decide when to end. On a terminal it gets Ctrl-C itself; a second one would make Terraform
 * give up its state in the middle.
 */
function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const interrupt = () => {
    if (!process.stdin.isTTY) send('SIGINT');
  };
  const terminate = () => send('SIGTERM');
  // A terminal that is closed tells only the first process on it.
  const hangUp = () => send('SIGHUP');
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  process.on('SIGHUP', hangUp);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', terminate);
    process.off('SIGHUP', hangUp);
  };
}

function reason(error: ExecFileException, stderr: string): string {
  if (error.killed) return `no answer in ${PATIENCE_MS / 1000} s`;
  if (error.code === 'ENOENT') return 'no such program';
  const lines = stderr.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').at(-1) ?? error.message;
}
