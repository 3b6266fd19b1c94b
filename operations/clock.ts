import { Interrupted } from './interruption';

/** Time, so that tests need none of it. */
export interface Clock {
  /** In milliseconds. */
  now(): number;
  /** @throws Interrupted at once when the signal comes */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The time of this machine. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const interrupt = () => {
        clearTimeout(timer);
        reject(new Interrupted(signal));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', interrupt);
        resolve();
      }, milliseconds);
      if (signal.aborted) interrupt();
      else signal.addEventListener('abort', interrupt, { once: true });
    }),
};

export interface Waiting {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Asks again and again until there is an answer.
 *
 * @returns the answer; `undefined` when there was none in time
 * @throws Interrupted
 */
export async function waitFor<T>(
  { clock, signal }: Waiting,
  { patienceMs, everyMs }: { readonly patienceMs: number; readonly everyMs: number },
  answer: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = clock.now() + patienceMs;
  for (;;) {
    const got = await answer();
    if (got !== undefined || clock.now() >= end) return got;
    await clock.sleep(everyMs, signal);
  }
}
