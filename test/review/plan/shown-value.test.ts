import { attributesOf, changeOf } from './changed-plan';

const shown = (before: unknown, after: unknown): string => {
  const [only = ''] = attributesOf({ before: { x: before as null }, after: { x: after as null } });
  return only;
};

test.each([
  ['a', 'b', 'x: a -> b'],
  ['a', '', 'x: a -> ""'],
  ['a', null, 'x: a -> <absent>'],
  [1, 2, 'x: 1 -> 2'],
  [true, false, 'x: true -> false'],
  ['a', 'b\nc', 'x: ["a"] -> ["b","c"]'],
  ['a\nb\n', 'a\nc\n', 'x: ["a","b"] -> ["a","c"]'],
  ['a\nb\n', '', 'x: ["a","b"] -> []'],
  ['a\nb', 'a\nb\n', 'x: ["a","b"] -> ["a","b",""]'],
  [['a'], ['a', 'b'], 'x: ["a"] -> ["a","b"]'],
  ['{"a":1}', '{"a":2}', 'x: ["{","  \\"a\\": 1","}"] -> ["{","  \\"a\\": 2","}"]'],
  ['a\u0000b', 'a\u202eb', 'x: a\\u{0}b -> a\\u{202e}b'],
])('%j and %j are shown so', (before, after, text) => {
  expect(shown(before, after)).toBe(text);
});

test.each([
  [1, '1', 'x: 1 -> "1"'],
  [true, 'true', 'x: true -> "true"'],
  [
    '{"a":1}',
    '{ "a": 1 }',
    'x: ["{","  \\"a\\": 1","}"] -> ["{","  \\"a\\": 1","}","(differs in what is not shown)"]',
  ],
  ['a\u0007', 'a\\u{7}', 'x: a\\u{7} -> a\\u{7} (differs in what is not shown)'],
  [['a', 'b'], ['a', 'b', ''], 'x: ["a","b"] -> ["a","b",""]'],
])('what differs does not look the same: %j and %j', (before, after, text) => {
  expect(shown(before, after)).toBe(text);
});

test('secrets that change places are told', () => {
  const text = (one: string, other: string) => `token = "${one}"\ntoken = "${other}"`;
  expect(shown(text('a', 'b'), text('b', 'a'))).toBe(
    'x: ["token = (sensitive value)","token = (sensitive value)"] -> ["token = (sensitive value)","token = (sensitive value)","(differs in what is not shown)"]',
  );
});

test('a text that is nothing but a secret is one', () => {
  const token = `hvs.${'a'.repeat(30)}`;
  expect(shown(token, `${token}b`)).toBe('x: <sensitive> -> <sensitive>');
  expect(shown(`${token}`, 'none')).toBe('x: <sensitive> -> none');
});

test('secrets within JSON are hidden, and told where they change', () => {
  const json = (password: string) =>
    JSON.stringify({ db: { password, host: 'db' }, list: ['--token', 'made-up'] });
  const after = shown(json('made-up-1'), json('made-up-2'));
  expect(after).not.toContain('made-up');
  expect(after).toContain('\\"password\\": (sensitive value, changed)');
  expect(after).toContain('\\"host\\": \\"db\\"');
});

test('of long texts the part is shown that differs', () => {
  const { before, after } = changeOf({
    before: { x: `${'a '.repeat(950)}one` },
    after: { x: `${'a '.repeat(950)}two` },
  }).attributes[0] as never as Record<'before' | 'after', { text: string }>;
  expect(before.text).toMatch(/^…(a )+one$/);
  expect(after.text).toMatch(/^…(a )+two$/);
  expect(after.text.length).toBeLessThan(200);
});

test('no value is longer than anybody reads', () => {
  const value = {
    text: 'a b '.repeat(400_000),
    lines: 'a\n'.repeat(200_000),
    list: Array(50_000).fill('a'.repeat(1_500)),
  };
  const read = changeOf({ actions: ['create'], before: null, after: value });
  expect(JSON.stringify(read).length).toBeLessThan(3_000_000);
});
