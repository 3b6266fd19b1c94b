import { Notes, shownExpression, shownNames } from '../../access/notes';
import { SynthError } from '../../access/synth-error';

test('each sentence is there once, in the order in which it was found', () => {
  const notes = new Notes();
  for (const sentence of ['b', 'a', 'b']) notes.add(sentence);
  expect(notes.all).toEqual(['b', 'a']);
});

test('names of strangers break no line, and change no colour', () => {
  const notes = new Notes();
  notes.add("role 'a\nb\u001b[31m\u202e'");
  expect(notes.all).toEqual(["role 'a b [31m '"]);
  expect(new SynthError('a\nb', 'c').problems).toEqual(['a b', 'c']);
  expect(new SynthError('a\nb', 'c').message).toBe('a b\nc');
});

test.each([
  ['${a}', '${a}'],
  ['${a\n  b}', '${a b}'],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['x'.repeat(81), `${'x'.repeat(77)}...`],
])('the expression %j is shown as %j', (written, expected) => {
  expect(shownExpression(written)).toBe(expected);
});

test.each([
  [['a'], 'a'],
  [['a', 'b', 'c'], 'a, b, c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('the names %j are shown as %s', (names, expected) => {
  expect(shownNames(names)).toBe(expected);
});
