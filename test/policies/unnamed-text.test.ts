import { unnamedText } from '../../policies/unnamed-text';

test.each([
  [[], 'a-any'],
  [['a-any'], 'a-other'],
  [['a-any', 'a-other', 'a-some', 'a-x'], 'a-0'],
])('where %j are named a text is made that is none of them', (named: readonly string[], made) => {
  expect(unnamedText('a-', (text) => named.includes(text))).toBe(made);
});

test('a text is made even where every readable beginning is named', () => {
  const made = unnamedText('', (text) => /^[\x20-\x7e]/.test(text));
  expect(made.codePointAt(0)).toBeGreaterThan(0x7e);
});

test('fails where every character is named', () => {
  expect(() => unnamedText('a/', () => true)).toThrow(
    "'patterns' must leave a character free after 'a/', got all",
  );
});
