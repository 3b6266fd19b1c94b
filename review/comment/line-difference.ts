/** Lines around a change that show where it is. */
const CONTEXT = 3;
/** Steps of the search; what differs more than that is shown as all old lines, then all new ones. */
const MOST_DIFFERENCES = 400;

/** One line of a difference: as it is on both sides, only before, or only after. */
export interface DifferentLine {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/**
 * The lines in which two texts differ: as few as there are, by Myers. What is the same on both ends is never searched, and
 * texts that have little in common are not searched to the end, so that none takes long.
 */
export function lineDifference(
  before: readonly string[],
  after: readonly string[],
): readonly DifferentLine[] {
  const start = commonStart(before, after);
  const end = commonStart(before.slice(start).reverse(), after.slice(start).reverse());
  const [from, to] = [before, after].map((lines) => lines.slice(start, lines.length - end)) as [
    string[],
    string[],
  ];
  return [
    ...before.slice(0, start).map((line) => ({ sign: ' ', line }) as const),
    ...(searched(from, to) ?? [...signed('-', from), ...signed('+', to)]),
    ...before.slice(before.length - end).map((line) => ({ sign: ' ', line }) as const),
  ];
}

function signed(sign: DifferentLine['sign'], lines: readonly string[]): readonly DifferentLine[] {
  return lines.map((line) => ({ sign, line }));
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
}

/** @returns nothing where they differ too much to find it out in time */
function searched(a: readonly string[], b: readonly string[]): readonly DifferentLine[] | undefined {
  // By diagonal: how far in `a` one comes with so many differences. A step of the way for each number of them.
  const trace: Map<number, number>[] = [];
  let furthest = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_DIFFERENCES); d++) {
    const next = new Map(furthest);
    trace.push(furthest);
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(furthest, k, d) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && x - k >= 0 && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkedBack(a, b, trace);
    }
    furthest = next;
  }
  return undefined;
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? 0;
}

/** Whether the way to a diagonal comes from the one above, by a line that is only in `b`. */
function isDown(furthest: ReadonlyMap<number, number>, k: number, d: number): boolean {
  return k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
}

function walkedBack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly DifferentLine[] {
  const found: DifferentLine[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] as ReadonlyMap<number, number>;
    const k = x - y;
    const previous = isDown(furthest, k, d) ? k + 1 : k - 1;
    const [px, py] = d === 0 ? [0, 0] : [at(furthest, previous), at(furthest, previous) - previous];
    while (x > px && y > py) {
      x -= 1;
      y -= 1;
      found.push({ sign: ' ', line: a[x] as string });
    }
    if (d === 0) break;
    if (previous === k + 1) found.push({ sign: '+', line: b[py] as string });
    else found.push({ sign: '-', line: a[px] as string });
    [x, y] = [px, py];
  }
  return found.reverse();
}

/** A difference as text: only what changes, with some lines around it; `@@` where lines are left out. */
export function differenceLines(all: readonly DifferentLine[]): readonly string[] {
  const isNear = new Array<boolean>(all.length).fill(false);
  for (const [i, { sign }] of all.entries()) {
    if (sign === ' ') continue;
    for (let j = Math.max(0, i - CONTEXT); j <= Math.min(all.length - 1, i + CONTEXT); j++) isNear[j] = true;
  }
  const lines: string[] = [];
  for (const [i, { sign, line }] of all.entries()) {
    if (!isNear[i]) continue;
    const isGap = i > 0 && !isNear[i - 1];
    if (isGap) lines.push('@@ … @@');
    lines.push(`${sign} ${line}`);
  }
  if (all.length > 0 && !isNear[all.length - 1] && lines.length > 0) lines.push('@@ … @@');
  return lines;
}
