import { SynthError } from '../access/synth-error';
import { clippedQuotes } from '../policies/clipped';
import { OverlapError } from '../policies/path-space';
import { withoutTokens } from '../review/masking/secret-forms';
import { OperationError } from './operation-error';

/**
 * What was read or typed is at fault: the messages say where, and quote as much of it as can be read. What they quote of
 * a policy may be a token.
 *
 * @returns an OperationError with exit code 2; what is anybody else's fault as it is
 */
export function readableError(error: unknown): unknown {
  if (error instanceof SynthError) return new OperationError(error.problems.map(shown), 2);
  if (error instanceof OverlapError) return new OperationError([shown(error.message)], 2);
  if (!(error instanceof OperationError)) return error;
  return new OperationError(error.problems.map(shown), error.exitCode);
}

function shown(problem: string): string {
  return clippedQuotes(withoutTokens(problem));
}
