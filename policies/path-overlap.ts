import type { PathPattern } from './path-pattern';

/**
 * How the paths that two patterns match lie to each other. A rule that is granted can be taken away by another grant of
 * the same policy, since Vault uses only one of them: these functions find that.
 */

/** True when some path is matched by both patterns. */
export function overlap(a: PathPattern, b: PathPattern): boolean {
  const [x, y] = [segmentsOf(a), segmentsOf(b)];
  const length = Math.min(x.whole.length, y.whole.length);
  for (let i = 0; i < length; i += 1) {
    const [one, other] = [x.whole[i] as string, y.whole[i] as string];
    if (!a.isWildcard(one) && !b.isWildcard(other) && one !== other) return false;
  }
  if (x.whole.length < y.whole.length) return startsLike(y, length, x.rest);
  if (x.whole.length > y.whole.length) return startsLike(x, length, y.rest);
  if (x.rest === undefined || y.rest === undefined) return x.rest === y.rest;
  return x.rest.startsWith(y.rest) || y.rest.startsWith(x.rest);
}

/**
 * True when every path that `inner` matches is matched by `outer` too.
 *
 * @param from the first segment that is compared, where all before it are known to match; both patterns have it
 */
export function covers(outer: PathPattern, inner: PathPattern, from = 0): boolean {
  const last = outer.segments.length - 1;
  const lastOfInner = inner.segments.length - 1;
  if (outer.isGlob ? lastOfInner < last : inner.isGlob || lastOfInner !== last) return false;
  for (let i = from; i <= last; i += 1) {
    const [wanted, given] = [outer.segments[i] as string, inner.segments[i] as string];
    if (outer.isGlob && i === last) {
      return wanted === '' || (!inner.isWildcard(given) && given.startsWith(wanted));
    }
    if (!outer.isWildcard(wanted) && (inner.isWildcard(given) || given !== wanted)) return false;
  }
  return true;
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

/** Whether a segment can be what the final `*` of a shorter pattern goes on from; never where it has none. */
function startsLike({ pattern, whole }: Segments, index: number, beginning: string | undefined): boolean {
  if (beginning === undefined) return false;
  const segment = whole[index] as string;
  return pattern.isWildcard(segment) || segment.startsWith(beginning);
}
