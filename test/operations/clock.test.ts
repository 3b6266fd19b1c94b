import { realClock, waitFor } from '../../operations/clock';
import { FakeClock } from './vault-fakes';

const waiting = () => ({ clock: new FakeClock(), signal: new AbortController().signal });
const LIMITS = { patienceMs: 10_000, everyMs: 3_000 };

test('asks until there is an answer', async () => {
  const outside = waiting();
  const answers = [undefined, undefined, 'yes', 'later'];
  const start = outside.clock.now();
  expect(await waitFor(outside, LIMITS, async () => answers.shift())).toBe('yes');
  expect(outside.clock.now() - start).toBe(6_000);
});

test('gives up when the time is over, after one more question', async () => {
  const outside = waiting();
  let asked = 0;
  const never = async () => {
    asked += 1;
    return undefined;
  };
  expect(await waitFor(outside, LIMITS, never)).toBeUndefined();
  expect(asked).toBe(5);
});

test('sleeps in the time of this machine', async () => {
  const start = realClock.now();
  await realClock.sleep(20, new AbortController().signal);
  expect(realClock.now() - start).toBeGreaterThanOrEqual(19);
});

test.each([
  ['before', 0],
  ['while', 10],
])('a signal ends the sleep when it comes %s it', async (_when, delay) => {
  const controller = new AbortController();
  if (delay === 0) controller.abort('SIGTERM');
  else setTimeout(() => controller.abort('SIGTERM'), delay);
  await expect(realClock.sleep(2 ** 30, controller.signal)).rejects.toMatchObject({ exitCode: 143 });
});
