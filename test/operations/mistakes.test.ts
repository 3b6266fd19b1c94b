import { mistakesOf } from '../../operations/mistakes';

const { mistake, oneOf } = mistakesOf('npm run access -- --help');

test('a mistake ends with 2, and says what to do or where that is told', () => {
  expect(mistake("'path' must be one, got two")).toMatchObject({
    exitCode: 2,
    problems: ["'path' must be one, got two; see npm run access -- --help"],
  });
  expect(mistake("'path' must be one, got two", 'write one').problems).toEqual([
    "'path' must be one, got two; write one",
  ]);
});

test('what there is is taken', () => {
  expect(oneOf('--format', 'json', ['text', 'json'])).toBe('json');
});

test.each([
  ['jsno', "did you mean 'json'?"],
  ['picture', 'see npm run access -- --help'],
])('fails on %s, and says: %s', (value, remedy) => {
  expect(() => oneOf('--format', value, ['text', 'json'])).toThrow(
    `'--format' must be one of text, json, got '${value}'; ${remedy}`,
  );
});
