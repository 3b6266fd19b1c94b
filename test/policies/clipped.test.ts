import { clipped, clippedQuotes } from '../../policies/clipped';

test.each([
  ['abc', 'abc'],
  ['abcd', 'abc…'],
  ['ab\u{1f600}', 'ab…'],
  ['', ''],
])('of %j three characters are shown', (text, expected) => {
  expect(clipped(text, 3)).toBe(expected);
});

const long = (length: number) => 'x'.repeat(length);

test.each([
  [`got '${long(100)}'; mend it`, `got '${long(100)}'; mend it`],
  [`got '${long(101)}'; mend it`, `got '${long(100)}…'; mend it`],
  [`got '${'a b '.repeat(1000)}', twice`, `got '${'a b '.repeat(25)}…', twice`],
  [`got "${long(101)}" and '${long(200)}'`, `got "${long(100)}…" and '${long(100)}…'`],
  [`${long(600)}: must be`, `${long(500)}…: must be`],
  [`Vault's ${'word '.repeat(30)}and Terraform's`, `Vault's ${'word '.repeat(30)}and Terraform's`],
  [`got '${"it's ".repeat(10_000)}'`.slice(0, 4000), `got '${"it's ".repeat(10_000)}'`.slice(0, 4000)],
  [`got '${"it's ".repeat(10_000)}'`, `${`got '${"it's ".repeat(10_000)}`.slice(0, 4000)}…`],
])('case %#: what an error quotes is cut, and the rest of it stays', (message, expected) => {
  expect(clippedQuotes(message)).toBe(expected);
});
