import { overlap } from './path-overlap';
import { PathPattern } from './path-pattern';

/**
 * Patterns parted so that no path is matched by patterns of two groups, not even once with and once without a final `/`,
 * which is how listings are looked up. What is asked of all paths can then be asked of each group alone.
 *
 * @returns groups in the order of their first patterns, and patterns in theirs
 */
export function independentGroups(patterns: readonly PathPattern[]): readonly (readonly PathPattern[])[] {
  const groups = new Map(patterns.map((pattern) => [pattern, [pattern]]));
  const sorted = [...patterns].sort(byBeginning);
  for (const [i, one] of sorted.entries()) {
    for (let j = i + 1; j < sorted.length; j += 1) {
      const other = sorted[j] as PathPattern;
      // What does not begin like it shares no path with it, nor does anything after that.
      if (!other.beginning.startsWith(one.beginning)) break;
      const [mine, theirs] = [groups.get(one), groups.get(other)] as [PathPattern[], PathPattern[]];
      if (mine === theirs || !sharePaths(one, other)) continue;
      mine.push(...theirs);
      for (const pattern of theirs) groups.set(pattern, mine);
    }
  }
  const places = new Map(patterns.map((pattern, i) => [pattern, i]));
  const placeOf = (pattern: PathPattern | undefined) => places.get(pattern as PathPattern) as number;
  return [...new Set(groups.values())]
    .map((group) => group.sort((a, b) => placeOf(a) - placeOf(b)))
    .sort(([a], [b]) => placeOf(a) - placeOf(b));
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
