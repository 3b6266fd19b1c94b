import * as os from 'node:os';
import { OperationError } from './operation-error';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody asked the command to end. What comes next is added where it is known. */
export class Interrupted extends OperationError {
  /** @param signal whose reason is the name of a signal */
  public constructor(signal: AbortSignal, problems: readonly string[] = []) {
    const name = SIGNALS.find((one) => one === signal.reason) ?? 'SIGINT';
    super(problems, 128 + os.constants.signals[name]);
  }
}

/** @throws Interrupted */
export function endIfAsked(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted(signal);
}

/**
 * From now on Ctrl-C and its like do not end the process: the command ends by itself, after it has revoked what
 * it must not leave behind.
 */
export function interruptions(): AbortController {
  const controller = new AbortController();
  for (const name of SIGNALS) process.on(name, () => controller.abort(name));
  // Who closed the terminal reads no more, and what must be revoked still must.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return controller;
}

/**
 * While `work` runs, Ctrl-C and its like do not end the process: they end `work` by its signal, so that it leaves nothing
 * behind.
 *
 * @throws Interrupted where somebody asked, whatever `work` came to
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const ask = (name: NodeJS.Signals) => controller.abort(name);
  for (const name of SIGNALS) process.on(name, ask);
  try {
    return await work(controller.signal);
  } finally {
    // A signal that came while the process was busy is told now.
    await new Promise((resolve) => setImmediate(resolve));
    for (const name of SIGNALS) process.off(name, ask);
    endIfAsked(controller.signal);
  }
}
