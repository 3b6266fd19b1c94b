import { counted, listed } from '../../policies/phrases';

test.each([
  [0, '0 secrets'],
  [1, '1 secret'],
  [2, '2 secrets'],
  [12_345, '12,345 secrets'],
])('%i is said as %p', (amount, phrase) => {
  expect(counted(amount, 'secret')).toBe(phrase);
});

test('a word with another plural has that', () => {
  expect([1, 2].map((amount) => counted(amount, 'identity', 'identities'))).toEqual([
    '1 identity',
    '2 identities',
  ]);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%p is listed as %p', (parts, phrase) => {
  expect(listed(parts)).toBe(phrase);
});
