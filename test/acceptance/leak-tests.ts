import * as fs from 'node:fs';
import * as path from 'node:path';
import { attempt, run } from './command';
import type { Deployment } from './deployment';
import { inspect, variablesOf } from './engine';
import { containerNames } from './expectation';
import { preparedContainers } from './host-objects';
import { everySecret, privateKeys } from './known-secrets';
import type { Current } from './platform-suite';
import { heldBy, type NamedValue } from './secrecy';

/** A text that must hold no secret, by where it is. */
type Place = readonly [where: string, text: string | Buffer];

/** What a token looks like, of both distributions; a wrapping token looks the same. */
const TOKEN = /\b(?:hv[sbr]\.[A-Za-z0-9_-]{20,}|[sbr]\.[A-Za-z0-9_-]{20,})/g;

/** Nothing that is secret is anywhere but in Vault, in memory, and with the people who have it. */
export function leakTests(current: Current): void {
  test('no secret is in a state, a definition of a container, a log or a file of the project', async () => {
    const secrets = await everySecret(current());
    expect(secrets.length).toBeGreaterThan(20);
    const places = [...(await states(current())), ...(await containers(current())), ...files(current())];
    expect(places.flatMap(([where, text]) => leaksOf(where, text, secrets))).toEqual([]);
  });

  test('all that looks like a token there is a wrapping token, and every one of them is used up', async () => {
    const { root } = current();
    const wrapping = await wrappingTokens(current());
    expect(wrapping.length).toBe(current().agents.length);
    const places = [...(await states(current())), ...(await containers(current())), ...files(current())];
    const found = new Map<string, string>();
    for (const [where, text] of places) {
      for (const [token] of text.toString('utf8').matchAll(TOKEN)) found.set(token, where);
    }
    for (const token of wrapping) expect(found.has(token)).toBe(true);
    for (const [token, where] of found) {
      const { status } = await root.withToken(token).request('GET', 'auth/token/lookup-self');
      expect([where, status]).toEqual([where, 403]);
      const wrapped = await root.withToken(token).request('POST', 'sys/wrapping/unwrap', {});
      expect([where, wrapped.status >= 400]).toEqual([where, true]);
    }
  });
}

function leaksOf(where: string, text: string | Buffer, secrets: readonly NamedValue[]): string[] {
  return heldBy(text, secrets).map((name) => `${name} is in ${where}`);
}

async function states({ project, stacks }: Deployment): Promise<Place[]> {
  return Promise.all(
    stacks.map(async (stack) => [`the state of ${stack}`, await project.state(stack)] as const),
  );
}

/** Definitions and logs, also of those that only copied files. */
async function containers({ platform }: Deployment): Promise<Place[]> {
  const names = [...containerNames(platform), ...preparedContainers(platform)];
  const definitions = await run('docker', ['inspect', ...names]);
  const logs = await Promise.all(
    names.map(
      async (name) => [`the log of ${name}`, (await attempt('docker', ['logs', name])).output] as const,
    ),
  );
  return [['a definition of a container', definitions], ...logs];
}

/** Everything but private keys and what a development server keeps, which are where the README says. */
function files(deployment: Deployment): Place[] {
  const { project, environment } = deployment;
  const named = [...privateKeys(deployment), path.join(project.folder, 'credentials', `${environment}.json`)];
  return project
    .files()
    .filter((file) => !named.includes(file))
    .map((file) => [file, fs.readFileSync(file)] as const);
}

async function wrappingTokens({ agents }: Deployment): Promise<string[]> {
  const inspected = await inspect(agents);
  return [...inspected.values()].flatMap(
    ({ Config }) => variablesOf(Config.Env ?? []).WRAPPED_SECRET_ID ?? [],
  );
}
