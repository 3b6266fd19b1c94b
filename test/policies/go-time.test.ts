import { absoluteTime, durationSeconds } from '../../policies/go-time';

test.each([
  ['', 0],
  ['0', 0],
  ['60', 60],
  ['010', 10],
  ['90s', 90],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['.5s', 0.5],
  ['1.s', 1],
  ['100ms', 0.1],
  ['1us', 1e-6],
  ['1µs', 1e-6],
  ['1μs', 1e-6],
  ['1ns', 1e-9],
  ['1h1h', 7200],
  ['2d', 172_800],
  ['9000000000', 9_000_000_000],
  ['9000000001', undefined],
  ['-5s', undefined],
  ['+5s', undefined],
  ['-5', undefined],
  ['1.5d', undefined],
  ['1d2h', undefined],
  ['1h 2m', undefined],
  ['5S', undefined],
  ['s', undefined],
  ['.s', undefined],
  ['1', 1],
  ['1.5', undefined],
  ['1e3s', undefined],
  ['1_000', undefined],
])("the duration '%s' is %s seconds", (text, expected) => {
  expect(durationSeconds(text)).toBe(expected);
});

test.each([
  ['2030-01-01T00:00:00Z', Date.UTC(2030, 0, 1)],
  ['2030-01-01T00:00:00.5Z', Date.UTC(2030, 0, 1) + 500],
  ['2030-01-01T02:00:00+02:00', Date.UTC(2030, 0, 1)],
  ['2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29)],
  ['1893456000', Date.UTC(2030, 0, 1)],
  ['-1', -1000],
  ['2030-02-29T00:00:00Z', undefined],
  ['2030-13-01T00:00:00Z', undefined],
  ['2030-01-01T24:00:00Z', undefined],
  ['2030-01-01T00:00:60Z', undefined],
  ['2030-01-01T00:00:00', undefined],
  ['2030-01-01t00:00:00z', undefined],
  ['2030-01-01', undefined],
  ['1.5', undefined],
  ['', undefined],
])("the time '%s' is %s", (text, expected) => {
  expect(absoluteTime(text)).toBe(expected);
});
