import { eventually } from './command';
import { accepts } from './databases';
import { execute } from './engine';
import { type ExpectedPlatform, splitPath } from './expectation';
import type { Current } from './platform-suite';

/** Programs that know no Vault, and that use what is in it all the same. */
export function backingTests(platform: ExpectedPlatform, current: Current): void {
  for (const [container, variables] of Object.entries(platform.launched)) {
    test(`${container} is started with values from Vault in its variables`, async () => {
      const lines = await processVariables(container);
      for (const [name, [secret, key]] of Object.entries(variables)) {
        const data = await current().root.readSecret(...splitPath(secret));
        expect(lines).toContain(`${name}=${data[key]}`);
      }
    });
  }

  if (platform.databases.length > 0) {
    test.each(platform.databases)(
      '$container accepts the password in Vault and no other',
      async (database) => {
        const { password = '' } = await current().root.readSecret(...splitPath(database.secret));
        expect(await accepts(database, password)).toBe(true);
        expect(await accepts(database, `${password}x`)).toBe(false);
      },
    );
  }

  const users = usersOf(platform);
  if (users.length === 0) return;
  test('new values in Vault reach databases without a restart, and restart what takes them from its variables', async () => {
    const { root } = current();
    // All at once: an agent looks for new values every 30 s.
    const changes = new Map<string, { readonly before: Data; after: Data }>();
    for (const { secret, key } of users) {
      const change = changes.get(secret) ?? {
        before: await root.readSecret(...splitPath(secret)),
        after: {},
      };
      changes.set(secret, { ...change, after: { ...change.after, [key]: reversed(change.before[key]) } });
    }
    for (const [secret, { before, after }] of changes) {
      await root.writeSecret(...splitPath(secret), { ...before, ...after });
    }
    await Promise.all(
      users.map(async ({ container, secret, key, uses }) => {
        const { before = {}, after = {} } = changes.get(secret) ?? {};
        await eventually(`${container} with the new value`, () => uses(after[key] ?? ''));
        expect(await uses(before[key] ?? '')).toBe(false);
      }),
    );
  });
}

type Data = Readonly<Record<string, string>>;

/** A program that uses a value of Vault. */
interface User {
  readonly container: string;
  readonly secret: string;
  readonly key: string;
  /** Whether it uses this one at the moment. */
  uses(value: string): Promise<boolean>;
}

function usersOf({ databases, launched }: ExpectedPlatform): User[] {
  return [
    ...databases.map((database) => ({
      container: database.container,
      secret: database.secret,
      key: 'password',
      uses: (value: string) => accepts(database, value),
    })),
    ...Object.entries(launched).map(([container, variables]) => {
      const [name = '', [secret, key] = ['', '']] = Object.entries(variables).at(-1) ?? [];
      return {
        container,
        secret,
        key,
        uses: async (value: string) => (await processVariables(container)).includes(`${name}=${value}`),
      };
    }),
  ];
}

/** Another value of the same kind. */
function reversed(value = ''): string {
  return [...value].reverse().join('');
}

/** The variables of the program that a container runs; its definition does not hold them. */
async function processVariables(container: string): Promise<string[]> {
  // Process 1 is Docker's init, which has those of the definition only.
  const script =
    'for one in /proc/[0-9]*; do [ "$one" = /proc/1 ] || cat "$one/environ" 2>/dev/null || :; done';
  // While the program is being restarted there is nothing to look into.
  const { stdout } = await execute(container, ['/bin/sh', '-c', script]);
  return stdout.toString('utf8').split('\0');
}
