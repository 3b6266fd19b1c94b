import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import { type CommandResult, cleanEnvironment, eventually, expectSuccess, progress } from './command';
import { objectsOf, removeAll } from './failure-objects';
import { commonParts, OPENBAO, obtainable } from './parts';
import { Project } from './project';
import { PLATFORM, type Reviewed, ReviewedPlanProject } from './reviewed-plan-project';
import { heldBy } from './secrecy';

jest.setTimeout(10 * 60 * 1000);

const parts = (() => {
  const common = commonParts();
  if ('missing' in common) return common;
  return obtainable(OPENBAO) ? common : { missing: `${OPENBAO} is not in the engine and cannot be pulled` };
})();

if ('missing' in parts) {
  if (process.env.REQUIRE_ACCEPTANCE) throw new Error(`REQUIRE_ACCEPTANCE is set and ${parts.missing}`);
  progress(`reviewed plans skipped: ${parts.missing}`);
  describe.skip(`reviewed plans (skipped: ${parts.missing})`, tests);
} else {
  describe('reviewed plans', tests);
}

/** In the order in which they stand: each builds on what those before it deployed. */
function tests(): void {
  let prepared: ReviewedPlanProject | undefined;
  const OTHER = `sha256:${'0'.repeat(64)}`;

  const current = (): ReviewedPlanProject => {
    if (!prepared) throw new Error('the project could not be prepared');
    return prepared;
  };

  beforeAll(async () => {
    await removeAll(PLATFORM);
    for (const project of Project.leftovers()) if (project.isOf(PLATFORM)) project.delete();
    if (!('missing' in parts)) prepared = new ReviewedPlanProject(parts);
  });

  afterAll(async () => {
    await prepared?.cleanUp();
  });

  // Whatever came of it.
  afterEach(() => {
    expect(current().leftPlans).toEqual([]);
  });

  test('before the first deploy the server alone can be planned, and a digest of something else deploys nothing', async () => {
    const { code, output, digests } = await current().plan();
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^reviewed-development-access +not planned: /m),
    ]);
    expect(digests).toHaveLength(1);
    const refused = await current().deploy([OTHER]);
    expect([refused.code, refused.output]).toEqual([4, expect.stringContaining('got another one (')]);
    expect(refused.output).not.toContain(digests[0]);
    expect((await objectsOf(PLATFORM)).flatMap(([, names]) => names)).toEqual([]);
  });

  test('a deploy of the server names the next plan, since nobody has seen it', async () => {
    const { digests } = await current().plan();
    const { code, output } = await current().deploy(digests);
    expect([code, output]).toEqual([
      3,
      expect.stringMatching(/^next: npm run plan -- reviewed-development$/m),
    ]);
    expect(await containers()).toEqual([`${PLATFORM}-vault`]);
  });

  test('plans need no value that people supply, are the same twice, and a deploy of them writes the value', async () => {
    const first = await current().plan();
    expect([first.code, first.output]).toEqual([
      0,
      expect.stringContaining('TF_VAR_reviewed_payments_api_key'),
    ]);
    expect(first.digests).toHaveLength(2);
    expectReviewOfNew(await current().review('--fail-on broadening'));
    const { digests } = await current().plan();
    expect(digests).toEqual(first.digests);

    const without = await current().deploy(digests);
    expect([without.code, without.output]).toEqual([
      1,
      expect.stringContaining("'TF_VAR_reviewed_payments_api_key' must be set to write 'reviewed/payments'"),
    ]);
    expect(await containers()).toEqual([`${PLATFORM}-vault`]);

    const result = await current().deployWithValue(digests);
    expectSuccess(result);
    expect(await containers()).toEqual([`${PLATFORM}-reader`, `${PLATFORM}-vault`]);
    const { root, supplied, project } = current();
    expect(await root.readSecret(PLATFORM, 'payments')).toEqual({ api_key: supplied });
    const { password = '' } = await root.readSecret(PLATFORM, 'database');
    expect(password).toHaveLength(32);
    for (const value of [supplied, password]) {
      expect(result.output).not.toContain(value);
      expect(project.files().filter((file) => fs.readFileSync(file).includes(value))).toEqual([]);
    }
  });

  test('plans for a review are for their owner alone', async () => {
    const { digests, output } = await current().plan();
    expect([digests, output.match(/nothing to do/g)]).toEqual([[], Array(3).fill('nothing to do')]);
    const modes = ['plans', ...current().stacks.map((stack) => `plans/${stack}.json`)].map((file) =>
      (fs.statSync(current().file('cdktf.out', file)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '600', '600', '600']);
  });

  test('where there is nothing to do, any digest will do, and nothing is applied', async () => {
    const before = await current().serials();
    expectSuccess(await current().deploy([OTHER]));
    expect(await current().serials()).toEqual(before);
  });

  test('a review of plans that change nothing is one line, and nobody gains anything', async () => {
    expect(await current().review('--fail-on destroy,broadening,error,drift')).toEqual({
      code: 0,
      text: '<!-- vault-platforms-review -->\n**Review**: nothing changes in 1 environment, and nothing has drifted.\n',
    });
  });

  test('a review tells who gains what, line by line, and the digest with which it is applied', async () => {
    current().declare(['read', 'list']);
    const { digests } = await current().plan();
    const [digest = ''] = digests;
    const markdown = await current().review('--fail-on destroy,broadening');
    expect(markdown.code).toBe(3);
    for (const line of [
      '| ⚠️ **look at it**<br>`reviewed-development` | 1 identity gains access; 1 changed |',
      '| **+** `auditor` | gains list on sys/audit/',
      '    -   capabilities = ["read", "sudo"]',
      '    +   capabilities = ["read", "list", "sudo"]',
      `npm run deploy -- reviewed-development --plan-digest ${digest}`,
    ]) {
      expect(markdown.text).toContain(line);
    }
    const { environments, plans } = JSON.parse((await current().review('--format json')).text);
    expect(environments).toMatchObject([
      {
        name: 'reviewed-development',
        presence: 'changed',
        access: { identities: [{ name: 'auditor', presence: 'changed', changes: [{ gained: ['list'] }] }] },
        changes: [{ stack: 'reviewed-development-access', type: 'vault_policy', action: 'update' }],
        drift: [],
        dangers: [],
      },
    ]);
    const changing = plans.filter(({ isEmpty }: { isEmpty: boolean }) => !isEmpty);
    expect(changing).toMatchObject([{ stack: 'reviewed-development-access', digest }]);
    // It is deployed by this digest below.
    current().declare(['read']);
  });

  test('a review tells drift apart from what is declared, and what an apply takes back', async () => {
    const before = await current().policy();
    await current().writePolicy('path "sys/*" { capabilities = ["read", "sudo"] }');
    await current().plan();
    const { code, text } = await current().review('--fail-on broadening,drift');
    expect(code).toBe(6);
    const [resources = '', drift = ''] = text.split('### Drift: changed by somebody else');
    expect(resources).toContain('| **−** `auditor` | loses read, sudo on paths of sys/\\*');
    expect(resources).toContain('    - path "sys/*" { capabilities = ["read", "sudo"] }');
    expect(drift).toContain('    + path "sys/*" { capabilities = ["read", "sudo"] }');
    await current().writePolicy(before);
  });

  test('a review warns of a secret that a plan destroys', async () => {
    current().declare(['read'], { isPaid: false });
    await current().plan();
    const { code, text } = await current().review('--fail-on drift,destroy');
    expect(code).toBe(4);
    expect(text).toMatch(
      /^> \[!CAUTION\]\n> \*\*1 danger .*\n>\n> - secret 'reviewed\/payments' is \*\*deleted\*\* in `reviewed-development`: .*read by reader/m,
    );
    current().declare(['read']);
  });

  test('no review holds a token, or a value that was generated or supplied', async () => {
    const secrets = await current().secrets();
    expect(secrets.filter(({ value }) => value.length < 20)).toEqual([]);
    expect(current().reviews).toHaveLength(6);
    expect(current().reviews.flatMap((text) => heldBy(text, secrets))).toEqual([]);
  });

  test('fails where the declaration is another one than the one that was reviewed, and applies nothing', async () => {
    current().declare(['read', 'list']);
    const { digests } = await current().plan();
    expect(digests).toHaveLength(1);
    current().declare(['read', 'create']);
    await expectRefusal(digests);
    current().declare(['read', 'list']);
    expectSuccess(await current().deploy(digests));
    expect(await current().policy()).toContain('"list"');
  });

  test('fails where somebody has changed a policy by hand since the review, and applies nothing', async () => {
    current().declare(['read']);
    const { digests } = await current().plan();
    const before = await current().policy();
    await current().writePolicy('path "sys/health" { capabilities = ["read"] }');
    await expectRefusal(digests);
    await current().writePolicy(before);
    expectSuccess(await current().deploy(digests));
    expect(await current().policy()).not.toContain('"list"');
  });

  test('fails where the state changes between plan and apply, and says so', async () => {
    current().declare(['read', 'list']);
    const { digests } = await current().plan();
    const before = await current().policy();
    const { code, output } = await current().deploy(digests, current().racingTerraform());
    expect([code, output]).toEqual([1, expect.stringContaining('Saved plan is stale')]);
    expect(output).toContain("error: 'plan' of reviewed-development-access must be applied whole");
    expect(await current().policy()).toBe(before);
    // Nobody else is there this time, and it is the same change.
    expectSuccess(await current().deploy(digests));
    expect(await current().policy()).toContain('"list"');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s in the middle of a plan leaves nothing behind',
    async (signal) => {
      const before = await current().serials();
      const { code, output } = await ended(signal);
      expect([code, output]).toEqual([128 + os.constants.signals[signal], expect.any(String)]);
      expect(await current().serials()).toEqual(before);
    },
  );

  /** All that is declared is new, and who reaches what is told before there is a value of it. */
  function expectReviewOfNew({ code, text }: Reviewed): void {
    expect(code).toBe(3);
    expect(text).toContain('2 identities gain access; 7 created');
    expect(text).toContain('| **+** `reader` | gains read on reviewed/payments');
    expect(text).not.toContain('[!CAUTION]');
  }

  /** A deploy of these digests is refused and leaves server and states as they are. */
  async function expectRefusal(digests: readonly string[]): Promise<void> {
    const before = [await current().policy(), await current().serials()];
    const { code, output } = await current().deploy(digests);
    expect([code, output]).toEqual([
      4,
      expect.stringMatching(
        /'plan' of reviewed-development-access must be one that was reviewed, got another one \(1 to update\); run npm run plan -- reviewed-development and have it reviewed anew/,
      ),
    ]);
    expect([await current().policy(), await current().serials()]).toEqual(before);
  }

  /** Ends a deploy when it has begun to plan. */
  async function ended(signal: NodeJS.Signals): Promise<CommandResult> {
    const script = current().file('operations', 'deploy.ts');
    const args = ['--import', 'tsx', script, current().environment, '--plan-digest', OTHER];
    const child = spawn(process.execPath, args, {
      cwd: current().project.folder,
      env: { ...cleanEnvironment(), ...current().project.exported },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const end = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
    await eventually('a plan has begun', async () => current().leftPlans.length > 0);
    child.kill(signal);
    return { code: await end, stdout: Buffer.from(output), output };
  }

  async function containers(): Promise<readonly string[]> {
    const all = await objectsOf(PLATFORM);
    return [...(all.find(([kind]) => kind === 'container')?.[1] ?? [])].sort();
  }
}
