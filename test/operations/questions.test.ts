import { PassThrough } from 'node:stream';
import { type Question, TerminalQuestions } from '../../operations/questions';

const line: Question = {
  text: 'Key of mail',
  isComplete: () => true,
  problem: (text) => (text === '' ? 'the value must not be empty' : undefined),
};
const block: Question = {
  text: 'All keys',
  isComplete: (text) => text.endsWith('}'),
  problem: () => undefined,
};

/** A person who types the next of these texts at each prompt. */
function terminal(...typed: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const left = [...typed];
  let shown = '';
  output.on('data', (chunk) => {
    shown += chunk;
    if (String(chunk).endsWith(': ')) setImmediate(() => input.write(left.shift() ?? '\u0003'));
  });
  return { questions: new TerminalQuestions(input, output), shown: () => shown, input, output };
}

test('shows the questions and nothing of the answers', async () => {
  const { questions, shown } = terminal('hidden one\r', 'hidden two\r');
  expect(await questions.ask([line, { ...line, text: 'Other key' }])).toEqual(['hidden one', 'hidden two']);
  expect(shown()).toBe('Key of mail: \nOther key: \n');
});

test('asks again until the answer can be taken', async () => {
  const { questions, shown } = terminal('\r', '\r', 'x\r');
  expect(await questions.ask([line])).toEqual(['x']);
  expect(shown()).toBe(
    'Key of mail: \nthe value must not be empty\nKey of mail: \nthe value must not be empty\nKey of mail: \n',
  );
});

test('the rest of a paste is not the answer to the next question', async () => {
  const { questions } = terminal('first\rsecond', 'one\r', 'two\r');
  expect(await questions.ask([line, line])).toEqual(['one', 'two']);
});

test('reads on where an answer spans lines', async () => {
  const { questions } = terminal('{\r"a": "b"\r}\r', 'x\r');
  expect(await questions.ask([block, line])).toEqual(['{\n"a": "b"\n}', 'x']);
});

test('an empty line ends an answer that spans lines', async () => {
  const { questions, input } = terminal('{\r');
  setTimeout(() => input.write('\r'), 50);
  expect(await questions.ask([block])).toEqual(['{']);
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s ends the questions with the exit code of an interrupt', async (_name, key) => {
  const { questions } = terminal('x\r', key);
  await expect(questions.ask([line, line])).rejects.toMatchObject({
    exitCode: 130,
    message: expect.stringContaining('nothing was changed'),
  });
});

test('there is nobody to ask without a terminal on both sides', () => {
  const stream = new PassThrough();
  const { input, output } = terminal();
  expect(new TerminalQuestions(input, output).possible).toBe(true);
  expect(new TerminalQuestions(stream, output).possible).toBe(false);
  expect(new TerminalQuestions(input, stream).possible).toBe(false);
});
