/**
 * Why a command cannot go on: one line for each problem, in the grammar of all errors here. None where
 * everything was said already.
 */
export class OperationError extends Error {
  public constructor(
    public readonly problems: readonly string[],
    public readonly exitCode = 1,
  ) {
    super(problems.map((problem) => `error: ${problem}`).join('\n'));
    this.name = 'OperationError';
  }
}

/** Runs a command line's main function; what it returns or throws becomes the exit code. */
export async function exitWith(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    if (error.message) process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
