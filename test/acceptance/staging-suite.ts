import { expectAccessOfServices } from './access-tests';
import { hold, holdersFor, vaultCommand, watch } from './ceremony';
import { type CommandResult, expectSuccess, progress } from './command';
import { actualFacts, expectedFacts } from './containers';
import { existing } from './engine';
import type { ExpectedPlatform } from './expectation';
import type { Holders } from './holders';
import { objectsOfServer, remainsOf, volumesOf } from './host-objects';
import { expectEmptyPlans } from './lifecycle-tests';
import type { Current } from './platform-suite';
import { describeOutsideDevelopment } from './production-suite';
import { fourCommands } from './readme-commands';

/** One platform from its first deploy to its end, by `npm run deploy` and `npm run destroy`, which say what is next. */
export function describeStaging(platform: ExpectedPlatform): void {
  describeOutsideDevelopment(platform, (current) => {
    deployTests(platform, current);
    destroyTests(platform, current);
  });
}

function deployTests(platform: ExpectedPlatform, current: Current): void {
  let holders: Holders | undefined;

  afterAll(async () => holders?.remove());

  test('a first deploy names the command for certificates, and changes nothing', async () => {
    const { code, output } = await npm(current, 'deploy');
    expect([code === 0, output]).toEqual([
      false,
      expect.stringContaining(`npm run certificates -- ${current().environment}`),
    ]);
    expect(await remainsOf(platform)).toEqual([]);
  });

  test('the next deploy brings up the server, and names the command for its keys', async () => {
    const { environment, project } = current();
    expectSuccess(await project.type(`npm run certificates -- ${environment}`));
    const { code, output } = await npm(current, 'deploy');
    expect([code, output]).toEqual([
      3,
      expect.stringMatching(new RegExp(`^next: npm run vault -- init ${environment}$`, 'm')),
    ]);
    expect(await remainsOf(platform)).toEqual(objectsOfServer(platform));
  });

  test('the deploy after the key ceremony brings up everything else', async () => {
    const { environment, project } = current();
    holders = await holdersFor('age', current());
    const { ceremony } = fourCommands({ environment, deployFlags: project.flags });
    const { token, shares } = await hold(current(), ceremony, 'age', holders);
    current().exportToken(token);
    current().giveOut(shares);
    expectSuccess(await npm(current, 'deploy', current().supplied.variables));
    await watch(current(), shares.slice(0, 3));
    await current().rememberVolumes();
    await current().writeRuntimeSecrets();
    expect(await actualFacts(current())).toEqual(expectedFacts(current()));
    await expectAccessOfServices(current());
    await expectEmptyPlans(current());
  });
}

function destroyTests(platform: ExpectedPlatform, current: Current): void {
  test('fails to destroy what holds data, and leaves everything as it is', async () => {
    const { code, output } = await npm(current, 'destroy');
    expect([code === 0, output]).toEqual([false, expect.stringContaining('"allowDestroy": true')]);
    expect(await actualFacts(current())).toEqual(expectedFacts(current()));
    await expectEmptyPlans(current());
  });

  test('where that is allowed and a quorum gives the operator the right, destroy leaves nothing behind', async () => {
    const { environment, project, stacks, shares } = current();
    project.addInputs(environment, { allowDestroy: true });
    // The policy of before does not allow it.
    const refused = await npm(current, 'destroy');
    expect([refused.code === 0, refused.output]).toEqual([
      false,
      expect.stringContaining(`npm run --silent vault -- operator ${environment}`),
    ]);
    const operator = await vaultCommand(current(), 'operator', '', shares.slice(2));
    expectSuccess(operator);
    current().exportToken(operator.stdout.toString('utf8').trim());
    await current().rememberVolumes();
    const volumes = [...current().volumes];
    expect(volumes).toEqual(expect.arrayContaining(volumesOf(platform)));
    expectSuccess(await npm(current, 'destroy'));
    expect(await remainsOf(platform)).toEqual([]);
    expect(await existing('volume', volumes)).toEqual([]);
    for (const stack of stacks) expect(JSON.parse(await project.state(stack)).resources).toEqual([]);
  });
}

/** `npm run deploy` or `npm run destroy`, as typed. */
function npm(
  current: Current,
  verb: 'deploy' | 'destroy',
  supplied: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const { environment, project } = current();
  progress(`${environment}: npm run ${verb}`);
  return project.type(`npm run --silent ${verb} -- ${environment} ${project.flags.join(' ')}`, supplied);
}
