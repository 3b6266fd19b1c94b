import { shownLines } from '../../../review/plan/shown-lines';

const lines = (length: number, from = 0) => Array.from({ length }, (_, i) => `line ${i + from}`);

test('a few lines are shown whole', () => {
  expect(shownLines(lines(2000), lines(3))).toEqual([lines(2000), lines(3)]);
  expect(shownLines([], [])).toEqual([[], []]);
});

test('of many, those are left out that stay the same at both ends', () => {
  const after = lines(5000);
  after[2500] = 'other';
  const [left, right] = shownLines(lines(5000), after);
  expect(left).toEqual([
    '… 2497 lines that stay the same',
    ...lines(7, 2497),
    '… 2496 lines that stay the same',
  ]);
  expect(right).toEqual(left.map((line) => (line === 'line 2500' ? 'other' : line)));
});

test('of many that change, what is left out is counted', () => {
  const [left, right] = shownLines(lines(5000), []);
  expect(left).toEqual([...lines(2000), '… 3000 more lines']);
  expect(right).toEqual([]);
});

test('a long line is cut, and tells how long it is', () => {
  const [[line]] = shownLines(['x'.repeat(1500)], []) as [string[], string[]];
  expect(line).toBe(`${'x'.repeat(1000)}… (1500 characters)`);
});
