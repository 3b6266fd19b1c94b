import type { PathPattern } from './path-pattern';

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

/**
 * Divides all paths into classes that no pattern tells apart, so that what holds for the witness holds for every path of
 * the class, and what holds for all witnesses holds for all paths there are.
 *
 * Paths are walked segment by segment. At each place only these texts differ for the patterns that still match: what one
 * of them names, what begins as the last segment before a `*` does, nothing at all, and anything else.
 *
 * @throws where wildcards overlap in more than a million ways
 */
export function* pathClasses(patterns: readonly PathPattern[]): Generator<PathClass> {
  const unique = [...new Map(patterns.map((pattern) => [pattern.text, pattern])).values()];
  const seen = new Set<string>();
  const index = new Map(unique.map((pattern, i) => [pattern, i]));
  const open: Place[] = [{ path: '', depth: 0, matching: unique, swallowed: [], matched: [] }];
  let count = 0;
  // In the order of their lengths, so that a witness is short.
  for (const place of open) {
    for (const next of steps(place)) {
      count += 1;
      if (count > LIMIT) {
        throw new Error(
          `wildcards must overlap in fewer ways, got more than ${LIMIT.toLocaleString('en')} among ${unique.length} rules; write out some of the '+'`,
        );
      }
      yield {
        witness: next.path,
        matched: next.matched,
        ...(next.path.endsWith('/') && { bare: place.matched }),
      };
      // A place is as good as another where the same patterns can still come to match.
      const key = `${next.depth} ${numbers(next.matching, index)} ${numbers(next.swallowed, index)} ${numbers(next.matched, index)}`;
      if (place.matching.length === 0 || seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
}

/** The path so far, and how far the patterns got. */
interface Place {
  readonly path: string;
  /** How many segments the path has. */
  readonly depth: number;
  /** Those that match so far and want more segments. */
  readonly matching: readonly PathPattern[];
  /** Those whose final `*` was reached: they match whatever follows. */
  readonly swallowed: readonly PathPattern[];
  /** Those that match the path as it is. */
  readonly matched: readonly PathPattern[];
}

function* steps(place: Place): Generator<Place> {
  const { path, depth, matching } = place;
  for (const segment of distinguishable(matching, depth)) {
    // No path begins with a slash.
    if (segment === '' && depth === 0) continue;
    const further: PathPattern[] = [];
    const swallowed = [...place.swallowed];
    const finished: PathPattern[] = [];
    for (const pattern of matching) {
      const expected = pattern.segments[depth] as string;
      const isLast = depth === pattern.segments.length - 1;
      if (isLast && pattern.isGlob) {
        if (segment.startsWith(expected)) swallowed.push(pattern);
      } else if (expected === segment || pattern.isWildcard(expected)) {
        (isLast ? finished : further).push(pattern);
      }
    }
    yield {
      path: depth === 0 ? segment : `${path}/${segment}`,
      depth: depth + 1,
      matching: further,
      swallowed,
      matched: [...swallowed, ...finished],
    };
  }
}

/** One text of each kind that the patterns tell apart at a place. */
function distinguishable(matching: readonly PathPattern[], depth: number): readonly string[] {
  const literals = new Set<string>();
  const beginnings = new Set<string>(['']);
  for (const pattern of matching) {
    const segment = pattern.segments[depth] as string;
    if (depth === pattern.segments.length - 1 && pattern.isGlob) beginnings.add(segment);
    else if (!pattern.isWildcard(segment)) literals.add(segment);
  }
  literals.delete('');
  const known = [...literals, ...beginnings].filter((one) => one !== '');
  return [...literals, ...[...beginnings].map((beginning) => other(beginning, known)), ''];
}

/** A text that begins so, and with nothing longer that is known. */
function other(beginning: string, known: readonly string[]): string {
  const longer = known.filter((one) => one.length > beginning.length && one.startsWith(beginning));
  for (const rest of rests()) {
    const text = `${beginning}${rest}`;
    if (!longer.some((one) => text.startsWith(one))) return text;
  }
  throw new Error(`'patterns' must leave a character free after '${beginning}', got all`);
}

/** Readable ones first; their first characters differ, so that no finite number of patterns knows them all. */
function* rests(): Generator<string> {
  yield* ['any', 'other', 'some', 'x'];
  for (let code = 0x30; code < 0xd800; code += 1) yield String.fromCharCode(code);
}

function numbers(patterns: readonly PathPattern[], index: ReadonlyMap<PathPattern, number>): string {
  return patterns.map((pattern) => index.get(pattern)).join();
}
