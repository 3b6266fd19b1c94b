import type { Identity } from '../../access/environment-access';
import { loadPolicyParser } from '../../policies/policy-text';
import type { ReviewedEnvironment } from '../../review/reviewed-environment';
import { runRules } from '../../review/rules-run';
import { capabilitiesAnswer } from '../policies/decision-cases';
import { PASSWORD, type Revision, recordedPlan } from '../review/plain-hcl-plans';
import { type ReviewedPlans, reviewedPlans } from '../review/reviewed-plans';
import { progress } from './command';
import { commonParts, OPENBAO, obtainable } from './parts';
import { PlainProject, parsed, record } from './plain-hcl';
import { type RunningServer, startServer } from './state-server';
import { removeLeftovers } from './state-store';

jest.setTimeout(5 * 60 * 1000);

const parts = (() => {
  const common = commonParts();
  if ('missing' in common) return common;
  return obtainable(OPENBAO) ? common : { missing: `${OPENBAO} is not in the engine and cannot be pulled` };
})();

const title = 'a project of plain HCL';
if ('missing' in parts) {
  if (process.env.REQUIRE_ACCEPTANCE) throw new Error(`REQUIRE_ACCEPTANCE is set and ${parts.missing}`);
  progress(`${title} skipped: ${parts.missing}`);
  describe.skip(`${title} (skipped: ${parts.missing})`, tests);
} else {
  describe(title, tests);
}

/** Paths that somebody in the project is or was allowed, and such as nobody is. */
const PATHS = [
  ...['billing', 'orders', 'reports', 'other'].flatMap((team) =>
    ['database', 'queue'].flatMap((secret) => [
      `acme/data/${team}/${secret}`,
      `acme/metadata/${team}/${secret}`,
      `acme/${team}/${secret}`,
    ]),
  ),
  ...['ada', 'grace'].flatMap((name) => [`acme/data/people/${name}/notes`, `acme/data/people/${name}`]),
  ...['acme/data/by-hand', 'acme/metadata/', 'acme/metadata/billing/', 'acme/data/'],
  ...['scratch/any', 'scratch/', 'cubbyhole/any', 'sys/mounts', 'sys/auth', 'sys/policies/acl/on-call'],
  ...['auth/token/lookup-self', 'auth/token/create', 'auth/approle/role/billing', 'identity/entity'],
];

/** All tests in their order: each builds on what those before it applied. */
function tests(): void {
  let server: RunningServer;
  let project: PlainProject;
  let second: ReviewedPlans;

  beforeAll(async () => {
    await removeLeftovers();
    await loadPolicyParser();
    server = await startServer(OPENBAO);
    project = new PlainProject(server);
  });

  afterAll(async () => {
    await project?.remove();
    await server?.stop();
  });

  test('what the first plan tells of who can reach what is so after its apply', async () => {
    const { before, after } = await planned('first');
    expect(before).toEqual([]);
    await project.apply();
    // Nobody knows yet what two policies will say, and so what those who have them may do.
    const { unknown, identities } = only(after).access;
    expect(unknown).toHaveLength(2);
    const known = identities.filter(({ kind }) => kind !== 'user');
    expect(known.map(({ name }) => name)).toEqual(['billing', 'deploy', 'orders', 'reports']);
    await expectDecisions(known);
  });

  test('what the second plan tells of before is so before its apply', async () => {
    const policy = 'path "acme/data/by-hand" { capabilities = ["read"] }';
    await server.root.call('POST', 'sys/policies/acl/by-hand', { policy });
    second = await planned('second');
    const { unknown, identities } = only(second.before).access;
    expect(unknown).toEqual([]);
    expect(identities).toHaveLength(7);
    await expectDecisions(identities);
  });

  test('what it tells of after is so after its apply', async () => {
    await project.apply();
    const { unknown, identities } = only(second.after).access;
    expect(unknown).toEqual([]);
    expect(identities).toHaveLength(6);
    await expectDecisions(identities);
    await expect(project.tokenOf('role', 'deploy')).rejects.toThrow('auth/ci/login: 400');
  });

  async function planned(revision: Revision): Promise<ReviewedPlans> {
    const text = await project.plan(revision);
    if (process.env.RECORD_PLANS) await record(revision, text, server.address);
    const reviewed = reviewedPlans([{ stack: 'acme', plan: parsed(text) }]);
    // Where there is no server, tests look at what is recorded: it must mean the same.
    const recorded = reviewedPlans([{ stack: 'acme', plan: recordedPlan(revision) }]);
    expect(meaning(recorded)).toEqual(meaning(reviewed));
    expect(JSON.stringify(meaning(reviewed))).not.toContain(PASSWORD);
    return reviewed;
  }

  async function expectDecisions(identities: readonly Identity[]): Promise<void> {
    for (const { kind, fullName, accessList } of identities) {
      const token = await project.tokenOf(kind, fullName);
      const ours = Object.fromEntries(PATHS.map((path) => [path, capabilitiesAnswer(accessList, path)]));
      expect([fullName, ours]).toEqual([fullName, await project.capabilities(token, PATHS)]);
    }
  }
}

function only(environments: readonly ReviewedEnvironment[]): ReviewedEnvironment {
  expect(environments).toHaveLength(1);
  return environments[0] as ReviewedEnvironment;
}

function meaning({ before, after }: ReviewedPlans): unknown {
  return [before, after].map((environments) => ({
    access: environments.map(({ access: { name, identities, secrets, unknown } }) => ({
      name,
      unknown,
      secrets,
      identities: identities.map(({ accessList, ...one }) => ({
        ...one,
        capabilities: PATHS.map((path) => capabilitiesAnswer(accessList, path)),
      })),
    })),
    findings: runRules(environments).findings,
  }));
}
