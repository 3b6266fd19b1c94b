import { overlap } from './path-overlap';
import { PathPattern } from './path-pattern';

/**
 * Patterns parted so that no path is matched by patterns of two groups, not even once with and once without a final `/`,
 * which is how listings are looked up. What is asked of all paths can then be asked of each group alone.
 *
 * @returns groups in the order of their first patterns, and patterns in theirs
 */
export function independentGroups(patterns: readonly PathPattern[]): readonly (readonly PathPattern[])[] {
  /** Of those that share paths with others, which are few. */
  const groups = new Map<PathPattern, PathPattern[]>();
  const sorted = [...patterns].sort(byBeginning);
  for (const [i, one] of sorted.entries()) {
    for (let j = i + 1; j < sorted.length; j += 1) {
      const other = sorted[j] as PathPattern;
      // What does not begin like it shares no path with it, nor does anything after that.
      if (!other.beginning.startsWith(one.beginning)) break;
      const [mine, theirs] = [groups.get(one) ?? [one], groups.get(other) ?? [other]];
      if (mine === theirs || !sharePaths(one, other)) continue;
      mine.push(...theirs);
      for (const pattern of [one, ...theirs]) groups.set(pattern, mine);
    }
  }
  return inOrder(patterns, groups);
}

function inOrder(
  patterns: readonly PathPattern[],
  groups: ReadonlyMap<PathPattern, readonly PathPattern[]>,
): readonly (readonly PathPattern[])[] {
  if (groups.size === 0) return patterns.map((pattern) => [pattern]);
  const found = new Map<unknown, PathPattern[]>();
  for (const pattern of patterns) {
    const key = groups.get(pattern) ?? pattern;
    const group = found.get(key);
    if (group) group.push(pattern);
    else found.set(key, [pattern]);
  }
  return [...found.values()];
}

/** By code units, as `startsWith` compares. */
function byBeginning(a: PathPattern, b: PathPattern): number {
  return a.beginning < b.beginning ? -1 : a.beginning > b.beginning ? 1 : 0;
}

function sharePaths(a: PathPattern, b: PathPattern): boolean {
  return overlap(a, b) || overlap(slashed(a), b) || overlap(a, slashed(b));
}

function slashed(pattern: PathPattern): PathPattern {
  // Who matches any rest matches it with a slash too.
  return pattern.isGlob ? pattern : PathPattern.of(`/${pattern.text}/`);
}
