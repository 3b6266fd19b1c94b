import { PassThrough } from 'node:stream';
import { ProcessInput } from '../../operations/hidden-input';

/** A person who types the next of these texts at each prompt. */
function terminal(...typed: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const interruption = new AbortController();
  const left = [...typed];
  let shown = '';
  output.on('data', (chunk) => {
    shown += chunk;
    if (String(chunk).endsWith(': ')) setImmediate(() => left.length > 0 && input.write(left.shift() ?? ''));
  });
  return { hidden: new ProcessInput(input, output, interruption), shown: () => shown, interruption, input };
}

function pipe(text: string) {
  const input = new PassThrough();
  input.end(text);
  return new ProcessInput(input, new PassThrough(), new AbortController());
}

test('shows the questions and nothing of what is typed, and keeps the rest of a line to itself', async () => {
  const { hidden, shown } = terminal('  the share \r', 'another\r');
  expect(hidden.isTerminal).toBe(true);
  expect(await hidden.line('share 1 of 3')).toBe('the share');
  expect(await hidden.line('share 2 of 3')).toBe('another');
  hidden.close();
  expect(shown()).toBe('share 1 of 3: \nshare 2 of 3: \n');
});

test.each([
  ['several lines at once', 'one\rtwo\r'],
  ['a line and a half', 'one\rtw'],
])('asks again after %s', async (_what, text) => {
  const { hidden, shown } = terminal(text, 'three\r');
  expect(await hidden.line('share')).toBe('three');
  hidden.close();
  expect(shown()).toBe('share: \none line at a time; nothing of it was taken\nshare: \n');
});

test('Ctrl-D is the end of the input', async () => {
  const { hidden, interruption, input } = terminal('\u0004');
  expect(await hidden.line('share')).toBeUndefined();
  expect(interruption.signal.aborted).toBe(false);
  expect(input.isPaused()).toBe(true);
});

test('Ctrl-C asks the command to end, and lets the process do so', async () => {
  const { hidden, interruption, input } = terminal('\u0003');
  await expect(hidden.line('share')).rejects.toMatchObject({ exitCode: 130 });
  expect(interruption.signal.aborted).toBe(true);
  expect(input.isPaused()).toBe(true);
  await expect(hidden.line('share')).rejects.toMatchObject({ exitCode: 130 });
});

test('a signal ends the question', async () => {
  const { hidden, interruption } = terminal();
  setImmediate(() => interruption.abort('SIGTERM'));
  await expect(hidden.line('share')).rejects.toMatchObject({ exitCode: 143 });
});

test('a terminal that is closed ends the question', async () => {
  const { hidden, input } = terminal();
  setImmediate(() => input.emit('error', new Error('EIO')));
  await expect(hidden.line('share')).rejects.toMatchObject({ exitCode: 129 });
});

test('a question can be taken back', async () => {
  const { hidden, shown } = terminal();
  const withdrawn = new AbortController();
  setImmediate(() => withdrawn.abort());
  expect(await hidden.line('share', withdrawn.signal)).toBeUndefined();
  hidden.close();
  expect(shown()).toBe('share: \n');
});

test('reads the lines of a pipe, one for each question', async () => {
  const hidden = pipe('one\n\n two\n');
  expect(hidden.isTerminal).toBe(false);
  const lines = [
    await hidden.line('a'),
    await hidden.line('b'),
    await hidden.line('c'),
    await hidden.line('d'),
  ];
  hidden.close();
  expect(lines).toEqual(['one', '', 'two', undefined]);
});

test('reads a last line that does not end', async () => {
  expect(await pipe('one').line('a')).toBe('one');
});
