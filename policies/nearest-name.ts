/** How many letters of a name may be wrong, missing, too many or swapped: a third, so that a short one is not taken for another. */
function mistakesOf(name: string): number {
  return Math.min(Math.round(name.length / 3), 3);
}

/** The name that was probably meant: the only one that begins so, or one with a few mistakes. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [first, second] = known.filter((one) => one.startsWith(name));
  if (first !== undefined && second === undefined) return first;
  const most = mistakesOf(name);
  const [nearest] = known
    .filter((one) => Math.abs(one.length - name.length) <= most)
    .map((one) => ({ one, mistakes: distance(name, one) }))
    .filter(({ mistakes }) => mistakes <= most)
    .sort((a, b) => a.mistakes - b.mistakes);
  return nearest?.one;
}

/** The remedy for a name that there is not; another one where no name is near. */
export function didYouMean(name: string, known: readonly string[], otherwise: string): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? otherwise : `did you mean '${nearest}'?`;
}

/** How many letters one has to add, to take away, to replace or to swap with the next one. */
function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}
