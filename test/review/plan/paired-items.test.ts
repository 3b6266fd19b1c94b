import { pairedItems } from '../../../review/plan/paired-items';
import type { Json } from '../../../review/plan/plan';

const pairs = (before: Json, after: Json, unknown?: Json) =>
  pairedItems(
    { value: before, sensitive: undefined, unknown: undefined },
    { value: after, sensitive: undefined, unknown },
  )?.map(({ index, before: from, after: to }) => `${index}: ${from ?? '-'} -> ${to ?? '-'}`);

test.each<[string, Json, Json, string[] | undefined]>([
  ['one that is new', [{ a: 1 }], [{ a: 1 }, { a: 2 }], ['1: - -> 1']],
  ['one that is gone', [{ a: 1 }, { a: 2 }], [{ a: 2 }], ['0: 0 -> -']],
  ['one that changes', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], ['1: 1 -> 1']],
  ['one that moves and one that changes', [{ a: 1 }, { a: 2 }], [{ a: 3 }, { a: 1 }], ['0: 1 -> 0']],
  ['keys in another order', [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], undefined],
  ['another order', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }], undefined],
  [
    'ones with names',
    [
      { name: 'x', v: 1 },
      { name: 'y', v: 1 },
    ],
    [
      { name: 'y', v: 2 },
      { name: 'x', v: 2 },
    ],
    ['0: 1 -> 0', '1: 0 -> 1'],
  ],
  ['the same one twice', [{ a: 1 }], [{ a: 1 }, { a: 1 }], ['1: - -> 1']],
  [
    'indices that meet',
    [{ name: 'a' }, { name: 'b', v: 1 }, { name: 'c' }],
    [{ name: 'b', v: 2 }],
    ['0: 1 -> 0', '1: 0 -> -', '2: 2 -> -'],
  ],
])('pairs %s', (_, before, after, expected) => {
  expect(pairs(before, after)).toEqual(expected);
});

test('what is not known yet is no item that was there', () => {
  expect(pairs([{ a: 1 }], [{ a: 1 }], [{ b: true }])).toEqual(['0: 0 -> 0']);
});
