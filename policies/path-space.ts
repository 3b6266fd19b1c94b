import type { PathPattern } from './path-pattern';
import { type Entrant, type Place, steps } from './path-place';

/** All paths that the same patterns match, by one of them. */
export interface PathClass {
  /** One of the paths, made so that a person can read it. */
  readonly witness: string;
  readonly matched: readonly PathPattern[];
  /** What matches the path without its final `/`, where it ends in one: a listing is looked up by both. */
  readonly bare?: readonly PathPattern[];
}

/** Beyond it the patterns overlap in too many ways to tell them apart one by one. */
const LIMIT = 1_000_000;

/** More than anybody can tell apart: nothing is said then, rather than something that may be wrong. */
export class OverlapError extends Error {}

/**
 * Divides all paths into classes that no pattern tells apart, so that what holds for the witness holds for every path of
 * the class, and what holds for all witnesses holds for all paths there are.
 *
 * Paths are walked segment by segment. At each place only these texts differ for the patterns that still match: what one
 * of them names, what begins as the last segment before a `*` does, nothing at all, and anything else.
 *
 * @param lists of patterns of which only the one decides that ranks highest: classes that differ in the others alone are
 * put together, and a pattern that is in a list may be left out of {@link PathClass.matched} where it does not decide
 * @throws OverlapError where wildcards overlap in more than a million ways, which takes patterns with several names between several `+`
 */
export function* pathClasses(
  patterns: readonly PathPattern[],
  lists: readonly (readonly PathPattern[])[] = [],
): Generator<PathClass> {
  const entrants = ranked(patterns, lists);
  const seen = new Set<string>();
  const open: Place[] = [{ path: '', depth: 0, matching: entrants, swallowed: [], matched: [] }];
  let count = 0;
  // In the order of their lengths, so that a witness is short.
  for (const place of open) {
    for (const next of steps(place)) {
      count += 1;
      if (count > LIMIT) {
        throw new OverlapError(
          `wildcards must overlap in fewer ways, got more than ${LIMIT.toLocaleString('en')} among ${entrants.length} rules; write out some of the '+'`,
        );
      }
      yield {
        witness: next.path,
        matched: next.matched.map(({ pattern }) => pattern),
        ...(next.path.endsWith('/') && { bare: place.matched.map(({ pattern }) => pattern) }),
      };
      // A place is as good as another where the same patterns can still come to match, at the same depth as long as any wants more.
      const depth = next.matching.length === 0 ? '' : next.depth;
      const key = `${depth} ${ranks(next.matching)} ${ranks(next.swallowed)} ${ranks(next.matched)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
}

function ranked(
  patterns: readonly PathPattern[],
  lists: readonly (readonly PathPattern[])[],
): readonly Entrant[] {
  const listsOf = new Map<string, number>();
  for (const [i, list] of lists.entries()) {
    for (const { text } of list) listsOf.set(text, (listsOf.get(text) ?? 0) | (1 << i));
  }
  return [...new Map(patterns.map((pattern) => [pattern.text, pattern])).values()]
    .sort((a, b) => a.compare(b))
    .map((pattern, rank) => ({ pattern, rank, lists: listsOf.get(pattern.text) ?? 0 }));
}

function ranks(entrants: readonly Entrant[]): string {
  return entrants.map(({ rank }) => rank).join();
}
