import { expectSuccess } from './command';
import { expectRefusal } from './failure-preflight';
import type { CurrentEnvironment } from './failure-suite';
import type { VaultClient } from './vault';

/** What holds data is destroyed by an explicit step, and by nothing less. */
export function destroyTests(current: CurrentEnvironment): void {
  let everything: VaultClient;
  let before: Awaited<ReturnType<typeof kept>>;

  beforeAll(async () => {
    everything = current().client(await current().watch());
    before = await kept();
  });

  test('fails to destroy the environment, whatever destroys it, and nothing is gone', async () => {
    const objects = await current().objects();
    expectRefusal(
      await current().destroy(),
      /'allowDestroy' of fail-solo-production must be true to destroy it/,
    );
    expect((await current().project.destroy(`${current().name}-*`)).code).not.toBe(0);
    for (const stack of current().stacks) {
      // Which the command line of cdktf does not show.
      const { output } = await current().project.terraform(stack, [
        'plan',
        '-destroy',
        '-no-color',
        '-lock=false',
      ]);
      expect([stack, output]).toEqual([stack, expect.stringContaining('Instance cannot be destroyed')]);
    }
    expect(await current().objects()).toEqual(objects);
    expect(await kept()).toEqual(before);
    await current().expectEmptyPlans();
  });

  test.each([
    ['spare secret', /must be true to lose data, got secret 'fail-solo\/spare' declared no longer/],
    ['spare mount', /must be true to lose data, got .*mount 'fail-solo-spare' declared no longer/],
    ['database', /must be true to lose data, got .*volume 'fail-solo-database-data' declared no longer/],
  ] as const)(
    'fails to deploy without the %s that is declared no more, and it is there',
    async (what, says) => {
      current().declare({ without: [what] });
      expectRefusal(await current().deploy(), says);
      expect(await kept()).toEqual(before);
    },
  );

  test.each(['spare secret', 'spare mount'] as const)(
    'fails to destroy the %s that is declared no more also where nothing is checked, since the operator may not',
    async (what) => {
      current().declare({ without: [what] });
      const { code, output } = await current().project.deploy(`${current().name}-*`);
      expect([code === 0, output]).toEqual([false, expect.stringMatching(/Code: 403/)]);
      expect(await kept()).toEqual(before);
      current().declare({ without: [] });
      expectSuccess(await current().deploy());
      await current().expectEmptyPlans();
    },
  );

  test('destroys them where the inputs allow it, and then the whole environment', async () => {
    current().allowDestroy();
    await current().renewOperator();
    expectSuccess(await current().deploy());
    current().declare({ without: ['spare secret', 'spare mount', 'database'] });
    expectSuccess(await current().deploy());
    expect(await kept()).toEqual({ secret: 404, mount: false, volume: false });
    await current().expectEmptyPlans();
    expectSuccess(await current().destroy());
    expect(await current().objects()).toEqual([]);
    expect(await current().deployedStacks()).toEqual([]);
  });

  async function kept() {
    const mounts = await everything.call<object>('GET', 'sys/mounts');
    return {
      secret: (await everything.request('GET', 'fail-solo/data/spare')).status,
      mount: 'fail-solo-spare/' in mounts,
      volume: (await current().objects()).includes('volume fail-solo-database-data'),
    };
  }
}
