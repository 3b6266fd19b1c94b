import { thisMachine } from '../../operations/machine';

const node = (script: string) => [process.execPath, ['-e', script]] as const;

test('reads what a program prints and how it ends', async () => {
  expect(await thisMachine.capture(...node('console.log("out")'))).toEqual({
    status: 0,
    stdout: 'out\n',
    failure: '',
  });
  expect(await thisMachine.capture(...node('console.error("first\\nlast\\n"); process.exit(3)'))).toEqual({
    status: 3,
    stdout: '',
    failure: 'last',
  });
});

test('a program that is not there has no status', async () => {
  expect(await thisMachine.capture('no-such-program', [])).toEqual({
    status: undefined,
    stdout: '',
    failure: 'no such program',
  });
});

test('a program in the foreground gets the variables, without those that are taken away', async () => {
  process.env.OPERATIONS_TEST = 'here';
  const script = 'process.exit(process.env.ADDED === "1" && !("OPERATIONS_TEST" in process.env) ? 7 : 1)';
  const variables = { ADDED: '1', OPERATIONS_TEST: undefined };
  expect(await thisMachine.attach(...node(script), { variables })).toBe(7);
  delete process.env.OPERATIONS_TEST;
});

test('a program that a signal ended has the exit code of a shell', async () => {
  expect(
    await thisMachine.attach(...node('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9999)')),
  ).toBe(143);
});

test.each([
  ['SIGTERM', 15],
  ['SIGHUP', 1],
] as const)('passes on %s, and waits for the end of the program', async (name, number) => {
  const ended = thisMachine.attach(...node('setTimeout(() => {}, 9999)'));
  process.emit(name, name);
  expect(await ended).toBe(128 + number);
  expect(process.listenerCount(name)).toBe(0);
});

test('fails with a program that is not installed', async () => {
  await expect(thisMachine.attach('node_modules/.bin/no-such-program', [])).rejects.toThrow(
    /^error: 'node_modules\/.bin\/no-such-program' must be a program of this project, got .*; run npm ci$/,
  );
});
