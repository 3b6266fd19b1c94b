import { hardeningChange } from '../../review/hardening-change';

const score = (held: readonly string[], missed: readonly string[]) => ({
  environment: 'shop-production',
  held: held.length,
  applying: held.length + missed.length,
  ids: { held, missed },
});

test('items are won and lost', () => {
  expect(hardeningChange(score(['a', 'b'], ['c']), score(['b', 'c'], ['a']))).toEqual({
    before: { held: 2, applying: 3 },
    after: { held: 2, applying: 3 },
    won: ['c'],
    lost: ['a'],
  });
});

test('an environment that is new wins nothing, and one that goes loses nothing', () => {
  expect(hardeningChange(undefined, score(['a'], []))).toEqual({
    after: { held: 1, applying: 1 },
    won: [],
    lost: [],
  });
  expect(hardeningChange(score(['a'], []), undefined)).toEqual({
    before: { held: 1, applying: 1 },
    won: [],
    lost: [],
  });
});

test('where nothing can be judged there is no score', () => {
  expect(hardeningChange(score([], []), score([], []))).toEqual({ won: [], lost: [] });
});
