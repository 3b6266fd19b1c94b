import {
  applicationsOf,
  capabilitiesInside,
  expectedCapabilities,
  expectedReading,
  readEverything,
} from './access';
import type { Deployment } from './deployment';
import { containersOf, type ExpectedPlatform, splitPath } from './expectation';
import type { Current } from './platform-suite';
import type { VaultClient } from './vault';

/** What each identity reaches and what it is denied. */
export function accessTests(platform: ExpectedPlatform, current: Current): void {
  const applications = applicationsOf(platform).map(
    ({ containerName, service }) => [containerName, service.policy ?? ''] as const,
  );

  test.each(applications)(
    '%s reads exactly the secrets of %s, by its own token',
    async (container, policy) => {
      expect(await readEverything(current(), container)).toEqual(expectedReading(current(), policy));
    },
  );

  test.each(applications)('%s may do what %s says and nothing else', async (container, policy) => {
    expect(await capabilitiesInside(current(), container)).toEqual(expectedCapabilities(platform, policy));
  });

  const agents = agentsOf(platform);
  if (agents.length > 0) {
    test.each(agents)('%s may do what %s says and nothing else', async (agent, policy) => {
      await expectIdentity(current(), await current().clientOf(agent), policy);
    });
  }

  const unheld = policiesOfNoService(platform);
  test.each(unheld)('a token with the policy %s may do what it says and nothing else', async (policy) => {
    const client = await tokenWith(current(), policy);
    await expectIdentity(current(), client, policy);
  });

  const { runtime } = platform;
  if (!runtime) return;
  test(`${runtime.container} keeps secrets at run time`, async () => {
    const client = await current().clientOf(runtime.container);
    const [mount, path] = splitPath(runtime.path);
    const folder = path.slice(0, path.lastIndexOf('/'));
    await client.writeSecret(mount, path, { api_key: 'first' });
    await client.writeSecret(mount, path, { api_key: 'second' });
    expect(await client.readSecret(mount, path)).toEqual({ api_key: 'second' });
    const { keys } = await client.call<{ keys: string[] }>('GET', `${mount}/metadata/${folder}?list=true`);
    expect(keys).toEqual([path.slice(folder.length + 1)]);
    await client.call('DELETE', `${mount}/data/${path}`);
    expect((await client.request('GET', `${mount}/data/${path}`)).status).toBe(404);
    await client.call('POST', `${mount}/undelete/${path}`, { versions: [2] });
    expect(await client.readSecret(mount, path)).toEqual({ api_key: 'second' });
    await client.call('POST', `${mount}/destroy/${path}`, { versions: [1, 2] });
    await client.call('DELETE', `${mount}/metadata/${path}`);
    expect((await client.request('GET', `${mount}/metadata/${path}`)).status).toBe(404);
  });
}

/** All that {@link accessTests} says of services, at once: for an environment that has changed. */
export async function expectAccessOfServices(deployment: Deployment): Promise<void> {
  const { platform } = deployment;
  await Promise.all([
    ...applicationsOf(platform).map(async ({ containerName, service: { policy = '' } }) => {
      expect(await readEverything(deployment, containerName)).toEqual(expectedReading(deployment, policy));
      expect(await capabilitiesInside(deployment, containerName)).toEqual(
        expectedCapabilities(platform, policy),
      );
    }),
    ...agentsOf(platform).map(async ([agent, policy]) =>
      expectIdentity(deployment, await deployment.clientOf(agent), policy),
    ),
  ]);
}

/** Tries every path that the platform knows with one token, and reads every secret for real. */
export async function expectIdentity(
  { platform }: Deployment,
  client: VaultClient,
  policy: string,
): Promise<void> {
  expect(await client.policies()).toEqual(['default', policy].sort());
  const expected = expectedCapabilities(platform, policy);
  expect(await client.capabilities(Object.keys(expected))).toEqual(expected);
  const statuses = await Promise.all(
    Object.keys(platform.secrets).map(async (secret) => {
      const [mount, path] = splitPath(secret);
      const api = `${mount}/data/${path}`;
      return [api, (await client.request('GET', api)).status] as const;
    }),
  );
  expect(statuses).toEqual(statuses.map(([api]) => [api, expected[api]?.includes('read') ? 200 : 403]));
}

/** A new token with one policy, as an operator would issue it. */
export async function tokenWith({ root }: Deployment, policy: string): Promise<VaultClient> {
  const { body } = await root.request('POST', 'auth/token/create-orphan', { policies: [policy], ttl: '10m' });
  const { client_token: token } = body.auth as { client_token: string };
  return root.withToken(token);
}

/** Agents of programs without Vault: those of applications hold the token that the application is asked for. */
function agentsOf(platform: ExpectedPlatform): (readonly [agent: string, policy: string])[] {
  return containersOf(platform)
    .filter(({ container, service }) => container.agent && service.standIn !== 'app')
    .map(({ containerName, service }) => [`${containerName}-agent`, service.policy ?? ''] as const);
}

function policiesOfNoService(platform: ExpectedPlatform): string[] {
  const held = Object.values(platform.services).map(({ policy }) => policy);
  return Object.keys(platform.policies).filter((policy) => !held.includes(policy));
}
