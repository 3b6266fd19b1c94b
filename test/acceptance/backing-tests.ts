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

    test('a new password in Vault reaches the databases without a restart', async () => {
      const { root } = current();
      await Promise.all(
        platform.databases.map(async (database) => {
          const [mount, path] = splitPath(database.secret);
          const before = await root.readSecret(mount, path);
          const password = reversed(before.password);
          await root.writeSecret(mount, path, { ...before, password });
          await eventually(`${database.container} with the new password`, () => accepts(database, password));
          expect(await accepts(database, before.password ?? '')).toBe(false);
        }),
      );
    });
  }

  if (Object.keys(platform.launched).length > 0) {
    test('a new value in Vault reaches programs that take it from their variables', async () => {
      const { root } = current();
      const changes = Object.entries(platform.launched).map(async ([container, variables]) => {
        const [name = '', [secret, key] = ['', '']] = Object.entries(variables).at(-1) ?? [];
        const [mount, path] = splitPath(secret);
        const before = await root.readSecret(mount, path);
        const value = reversed(before[key]);
        await root.writeSecret(mount, path, { ...before, [key]: value });
        await eventually(`${container} with the new value`, async () =>
          (await processVariables(container)).includes(`${name}=${value}`),
        );
      });
      await Promise.all(changes);
    });
  }
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
