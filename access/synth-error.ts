import { clippedQuotes } from '../policies/clipped';
import { oneLine } from '../policies/one-line';

/** What was read cannot be: one line for each problem, with the file and, where there is one, the position. */
export class SynthError extends Error {
  public readonly problems: readonly string[];

  public constructor(...problems: readonly string[]) {
    const lines = problems.map((problem) => clippedQuotes(oneLine(problem)));
    super(lines.join('\n'));
    this.name = 'SynthError';
    this.problems = lines;
  }
}
