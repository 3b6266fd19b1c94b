/** What a process has used, as it says itself when it ends. */
export interface Usage {
  /** Seconds of user CPU time: steadier than the clock where other programs run too. */
  readonly userSeconds: number;
  /** The most memory that was resident, in MiB. */
  readonly peakMiB: number;
}

/** Prints, as the last line of stderr, what this process used from its very start. */
export function printUsage(): void {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  const usage: Usage = { userSeconds: userCPUTime / 1e6, peakMiB: maxRSS / 1024 };
  process.stderr.write(`${JSON.stringify(usage)}\n`);
}

/** Reads what {@link printUsage} printed. */
export function parseUsage(stderr: string): Usage {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line) as Usage;
  } catch {
    throw new Error(`the last line must be the usage of the process, got ${JSON.stringify(stderr)}`);
  }
}
