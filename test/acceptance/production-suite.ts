import { accessTests } from './access-tests';
import { auditTests } from './audit-tests';
import { backingTests } from './backing-tests';
import type { Ceremony } from './ceremony';
import { expectSuccess, progress } from './command';
import { Deployment } from './deployment';
import { type ExpectedPlatform, environmentOf } from './expectation';
import { fourCommandTests } from './four-commands-tests';
import { hasProgram } from './holders';
import { claimNames } from './host-objects';
import { leakTests } from './leak-tests';
import { planTests } from './lifecycle-tests';
import { operatorTests } from './operator-tests';
import type { Parts } from './parts';
import { type Current, describeWhereDeployable, wiringTests } from './platform-suite';
import { removeLeftovers, type StateStore } from './state-store';
import { startPostgres } from './state-store-pg';
import { tlsTests } from './tls-tests';

export interface ProductionOptions {
  readonly ceremony: Ceremony;
  /** What this platform alone has. */
  readonly ownTests?: (current: Current) => void;
}

/** All tests of one platform in production, deployed once, by the four commands of the README. */
export function describeProduction(platform: ExpectedPlatform, options: ProductionOptions): void {
  describeOutsideDevelopment(platform, (current) => {
    fourCommandTests(possible(options.ceremony, platform), current);
    wiringTests(current);
    tlsTests(current);
    operatorTests(current);
    accessTests(platform, current);
    backingTests(platform, current);
    options.ownTests?.(current);
    auditTests(platform, current);
    leakTests(current);
    planTests(platform, current);
    repetitionTests(current);
  });
}

/** A platform in an environment with its states in a PostgreSQL of its own. */
export function describeOutsideDevelopment(
  platform: ExpectedPlatform,
  tests: (current: Current) => void,
): void {
  describeWhereDeployable(environmentOf(platform), [platform], ([parts]) => {
    let states: StateStore | undefined;
    let deployment: Deployment | undefined;

    beforeAll(async () => {
      await claimNames(platform);
      await removeLeftovers();
      const { postgres = '' } = (parts as Parts).standIns;
      states = await startPostgres(postgres);
      deployment = new Deployment(platform, parts as Parts);
      Object.assign(deployment.project.exported, states.variables);
      for (const [name, value] of Object.entries(states.credentials)) {
        deployment.remembered.push({ name: `${name} of the states`, value });
      }
    });

    afterAll(async () => {
      await deployment?.cleanUp();
      await states?.stop();
    });

    tests(() => {
      if (!deployment) throw new Error(`'${environmentOf(platform)}' could not be prepared`);
      return deployment;
    });
  });
}

/** With age keys where there is no program for the others. */
function possible(ceremony: Ceremony, platform: ExpectedPlatform): Ceremony {
  if (ceremony !== 'pgp' || hasProgram('gpg')) return ceremony;
  progress(`${environmentOf(platform)}: holders have age keys, since there is no gpg`);
  return 'age';
}

function repetitionTests(current: Current): void {
  test('npm run deploy finds nothing to do, and asks nobody for anything', async () => {
    const { environment, project } = current();
    progress(`${environment}: npm run deploy`);
    const flags = project.flags.join(' ');
    const result = await project.type(`npm run --silent deploy -- ${environment} ${flags}`);
    expectSuccess(result);
    expect(result.output).toMatch(/No changes|0 added, 0 changed, 0 destroyed/);
  });
}
