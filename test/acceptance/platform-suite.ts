import { accessTests } from './access-tests';
import { backingTests } from './backing-tests';
import { expectSuccess, progress } from './command';
import { actualFacts, actualVariables, expectedFacts, expectedVariables } from './containers';
import { Deployment } from './deployment';
import { inspect } from './engine';
import { containerNames, type ExpectedPlatform, environmentOf, isLasting, usesTls } from './expectation';
import { claimNames } from './host-objects';
import { leakTests } from './leak-tests';
import { healTests, planTests, removalTests, suppliedValueTests } from './lifecycle-tests';
import { type Parts, partsFor } from './parts';
import { quickInitTests, restartTests } from './quick-init-tests';
import { allStrings, fingerprint } from './secrecy';

/** The deployment under test. Tests of one platform build on each other, in the order in which they stand. */
export type Current = () => Deployment;

/** Describes what needs a deployment, or skips it and says in the title what this machine lacks. */
export function describeWhereDeployable(
  title: string,
  platforms: readonly ExpectedPlatform[],
  tests: (parts: readonly Parts[]) => void,
): void {
  const parts: Parts[] = [];
  for (const platform of platforms) {
    const found = partsFor(platform);
    if ('missing' in found) {
      if (process.env.REQUIRE_ACCEPTANCE) {
        throw new Error(`REQUIRE_ACCEPTANCE is set and ${found.missing}`);
      }
      progress(`${title} skipped: ${found.missing}`);
      describe.skip(`${title} (skipped: ${found.missing})`, () => tests([]));
      return;
    }
    parts.push(found);
  }
  describe(title, () => tests(parts));
}

/** All tests of one platform in development, from its first deploy to the end of it. */
export function describePlatform(
  platform: ExpectedPlatform,
  ownTests: (current: Current) => void = () => undefined,
): void {
  describeWhereDeployable(environmentOf(platform), [platform], ([parts]) => {
    let deployment: Deployment | undefined;
    const current: Current = () => {
      if (!deployment) throw new Error(`'${environmentOf(platform)}' could not be prepared`);
      return deployment;
    };

    beforeAll(async () => {
      await claimNames(platform);
      deployment = new Deployment(platform, parts as Parts);
    });

    afterAll(async () => {
      if (!deployment) return;
      const isDeployed = deployment.stacks.some((stack) => deployment?.project.remembers(stack));
      if (isDeployed) await deployment.destroy();
      await deployment.cleanUp();
    });

    if (isLasting(platform)) quickInitTests(current);
    suppliedValueTests(platform, current);
    containerTests(platform, current);
    accessTests(platform, current);
    backingTests(platform, current);
    ownTests(current);
    planTests(platform, current);
    if (isLasting(platform)) {
      leakTests(current);
      restartTests(platform, current);
    } else {
      healTests(platform, current);
    }
    removalTests(current);
  });
}

function containerTests(platform: ExpectedPlatform, current: Current): void {
  test('one deploy brings up every container, guarded as it should be on any host', async () => {
    expectSuccess(await current().deploy('with supplied values'));
    await current().rememberVolumes();
    await current().writeRuntimeSecrets();
    expect(await actualFacts(current())).toEqual(expectedFacts(current()));
  });

  wiringTests(current);

  const { containerName, rootToken } = platform.vault;
  if (rootToken === undefined) return;
  test('no container but the server knows the root token', async () => {
    const others = containerNames(platform).filter((name) => name !== containerName);
    const inspected = await inspect(others);
    const holders = others.filter((name) => JSON.stringify(inspected.get(name)).includes(rootToken));
    expect(holders).toEqual([]);
  });
}

/** How containers are told about Vault, and what they are not told. */
export function wiringTests(current: Current): void {
  test('every container has exactly the variables of its contract', async () => {
    expect(await actualVariables(current())).toEqual(expectedVariables(current()));
  });

  test('agents talk to the same server and have a token of their own', async () => {
    const { platform } = current();
    const { agents } = current();
    const inspected = await inspect(agents);
    for (const agent of agents) {
      const variables = inspected.get(agent)?.Config.Env ?? [];
      const configuration = variables.find((one) => one.startsWith('AGENT_CONFIGURATION='));
      expect([agent, configuration]).toEqual([
        agent,
        expect.stringContaining(`address = "${platform.vault.address}"`),
      ]);
      expect([agent, configuration?.includes('ca_cert')]).toEqual([agent, usesTls(platform)]);
    }
    const tokens = await Promise.all(agents.map((agent) => current().tokenOf(agent)));
    expect(new Set(tokens).size).toBe(agents.length);
  });

  test('values that were wrong or are burnt are nowhere', async () => {
    const { platform } = current();
    const strings = await allStrings(current());
    expect(strings.filter((one) => platform.forbidden.some((value) => one.includes(value)))).toEqual([]);
    const fingerprints = strings.map(fingerprint);
    expect(platform.burnt.filter((start) => fingerprints.some((one) => one.startsWith(start)))).toEqual([]);
  });
}
