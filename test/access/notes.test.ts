import { Notes, sentencesOf, shownExpression, shownNames } from '../../access/notes';
import { SynthError } from '../../access/synth-error';

test('each note is there once, in the order in which it was found', () => {
  const notes = new Notes();
  for (const sentence of ['b', 'a', 'b']) notes.add(sentence, 'everybody');
  expect(notes.all).toEqual([
    { sentence: 'b', mayGrantTo: 'everybody' },
    { sentence: 'a', mayGrantTo: 'everybody' },
  ]);
});

test('what is said in the same words of several is one sentence and concerns all of them', () => {
  const notes = new Notes();
  for (const address of ['x', 'y', 'x']) notes.add('a', { address });
  expect(notes.all.map(({ mayGrantTo }) => mayGrantTo)).toEqual([{ address: 'x' }, { address: 'y' }]);
  expect(sentencesOf(notes.all)).toEqual(['a']);
});

test('names of strangers break no line, and change no colour', () => {
  const notes = new Notes();
  notes.add("role 'a\nb\u001b[31m\u202e'", 'nobody');
  expect(sentencesOf(notes.all)).toEqual(["role 'a b [31m '"]);
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
