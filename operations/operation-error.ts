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

/** The exit code of {@link NextCommand}; 1 is a failure, 2 a mistake in the arguments. */
const PEOPLE_COME_NEXT = 3;

/** An end that is no failure: all was done that goes without people, and a command of theirs comes next. */
export class NextCommand extends OperationError {
  public constructor(
    problem: string,
    /** As it is typed. */
    public readonly command: string,
  ) {
    super([problem], PEOPLE_COME_NEXT);
    this.message = `stopped: ${problem}\nnext: ${command}`;
  }
}

/**
 * Runs a command line's main function; what it returns or throws becomes the exit code.
 *
 * @param unexpected the exit code of an error that is none of ours
 */
export async function exitWith(main: () => Promise<number>, unexpected = 1): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const known = error instanceof OperationError;
    // The message of another error may hold what was read, such as a line of a state.
    const text = known ? error.message : `error: unexpected ${(error as Error).name}; set DEBUG=1 to see it`;
    if (text) process.stderr.write(`${text}\n`);
    if (!known && process.env.DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = known ? error.exitCode : unexpected;
  }
}
