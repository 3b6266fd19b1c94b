import { covers } from './path-overlap';
import type { PathPattern } from './path-pattern';
import { unnamedText } from './unnamed-text';

/** A pattern among those that a walk compares. */
export interface Entrant {
  readonly pattern: PathPattern;
  /** From 0; the higher decides where two match. */
  readonly rank: number;
  /** Bits of the lists in which it competes. 0: with none, so that it is always named. */
  readonly lists: number;
}

/** How far patterns got along a path. All of them are in the order of their ranks. */
export interface Place {
  readonly path: string;
  /** How many segments the path has. */
  readonly depth: number;
  /** Those that match so far and want more segments. */
  readonly matching: readonly Entrant[];
  /** Those whose final `*` was reached: they match whatever follows. */
  readonly swallowed: readonly Entrant[];
  /** Those that match the path as it is. */
  readonly matched: readonly Entrant[];
}

/** All places one segment further, one for each way in which patterns can go on. */
export function* steps({ path, depth, matching, swallowed }: Place): Generator<Place> {
  const { literals, wildcards, globs } = sorted(matching, depth);
  for (const segment of distinguishable(literals, globs)) {
    // No path begins with a slash, and nothing is at the empty one.
    if (segment === '' && depth === 0) continue;
    const on = [...(literals.get(segment) ?? []), ...wildcards];
    const begun = globs.filter(({ pattern }) => segment.startsWith(pattern.segments[depth] as string));
    const open = best([...swallowed, ...begun]);
    const finished = on.filter(({ pattern }) => pattern.segments.length === depth + 1);
    const further = on.filter(({ pattern }) => pattern.segments.length > depth + 1);
    yield {
      path: depth === 0 ? segment : `${path}/${segment}`,
      depth: depth + 1,
      matching: withoutOutdone(byRank(further), open, depth + 1),
      swallowed: open,
      matched: best([...open, ...finished]),
    };
  }
}

interface Expectations {
  /** By the segment that they want. */
  readonly literals: ReadonlyMap<string, readonly Entrant[]>;
  /** Those that take any segment. */
  readonly wildcards: readonly Entrant[];
  /** Those of which this is the last segment before their `*`. */
  readonly globs: readonly Entrant[];
}

function sorted(matching: readonly Entrant[], depth: number): Expectations {
  const literals = new Map<string, Entrant[]>();
  const wildcards: Entrant[] = [];
  const globs: Entrant[] = [];
  for (const entrant of matching) {
    const { pattern } = entrant;
    const segment = pattern.segments[depth] as string;
    if (pattern.isGlob && depth === pattern.segments.length - 1) globs.push(entrant);
    else if (pattern.isWildcard(segment)) wildcards.push(entrant);
    else {
      const same = literals.get(segment);
      if (same) same.push(entrant);
      else literals.set(segment, [entrant]);
    }
  }
  return { literals, wildcards, globs };
}

/** One text of each kind that the patterns tell apart: named, begun, anything else, and nothing at all. */
function distinguishable(
  literals: ReadonlyMap<string, unknown>,
  globs: readonly Entrant[],
): readonly string[] {
  const named = [...literals.keys()].filter((one) => one !== '');
  const beginnings = new Set(['', ...globs.map(({ pattern }) => pattern.segments.at(-1) as string)]);
  const known = [...named, ...[...beginnings].filter((one) => one !== '')];
  return [...named, ...[...beginnings].map((beginning) => other(beginning, known)), ''];
}

/** A text that begins so, and with nothing longer that is known. */
function other(beginning: string, known: readonly string[]): string {
  const longer = known.filter((one) => one.length > beginning.length && one.startsWith(beginning));
  return unnamedText(beginning, (text) => longer.some((one) => text.startsWith(one)));
}

/** Of those that match the same: in each list the one of the highest rank, since no other counts there. */
function best(entrants: readonly Entrant[]): readonly Entrant[] {
  let taken = 0;
  return byRank(entrants)
    .reverse()
    .filter(({ lists }) => {
      const counts = lists === 0 || (lists & ~taken) !== 0;
      taken |= lists;
      return counts;
    })
    .reverse();
}

/**
 * Without those that never count from here on: whatever they match, another of the same lists that ranks higher matches
 * too. Else every way in which such patterns can go on together would be a place of its own.
 */
function withoutOutdone(
  matching: readonly Entrant[],
  open: readonly Entrant[],
  depth: number,
): readonly Entrant[] {
  // An exact path outranks everything, and hardly ever names all that a wildcard does.
  const wild = matching.filter(({ pattern }) => pattern.kind !== 'exact');
  const outdoes = (a: Entrant, b: Entrant) => a.rank > b.rank && b.lists !== 0 && (b.lists & ~a.lists) === 0;
  const outdone = new Set(
    wild.filter(
      (one) =>
        open.some((another) => outdoes(another, one)) ||
        wild.some((another) => outdoes(another, one) && covers(another.pattern, one.pattern, depth)),
    ),
  );
  return outdone.size === 0 ? matching : matching.filter((one) => !outdone.has(one));
}

function byRank(entrants: readonly Entrant[]): Entrant[] {
  return [...entrants].sort((a, b) => a.rank - b.rank);
}
