import type { PathPattern } from '../policies/path-pattern';

/**
 * Finds which of many patterns match a path without trying each: a policy for every service makes thousands of them, and
 * a matrix asks about thousands of paths.
 */
export class PathIndex {
  private readonly exact = new Map<string, PathPattern>();
  /** By what stands before the final `*`. */
  private readonly prefixes = new Map<string, PathPattern>();
  private readonly prefixLengths: readonly number[];
  /** Those with `+`, by their first segment; `+` where that is a wildcard, or the beginning of a first segment. */
  private readonly bySegments = new Map<string, PathPattern[]>();

  public constructor(patterns: Iterable<PathPattern>) {
    for (const pattern of patterns) {
      if (pattern.kind === 'exact') this.exact.set(pattern.text, pattern);
      else if (pattern.kind === 'prefix') this.prefixes.set(pattern.text.slice(0, -1), pattern);
      else {
        const first = firstSegment(pattern);
        const known = this.bySegments.get(first);
        if (known) known.push(pattern);
        else this.bySegments.set(first, [pattern]);
      }
    }
    this.prefixLengths = [...new Set([...this.prefixes.keys()].map(({ length }) => length))];
  }

  /**
   * What matches a path, the one that outranks all others first.
   *
   * @param path without a leading `/`
   */
  public matching(path: string): readonly PathPattern[] {
    const found: PathPattern[] = [];
    const exact = this.exact.get(path);
    if (exact) found.push(exact);
    for (const length of this.prefixLengths) {
      const prefix = length <= path.length && this.prefixes.get(path.slice(0, length));
      if (prefix) found.push(prefix);
    }
    const slash = path.indexOf('/');
    for (const first of [slash < 0 ? path : path.slice(0, slash), '+']) {
      for (const pattern of this.bySegments.get(first) ?? []) if (pattern.matches(path)) found.push(pattern);
    }
    return found.length < 2 ? found : found.sort((a, b) => b.compare(a));
  }
}

function firstSegment(pattern: PathPattern): string {
  const first = pattern.segments[0] as string;
  const isWild = pattern.isWildcard(first) || pattern.segments.length === 1;
  return isWild ? '+' : first;
}
