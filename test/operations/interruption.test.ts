import { endIfAsked, Interrupted, interruptions } from '../../operations/interruption';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s asks the command to end, once, with exit code %d', (name, exitCode) => {
  const before = new Map(SIGNALS.map((one) => [one, process.listeners(one)]));
  const { signal } = interruptions();
  try {
    expect(() => endIfAsked(signal)).not.toThrow();
    process.emit(name, name);
    process.emit('SIGINT', 'SIGINT');
    expect(() => endIfAsked(signal)).toThrow(expect.objectContaining({ exitCode, problems: [] }));
  } finally {
    for (const one of SIGNALS)
      for (const listener of process.listeners(one))
        if (!before.get(one)?.includes(listener)) process.off(one, listener);
  }
});

test('says what comes next', () => {
  const controller = new AbortController();
  controller.abort('SIGTERM');
  expect(new Interrupted(controller.signal, ['go on'])).toMatchObject({
    exitCode: 143,
    problems: ['go on'],
    message: 'error: go on',
  });
});
