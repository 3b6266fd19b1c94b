import type { PathPattern } from './path-pattern';

/**
 * How the paths that two patterns match lie to each other. A rule that is granted can be taken away by another grant of
 * the same policy, since Vault uses only one of them: these functions find that.
 */

/** True when some path is matched by both patterns. */
export function overlap(a: PathPattern, b: PathPattern): boolean {
  const same = (x: string, y: string) => a.isWildcard(x) || b.isWildcard(y) || x === y;
  return walk(segmentsOf(a), segmentsOf(b), same, 'either');
}

/** True when every path that `inner` matches is matched by `outer` too. */
export function covers(outer: PathPattern, inner: PathPattern): boolean {
  const same = (x: string, y: string) => outer.isWildcard(x) || (x === y && !inner.isWildcard(y));
  return walk(segmentsOf(outer), segmentsOf(inner), same, 'first');
}

interface Segments {
  readonly pattern: PathPattern;
  readonly whole: readonly string[];
  /** The beginning of the last segment, where the pattern ends with `*`. */
  readonly rest: string | undefined;
}

function segmentsOf(pattern: PathPattern): Segments {
  const { segments, isGlob } = pattern;
  return isGlob
    ? { pattern, whole: segments.slice(0, -1), rest: segments.at(-1) }
    : { pattern, whole: segments, rest: undefined };
}

/** Compares segment by segment; `open` says which side's final `*` may swallow the rest of the other. */
function walk(
  a: Segments,
  b: Segments,
  same: (x: string, y: string) => boolean,
  open: 'either' | 'first',
): boolean {
  const length = Math.min(a.whole.length, b.whole.length);
  for (let i = 0; i < length; i += 1) {
    if (!same(a.whole[i] as string, b.whole[i] as string)) return false;
  }
  if (a.whole.length === b.whole.length) return sameEnd(a.rest, b.rest, open);
  if (a.whole.length < b.whole.length) {
    return a.rest !== undefined && startsLike(b, a.whole.length, a.rest, open);
  }
  return open === 'either' && b.rest !== undefined && startsLike(a, b.whole.length, b.rest, open);
}

function sameEnd(a: string | undefined, b: string | undefined, open: 'either' | 'first'): boolean {
  if (a === undefined || b === undefined) return a === b;
  return b.startsWith(a) || (open === 'either' && a.startsWith(b));
}

function startsLike(
  { pattern, whole }: Segments,
  index: number,
  beginning: string,
  open: 'either' | 'first',
): boolean {
  const segment = whole[index] as string;
  if (pattern.isWildcard(segment)) return open === 'either' || beginning === '';
  return segment.startsWith(beginning);
}
