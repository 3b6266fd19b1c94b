import type { Json } from '../../../review/plan/plan';
import { hasTrue, isEmptyValue, isSameJson, keysOf, lengthOf, partOf } from '../../../review/plan/plan-value';

const value = (json: Json, unknown?: Json) => ({ value: json, sensitive: undefined, unknown });

test.each<[Json | undefined, Json | undefined, boolean]>([
  [undefined, null, true],
  [{ a: null }, {}, true],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [[1, [2]], [1, [2]], true],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [[], null, false],
  [1, '1', false],
  [{ a: 1 }, { a: 1, b: 1 }, false],
  [JSON.parse('{"__proto__": 1}'), {}, false],
  [{ constructor: 1 }, {}, false],
])('%j and %j are the same: %s', (a, b, isIt) => {
  expect(isSameJson(a, b)).toBe(isIt);
  expect(isSameJson(b, a)).toBe(isIt);
});

test('what is marked as a whole is marked in its parts', () => {
  expect(partOf({ value: { a: 1 }, sensitive: true, unknown: { a: true } }, 'a')).toEqual({
    value: 1,
    sensitive: true,
    unknown: true,
  });
  expect(partOf({ value: {}, sensitive: {}, unknown: {} }, 'constructor')).toEqual({
    value: undefined,
    sensitive: undefined,
    unknown: undefined,
  });
});

test('what is not known has keys and items too', () => {
  expect(keysOf(value({ a: 1 }, { b: true }))).toEqual(['a', 'b']);
  expect(lengthOf(value([1], [false, true]))).toBe(2);
  expect(lengthOf(value(null))).toBe(0);
});

test.each<[Json, Json | undefined, boolean]>([
  [null, undefined, true],
  [[], undefined, true],
  [{}, {}, true],
  [[], [true], false],
  ['', undefined, false],
  [0, undefined, false],
])('%j with %j unknown is empty: %s', (json, unknown, isIt) => {
  expect(isEmptyValue(value(json, unknown))).toBe(isIt);
});

test.each<[Json | undefined, boolean]>([
  [true, true],
  [{ a: [{ b: true }] }, true],
  [{ a: [{ b: false }] }, false],
  [undefined, false],
])('%j marks something: %s', (mask, isIt) => {
  expect(hasTrue(mask)).toBe(isIt);
});
