import type { Request } from '../../policies/access-list';
import { DIALECTS, type DialectName } from '../../policies/dialect';
import { isRootProtected } from '../../policies/root-protected';
import {
  accessListOf,
  canBeMade,
  capabilitiesAnswer,
  capabilityCases,
  type PolicySet,
  requestCases,
  smallest,
} from '../policies/decision-cases';
import { hclOf } from '../policies/plain-policy';
import { readRecording, writeRecording } from '../policies/recorded-decisions';
import { progress } from './command';
import { answered, record } from './decision-recorder';
import { DecisionServer } from './decision-server';
import { OPENBAO, obtainable } from './parts';
import { removeLeftovers } from './state-store';

jest.setTimeout(10 * 60 * 1000);

/** Set it to the number that a failed run printed, and the same cases come again. */
const SEED = Number(process.env.ACCESS_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** One server for each dialect of which there is one to be had. */
const SERVERS: Readonly<Record<string, { readonly image: string; readonly isOptional?: true }>> = {
  'openbao-2.5': { image: OPENBAO },
  openbao: { image: 'openbao/openbao:2.6.2', isOptional: true },
};

for (const [name, { image, isOptional }] of Object.entries(SERVERS)) {
  const title = `decisions of ${image}`;
  if (obtainable(image)) {
    describe(title, () => tests(name as DialectName, image));
  } else {
    const reason = `${image} is not in the engine and cannot be pulled`;
    if (process.env.REQUIRE_ACCEPTANCE && !isOptional) {
      throw new Error(`REQUIRE_ACCEPTANCE is set and ${reason}`);
    }
    progress(`${title} skipped: ${reason}`);
    describe.skip(`${title} (skipped: ${reason})`, () => tests(name as DialectName, image));
  }
}

const EVERYTHING = ['create', 'read', 'update', 'patch', 'delete', 'list', 'scan'] as const;

function tests(dialectName: DialectName, image: string): void {
  const dialect = DIALECTS[dialectName];
  let server: DecisionServer;

  beforeAll(async () => {
    progress(`decisions of ${image}: ACCESS_SEED=${SEED}`);
    await removeLeftovers();
    server = await DecisionServer.start(image);
  });

  afterAll(() => server?.stop());

  test('sys/capabilities says at 20,000 paths and more what the access list says', async () => {
    let decisions = 0;
    for (const { policies, paths } of capabilityCases(dialect, { seed: SEED, cases: 500, paths: 80 })) {
      const list = accessListOf(policies, dialect);
      const answers = await server.capabilities(await server.tokenWith(policies), paths);
      for (const [path, answer] of answers) {
        if (capabilitiesAnswer(list, path) !== answer) await failWithCapabilities(policies, path);
        decisions += 1;
      }
    }
    progress(`decisions of ${image}: ${decisions} capabilities compared`);
    expect(decisions).toBeGreaterThanOrEqual(20_000);
  });

  test('a request is let through or refused as the access list decides', async () => {
    const count = { allowed: 0, refused: 0, 'refused by a condition': 0 };
    for (const { policies, requests } of requestCases(dialect, { seed: SEED, cases: 300, requests: 20 })) {
      const list = accessListOf(policies, dialect);
      const token = await server.tokenWith(policies);
      for (const request of requests.filter(canBeMade)) {
        const allowed = await server.allows(token, request);
        const decision = list.decide(request);
        if (decision.allowed !== allowed) await failWithRequest(policies, request);
        count[allowed ? 'allowed' : decision.cause === 'condition' ? 'refused by a condition' : 'refused'] +=
          1;
      }
    }
    progress(`decisions of ${image}: requests ${JSON.stringify(count)}`);
    expect(Math.min(...Object.values(count))).toBeGreaterThan(200);
  });

  test('what is recorded for those without a server is what the server says', async () => {
    if (process.env.RECORD_DECISIONS) writeRecording(dialectName, await record(server, dialect));
    const { cases } = readRecording(dialectName);
    for (const recorded of cases) {
      expect(await answered(server, recorded.policies, recorded)).toEqual(recorded);
    }
  });

  test.each([
    ['a/+/éé/+', 'a/+/+/xyz', 'a/a/éé/xyz'],
    ['a/+/\u{1f511}/+', 'a/+/+/xyz', 'a/a/\u{1f511}/xyz'],
    ['a/+/ééé/+', 'a/+/+/xyzxyzx', 'a/a/ééé/xyzxyzx'],
  ])('of %s and %s the longer in bytes decides', async (first, second, path) => {
    const policies: PolicySet = {
      one: [
        { path: first, capabilities: ['read'] },
        { path: second, capabilities: ['update'] },
      ],
    };
    const answers = await server.capabilities(await server.tokenWith(policies), [path]);
    expect(answers.get(path)).toBe(capabilitiesAnswer(accessListOf(policies, dialect), path));
  });

  test('the access list refuses the patterns that the server refuses', async () => {
    for (const pattern of ['+*', 'a/+*', 'a/+*/b', 'a+*', '*', '+', 'a*b', 'a/*/b', '', '/']) {
      const block = { path: pattern, capabilities: ['read'] } as const;
      const refusal = await server.refusal([block]);
      const ours = () => accessListOf({ one: [block] }, dialect);
      if (refusal === undefined) expect(ours).not.toThrow();
      else expect(ours).toThrow("'path' must not contain '+*'");
    }
  });

  test('a path needs sudo where the server says so, and those that it guards by itself', async () => {
    const endpoints = [...(await server.endpoints())].map(
      ([path, sudo]) => [path.replace(/{[^}]*}/g, 'any'), sudo] as const,
    );
    const guarded = ['auth/token/revoke-orphan', 'sys/seal', 'sys/step-down'];
    const others = endpoints.filter(([path, sudo]) => isRootProtected(path) !== sudo);
    expect(others.map(([path]) => path)).toEqual(guarded);
    expect(endpoints.length).toBeGreaterThan(100);

    const without = await server.tokenWith({ one: [{ path: '*', capabilities: EVERYTHING }] });
    // A server that is alone has nobody to step down for, and does not ask who wants it.
    for (const path of guarded.filter((one) => one !== 'sys/step-down')) {
      expect([path, await server.refusesWithoutSudo(without, path)]).toEqual([path, true]);
    }
  });

  test.each([true, false])('a root-protected path can be read with sudo (%s) as decided', async (sudo) => {
    const policies: PolicySet = {
      one: [{ path: '+/*', capabilities: sudo ? [...EVERYTHING, 'sudo'] : EVERYTHING }],
    };
    const list = accessListOf(policies, dialect);
    const token = await server.tokenWith(policies);
    for (const [endpoint, needsSudo] of await server.endpoints()) {
      if (!needsSudo) continue;
      const request: Request = { operation: 'read', path: endpoint.replace(/{[^}]*}/g, 'any') };
      const { allowed } = list.decide(request);
      expect([request.path, allowed]).toEqual([request.path, sudo]);
      expect([request.path, await server.allows(token, request)]).toEqual([request.path, allowed]);
    }
  });

  async function failWithCapabilities(policies: PolicySet, path: string): Promise<never> {
    const both = async (some: PolicySet) => ({
      server: (await server.capabilities(await server.tokenWith(some), [path])).get(path),
      accessList: capabilitiesAnswer(accessListOf(some, dialect), path),
    });
    const small = await smallest(policies, async (some) => {
      const answers = await both(some);
      return answers.server !== answers.accessList;
    });
    const answers = await both(small);
    throw difference(small, `capabilities of '${path}'`, answers.server, answers.accessList);
  }

  async function failWithRequest(policies: PolicySet, request: Request): Promise<never> {
    const both = async (some: PolicySet) => ({
      server: await server.allows(await server.tokenWith(some), request),
      accessList: accessListOf(some, dialect).decide(request),
    });
    const small = await smallest(policies, async (some) => {
      const answers = await both(some);
      return answers.server !== answers.accessList.allowed;
    });
    const answers = await both(small);
    const { allowed, refusal } = answers.accessList;
    throw difference(small, JSON.stringify(request), answers.server, `${allowed} (${refusal})`);
  }

  function difference(policies: PolicySet, what: string, real: unknown, ours: unknown): Error {
    const texts = Object.entries(policies).map(([name, blocks]) => `# policy ${name}\n${hclOf(blocks)}`);
    return new Error(
      `ACCESS_SEED=${SEED}: ${what}: ${image} says ${real}, the access list says ${ours}\n${texts.join('')}`,
    );
  }
}
