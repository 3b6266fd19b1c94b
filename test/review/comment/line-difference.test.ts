import fc from 'fast-check';
import { type DifferentLine, differenceLines, lineDifference } from '../../../review/comment/line-difference';

const shown = (before: string, after: string) =>
  lineDifference([...before], [...after])
    .map(({ sign, line }) => `${sign}${line}`)
    .join(' ')
    .replace(/(?<![+-])\s+(?=[a-z])/g, ' ');

const side = (all: readonly DifferentLine[], sign: '+' | '-') =>
  all.filter((one) => one.sign === ' ' || one.sign === sign).map(({ line }) => line);

test.each([
  ['', '', ''],
  ['', 'ab', '+a +b'],
  ['ab', '', '-a -b'],
  ['abc', 'abc', ' a b c'],
  ['abc', 'axc', ' a -b +x c'],
  ['abcabba', 'cbabac', '-a -b c +b a b -b a +c'],
])('of %j and %j it is %j', (before, after, difference) => {
  expect(shown(before, after).trim()).toBe(difference.trim());
});

test('both texts come out of it, and no shorter one does', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const all = lineDifference(before, after);
      expect(side(all, '-')).toEqual(before);
      expect(side(all, '+')).toEqual(after);
      expect(all.filter(({ sign }) => sign === ' ')).toHaveLength(longestCommon(before, after));
    }),
  );
});

/** By the book, for short texts. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    let diagonal = 0;
    for (const [j, y] of b.entries()) {
      const above = row[j + 1] as number;
      row[j + 1] = x === y ? diagonal + 1 : Math.max(above, row[j] as number);
      diagonal = above;
    }
  }
  return row[b.length] as number;
}

test('texts that have nothing in common take no longer', () => {
  const [before, after] = ['a', 'b'].map((name) =>
    Array.from({ length: 50_000 }, (_, i) => `${name}${i}`),
  ) as [string[], string[]];
  const all = lineDifference(before, after);
  expect(side(all, '-')).toEqual(before);
  expect(side(all, '+')).toEqual(after);
});

test('what is the same is left out but for some lines around a change', () => {
  const before = Array.from({ length: 30 }, (_, i) => `line ${i}`);
  const after = before.map((line, i) => (i === 15 ? 'other' : line));
  expect(differenceLines(lineDifference(before, after))).toEqual([
    '@@ … @@',
    '  line 12',
    '  line 13',
    '  line 14',
    '- line 15',
    '+ other',
    '  line 16',
    '  line 17',
    '  line 18',
    '@@ … @@',
  ]);
});

test('what is the same has no lines', () => {
  expect(differenceLines(lineDifference(['a', 'b'], ['a', 'b']))).toEqual([]);
});
