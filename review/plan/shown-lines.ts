import { clipped } from '../../policies/clipped';

/** Of a line, in characters. */
const LONGEST_LINE = 1000;
/** Of a value, in lines. */
const MOST = 2000;
/** Lines that stay the same around those that do not, where all of them are too many. */
const AROUND = 3;

type Lines = readonly string[];

/** Lines before and after, none of them too long. Of too many those are left out that are the same at both ends. */
export function shownLines(before: Lines, after: Lines): readonly [Lines, Lines] {
  const isLong = before.length > MOST || after.length > MOST;
  const [start, end] = isLong ? sameEnds(before, after) : [0, 0];
  const cut = (lines: Lines): Lines => {
    const middle = lines.slice(start, lines.length - end);
    return [
      ...(start > 0 ? [`… ${start} lines that stay the same`] : []),
      ...middle.slice(0, MOST).map((line) => clippedLine(line)),
      ...(middle.length > MOST ? [`… ${middle.length - MOST} more lines`] : []),
      ...(end > 0 ? [`… ${end} lines that stay the same`] : []),
    ];
  };
  return [cut(before), cut(after)];
}

function clippedLine(line: string): string {
  return line.length > LONGEST_LINE ? `${clipped(line, LONGEST_LINE)} (${line.length} characters)` : line;
}

/** How many lines may be left out at the beginning and at the end. */
function sameEnds(before: Lines, after: Lines): readonly [number, number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [Math.max(0, start - AROUND), Math.max(0, end - AROUND)];
}
