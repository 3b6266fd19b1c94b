/**
 * How two path patterns of Vault policies relate: which one decides where both match, and whether they
 * can both match at all. Patterns are in Vault's own syntax: `+` is one segment, a final `*` any rest.
 *
 * Vault uses only the most specific rule for a request and never adds up the others
 * (https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching), so a rule that is
 * granted can be taken away by another grant of the same policy. These functions find that.
 */

/** True when Vault prefers `a` over `b` for a path that both match. */
export function outranks(a: string, b: string): boolean {
  if (isExact(a) !== isExact(b)) return isExact(a);
  const order: readonly [number, number][] = [
    [firstWildcard(a), firstWildcard(b)],
    [a.endsWith('*') ? 0 : 1, b.endsWith('*') ? 0 : 1],
    [-plusSegments(a), -plusSegments(b)],
    [withoutStar(a).length, withoutStar(b).length],
  ];
  for (const [x, y] of order) {
    if (x !== y) return x > y;
  }
  return a > b;
}

/** True when some path is matched by both patterns. */
export function overlap(a: string, b: string): boolean {
  return walk(segmentsOf(a), segmentsOf(b), (x, y) => x === '+' || y === '+' || x === y, 'either');
}

/** True when every path that `inner` matches is matched by `outer` too. */
export function covers(outer: string, inner: string): boolean {
  return walk(segmentsOf(outer), segmentsOf(inner), (x, y) => x === '+' || x === y, 'first');
}

interface Segments {
  readonly whole: readonly string[];
  /** The beginning of the last segment, where the pattern ends with `*`. */
  readonly rest: string | undefined;
}

function segmentsOf(pattern: string): Segments {
  const segments = pattern.split('/');
  if (!pattern.endsWith('*')) return { whole: segments, rest: undefined };
  return { whole: segments.slice(0, -1), rest: (segments.at(-1) as string).slice(0, -1) };
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
    return a.rest !== undefined && startsLike(b.whole[a.whole.length] as string, a.rest, open);
  }
  return (
    open === 'either' && b.rest !== undefined && startsLike(a.whole[b.whole.length] as string, b.rest, open)
  );
}

function sameEnd(a: string | undefined, b: string | undefined, open: 'either' | 'first'): boolean {
  if (a === undefined || b === undefined) return a === b;
  return b.startsWith(a) || (open === 'either' && a.startsWith(b));
}

function startsLike(segment: string, beginning: string, open: 'either' | 'first'): boolean {
  if (segment === '+') return open === 'either' || beginning === '';
  return segment.startsWith(beginning);
}

function isExact(pattern: string): boolean {
  return !pattern.endsWith('*') && !pattern.split('/').includes('+');
}

function firstWildcard(pattern: string): number {
  const positions = [plusPosition(pattern), pattern.endsWith('*') ? pattern.length - 1 : -1].filter(
    (p) => p >= 0,
  );
  return positions.length === 0 ? pattern.length : Math.min(...positions);
}

function plusPosition(pattern: string): number {
  let position = 0;
  for (const segment of pattern.split('/')) {
    if (segment === '+') return position;
    position += segment.length + 1;
  }
  return -1;
}

function plusSegments(pattern: string): number {
  return pattern.split('/').filter((segment) => segment === '+').length;
}

function withoutStar(pattern: string): string {
  return pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
}
