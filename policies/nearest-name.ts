/** How many letters may be wrong, missing or too many. */
const MISTAKES = 3;

/** The name that was probably meant: the only one that begins so, or one with a few mistakes. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [first, second] = known.filter((one) => one.startsWith(name));
  if (first !== undefined && second === undefined) return first;
  const [nearest] = known
    .map((one) => ({ one, mistakes: distance(name, one) }))
    .filter(({ mistakes }) => mistakes <= MISTAKES)
    .sort((a, b) => a.mistakes - b.mistakes);
  return nearest?.one;
}

/** The remedy for a name that there is not; another one where no name is near. */
export function didYouMean(name: string, known: readonly string[], otherwise: string): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? otherwise : `did you mean '${nearest}'?`;
}

/** How many letters one has to add, to take away or to replace (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
