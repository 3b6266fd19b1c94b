import { progress } from './command';
import { DECLARED, FailureEnvironment } from './failure-environment';
import { removeAll } from './failure-objects';
import { commonParts, OPENBAO, obtainable } from './parts';
import { Project } from './project';
import { removeLeftovers, type StateStore } from './state-store';
import { startPostgres } from './state-store-pg';

/** The environment under test. Tests of one family build on each other, in the order in which they stand. */
export type CurrentEnvironment = () => FailureEnvironment;

const parts = (() => {
  const common = commonParts();
  if ('missing' in common) return common;
  return obtainable(OPENBAO) ? common : { missing: `${OPENBAO} is not in the engine and cannot be pulled` };
})();

let store: StateStore | undefined;

beforeAll(async () => {
  if ('missing' in parts) return;
  await removeEarlierRuns();
  await removeLeftovers();
  store = await startPostgres(parts.standIns.postgres ?? '');
});

afterAll(async () => {
  await store?.stop();
});

/** Describes a family of tests with an environment of its own, or skips it and says what this machine lacks. */
export function describeFailures(
  title: string,
  declaration: ConstructorParameters<typeof FailureEnvironment>[0],
  tests: (current: CurrentEnvironment) => void,
  alsoMissing?: string,
): void {
  const missing = 'missing' in parts ? parts.missing : alsoMissing;
  if (missing !== undefined) {
    if (process.env.REQUIRE_ACCEPTANCE) throw new Error(`REQUIRE_ACCEPTANCE is set and ${missing}`);
    progress(`${title} skipped: ${missing}`);
    describe.skip(`${title} (skipped: ${missing})`, () => tests(undefined as never));
    return;
  }
  describe(title, () => {
    let environment: FailureEnvironment | undefined;
    const current: CurrentEnvironment = () => {
      if (!environment) throw new Error(`'${title}' could not be prepared`);
      return environment;
    };

    beforeAll(() => {
      if ('missing' in parts || !store) throw new Error('there is no store for states');
      environment = new FailureEnvironment(declaration, { common: parts, state: store.variables });
    });

    afterAll(async () => {
      await environment?.cleanUp();
    });

    tests(current);
  });
}

/** Removes what killed runs of these tests left behind. The names of these platforms are nobody else's. */
async function removeEarlierRuns(): Promise<void> {
  const platforms = Object.values(DECLARED).map(([platform]) => platform);
  for (const platform of platforms) await removeAll(platform);
  for (const project of Project.leftovers()) {
    if (platforms.some((platform) => project.isOf(platform))) project.delete();
  }
}
