import { expectAccessOfServices } from './access-tests';
import { expectSuccess, progress } from './command';
import { actualFacts, expectedFacts } from './containers';
import { accepts } from './databases';
import type { Deployment } from './deployment';
import { existing, restart, settled } from './engine';
import { containerNames, type ExpectedPlatform, splitPath } from './expectation';
import { objectsOfServer, remainsOf, volumesOf } from './host-objects';
import type { Current } from './platform-suite';
import { heldBy, leaks, type NamedValue, secretValues, unpackedPlan } from './secrecy';

/** What happens to a first deploy that lacks what only people know. */
export function suppliedValueTests(platform: ExpectedPlatform, current: Current): void {
  const hasSupplied = Object.values(platform.secrets).some(
    (secret) => 'map' in secret || ('keys' in secret && Object.values(secret.keys).some(isSupplied)),
  );
  if (!hasSupplied) return;
  test('a first deploy without the supplied values names each of them and changes nothing in Vault', async () => {
    const { code } = await current().deploy('without supplied values');
    expect(code).not.toBe(0);
    // The command line of cdktf 0.21 swallows what Terraform says of a failed plan, so Terraform is asked.
    const { environment, project, supplied } = current();
    const plan = ['plan', '-input=false', '-no-color'];
    const { output } = await project.terraform(`${environment}-access`, plan);
    expect(Object.keys(supplied.variables).filter((name) => !output.includes(name))).toEqual([]);
    const { root } = current();
    expect(Object.keys(await root.call<object>('GET', 'sys/mounts'))).not.toContain(`${platform.mount}/`);
    const { keys } = await root.call<{ keys: string[] }>('GET', 'sys/policies/acl?list=true');
    expect(keys.filter((name) => name in platform.policies)).toEqual([]);
    expect(await remainsOf(platform)).toEqual(objectsOfServer(platform));
  });
}

/** What later plans say and do not say. */
export function planTests(platform: ExpectedPlatform, current: Current): void {
  test('no generated or supplied value is in a file of the project', async () => {
    const values = await secretValues(current());
    expect(values.length).toBeGreaterThan(0);
    expect(leaks(current(), values)).toEqual([]);
  });

  test('a second plan is empty, and asks nobody for a value', async () => {
    await expectEmptyPlans(current());
  });

  test(`a plan is empty after a restart of ${platform.restarted.join(', ')}`, async () => {
    await restart(platform.restarted);
    await expectEmptyPlans(current());
    await expectAccessOfServices(current());
  });
}

/** A development server keeps nothing, so its restart is the worst that can happen to it. */
export function healTests(platform: ExpectedPlatform, current: Current): void {
  const before: NamedValue[] = [];

  test('a plan that writes everything again holds no supplied and no generated value', async () => {
    before.push(...(await secretValues(current())));
    const { environment, project, supplied } = current();
    progress(`${environment}: the server restarts and forgets everything`);
    await restart([platform.vault.containerName]);
    const { raw, shown } = await project.savedPlan(`${environment}-access`, supplied.variables);
    // A check that this is the plan that is meant.
    expect(shown).toContain('vault_kv_secret_v2');
    const suppliedValues = Object.entries(supplied.secrets).flatMap(([secret, data]) =>
      Object.entries(data).map(([key, value]) => ({ name: `${secret} ${key}`, value })),
    );
    expect(heldBy(`${shown}${unpackedPlan(raw)}`, suppliedValues)).toEqual([]);
    // Generated values are made anew by every run, so the names of those that a plan would write are looked at.
    expect(writtenValues(shown)).toEqual([]);
  });

  test('one deploy heals everything after the server forgot all', async () => {
    expectSuccess(await current().deploy('with supplied values'));
    await current().writeRuntimeSecrets();
    // Programs that were left running start again when their agent has rendered the new values.
    await settled(containerNames(platform));
    expect(await actualFacts(current())).toEqual(expectedFacts(current()));
    await expectAccessOfServices(current());
    for (const database of platform.databases) {
      const { password = '' } = await current().root.readSecret(...splitPath(database.secret));
      expect(before.map(({ value }) => value)).not.toContain(password);
      expect(await accepts(database, password)).toBe(true);
    }
    expect(leaks(current(), [...before, ...(await secretValues(current()))])).toEqual([]);
    await expectEmptyPlans(current());
  });
}

export function removalTests(current: Current): void {
  test('destroy leaves nothing behind', async () => {
    const { platform, project, stacks } = current();
    await current().rememberVolumes();
    const volumes = [...current().volumes];
    expect(volumes).toEqual(expect.arrayContaining(volumesOf(platform)));
    expectSuccess(await current().destroy());
    expect(await remainsOf(platform)).toEqual([]);
    expect(await existing('volume', volumes)).toEqual([]);
    expect(stacks.filter((stack) => project.remembers(stack))).toEqual([]);
  });
}

/** Plans all three stacks without any supplied value. */
export async function expectEmptyPlans({ project, stacks }: Deployment): Promise<void> {
  const plans = await Promise.all(
    stacks.map(async (stack) => {
      // In PostgreSQL all states of a database have one lock in common, for a moment.
      const plan = ['plan', '-input=false', '-no-color', '-detailed-exitcode', '-lock-timeout=60s'];
      const { code, output } = await project.terraform(stack, plan);
      return [stack, code === 0 ? 'empty' : output];
    }),
  );
  expect(plans).toEqual(stacks.map((stack) => [stack, 'empty']));
}

/** Write-only arguments that a plan shows with a value. */
export function writtenValues(shown: string): string[] {
  const plan = JSON.parse(shown) as {
    resource_changes: { address: string; change: { after: Record<string, unknown> | null } }[];
  };
  return plan.resource_changes.flatMap(({ address, change }) =>
    ['data_json_wo', 'data_json', 'data']
      .filter((name) => change.after?.[name])
      .map((name) => `${address} ${name}`),
  );
}

function isSupplied(source: unknown): boolean {
  return typeof source === 'object' && source !== null && 'variable' in source;
}
