import { code, codeCell, details, fenced, text } from '../../../review/comment/safe-markdown';

test.each([
  ['plain', '`plain`'],
  ['a|b', '`a|b`'],
  ['`', '`` ` ``'],
  ['a``b', '```a``b```'],
  ['', '`  `'],
  ['a\nb', '`a\\u{a}b`'],
])('code of %j is %s', (given, expected) => {
  expect(code(given)).toBe(expected);
});

test('a bar does not end the cell of a table', () => {
  expect(codeCell('a|b')).toBe('`a\\|b`');
});

test.each([
  ['fine', 'fine'],
  ['a *b* _c_ [d](e) ~~ | g', 'a \\*b\\* \\_c\\_ \\[d\\](e) \\~\\~ \\| g'],
  ['a ~label', 'a `~label`'],
  ['<b> & c', '&lt;b&gt; &amp; c'],
  ['ask @team now', 'ask `@team` now'],
  ['(see org/repo#12)', '`(see` `org/repo#12)`'.replace('`(see` ', '(see ')],
  ['as in https://x.example/y, or www.x.example', 'as in `https://x.example/y,` or `www.x.example`'],
  ['GH-12 and !3', '`GH-12` and `!3`'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
])('text of %j is %s', (given, expected) => {
  expect(text(given)).toBe(expected);
});

test('nothing in a fence ends it', () => {
  expect(fenced('diff', ['```', 'a\nb', '````'])).toEqual(['`````diff', '```', 'a\\u{a}b', '````', '`````']);
});

test('details have an empty line before what is in them', () => {
  expect(details('2 more', ['- a'])).toEqual([
    '<details>',
    '<summary>2 more</summary>',
    '',
    '- a',
    '',
    '</details>',
    '',
  ]);
});

test('what is long is cut', () => {
  expect(code('x'.repeat(5000)).length).toBeLessThan(400);
  expect(text('x '.repeat(5000)).length).toBeLessThan(1200);
});
