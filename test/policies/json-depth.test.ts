import { isTooDeep } from '../../policies/json-depth';

const nested = (times: number) => JSON.parse(`${'[{"a":'.repeat(times)}1${'}]'.repeat(times)}`);

test.each([
  [1, false],
  [null, false],
  [[], false],
  [{ a: [], b: nested(49) }, false],
  [nested(50), false],
  [[nested(50)], true],
  [{ a: [], b: nested(50) }, true],
  [nested(100_000), true],
])('case %#: lists and objects may be 100 deep in each other, and no deeper', (json, expected) => {
  expect(isTooDeep(json)).toBe(expected);
});
