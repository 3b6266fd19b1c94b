import { eventually, run } from './command';
import { accepts } from './databases';
import { executed, restart, settled } from './engine';
import type { FailureEnvironment } from './failure-environment';
import type { CurrentEnvironment } from './failure-suite';

const SERVER = 'fail-solo-vault';
const AGENT = 'fail-solo-reader-agent';
const ALL = [SERVER, AGENT, 'fail-solo-reader', 'fail-solo-database-agent', 'fail-solo-database'];

/** What restarts cost: nothing but the shares of the holders. */
export function restartTests(current: CurrentEnvironment): void {
  let before: Awaited<ReturnType<typeof seen>>;

  beforeAll(async () => {
    before = await seen(current());
  });

  test('an agent that starts again leaves its service the same token', async () => {
    await restart([AGENT]);
    expect(await seen(current())).toEqual(before);
    await current().expectEmptyPlans();
  });

  test('a service that starts again reads on', async () => {
    await restart(['fail-solo-reader']);
    expect(await seen(current())).toEqual(before);
    await current().expectEmptyPlans();
  });

  test('services go on with their tokens when the server was restarted and unsealed', async () => {
    await restart([SERVER]);
    expect(await current().reads()).toBe('refused: VaultDown');
    await current().unseal();
    expect(await seen(current())).toEqual(before);
    await current().expectEmptyPlans();
  });

  test('an agent that starts again while the server is sealed leaves its service the same token', async () => {
    await run('docker', ['restart', SERVER, AGENT]);
    await eventually('the agent waits', async () =>
      (await logOf(AGENT)).includes('does not answer or is sealed'),
    );
    await current().unseal();
    await settled(ALL);
    expect(await seen(current())).toEqual(before);
    await current().expectEmptyPlans();
  });

  test.each([
    ['the server first', ALL],
    ['the server last', [...ALL].reverse()],
  ])('everything heals when the host was restarted with %s, and the server unsealed', async (_, order) => {
    await run('docker', ['stop', '--time', '5', ...ALL]);
    for (const container of order) await run('docker', ['start', container]);
    await current().unseal();
    await settled(ALL);
    await eventually('the service reads', async () => (await current().reads()) === before.value);
    await expectDatabase();
    await current().expectEmptyPlans();
  });
}

async function seen(
  environment: FailureEnvironment,
): Promise<{ readonly value: string; readonly token: string }> {
  return { value: await environment.reads(), token: await environment.tokenIn() };
}

/** Fails unless the database accepts the password that its agent has rendered. */
export async function expectDatabase(): Promise<void> {
  const container = 'fail-solo-database';
  const password = await executed(container, ['cat', '/vault/secrets/password']);
  const database = { kind: 'postgres', container, username: 'probe', database: 'probe', secret: '' } as const;
  expect(await accepts(database, password)).toBe(true);
  expect(await accepts(database, `${password}x`)).toBe(false);
}

/** What a container has said since it was started last. */
export async function logOf(container: string): Promise<string> {
  const [{ State }] = JSON.parse(await run('docker', ['inspect', container])) as [
    { State: { StartedAt: string } },
  ];
  return run('sh', ['-c', `docker logs --since ${State.StartedAt} ${container} 2>&1`]);
}
