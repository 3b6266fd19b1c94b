import { globMatches } from '../../policies/glob';

test.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', false],
  ['*', 'a', false],
  ['*', '*', true],
  ['**', '', true],
  ['**', 'a', true],
  ['a', 'a', true],
  ['a', 'ab', false],
  ['a*', 'a', true],
  ['a*', 'ab', true],
  ['a*', 'ba', false],
  ['*a', 'ba', true],
  ['*a', 'ab', false],
  ['*a*', 'bab', true],
  ['*a*', 'b', false],
  ['a*b', 'axb', false],
  ['a*b', 'a*b', true],
  ['a*b*', 'a*bc', true],
])("'%s' matches '%s': %s", (glob, text, expected) => {
  expect(globMatches(glob, text)).toBe(expected);
});
