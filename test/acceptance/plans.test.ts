import * as fs from 'node:fs';
import { planChanges, planDrift } from '../../review/plan/plan-changes';
import { isEmpty, planDigest } from '../../review/plan/plan-digest';
import { planNote } from '../../review/plan/plan-note';
import { readPlan } from '../../review/plan/read-plan';
import type { ShownValue } from '../../review/resource-change';
import {
  fileOfPlan,
  MADE_UP,
  RECORDED_PLANS,
  type RecordedPlan,
  recordedPlan,
  WRITTEN_ONLY,
} from '../review/recorded-plans';
import { progress, run } from './command';
import { commonParts, OPENBAO, obtainable } from './parts';
import { PlanProject } from './plan-project';
import { heldBy, type NamedValue } from './secrecy';
import { type RunningServer, startServer } from './state-server';
import { removeLeftovers } from './state-store';

jest.setTimeout(5 * 60 * 1000);

const TITLE = 'plans as Terraform makes them';

const parts = (() => {
  const common = commonParts();
  if ('missing' in common) return common;
  return obtainable(OPENBAO) ? common : { missing: `${OPENBAO} is not in the engine and cannot be pulled` };
})();

if ('missing' in parts) {
  if (process.env.REQUIRE_ACCEPTANCE) throw new Error(`REQUIRE_ACCEPTANCE is set and ${parts.missing}`);
  progress(`${TITLE} skipped: ${parts.missing}`);
  describe.skip(`${TITLE} (skipped: ${parts.missing})`, tests);
} else {
  describe(TITLE, tests);
}

/** What somebody does to the server or to the state before the plan. */
const MEDDLING: Partial<
  Record<RecordedPlan, (project: PlanProject, server: RunningServer) => Promise<unknown>>
> = {
  replace: (project) => project.terraform('taint', 'docker_network.shop'),
  adopt: async (_, { root }) => {
    const policy = 'path "shop/data/hand" { capabilities = ["read"] }';
    await root.call('PUT', 'sys/policies/acl/by-hand', { policy });
    await root.call('PUT', 'sys/policies/acl/by-hand-too', { policy: `# by hand\n${policy}` });
  },
  drift: async (_, { root }) => {
    await root.writeSecret('shop', 'mail', { host: 'mx', key: 'made-up-drifted-word' });
    await root.call('PUT', 'sys/policies/acl/store', {
      policy: 'path "shop/data/mail" {\n  capabilities = ["read", "delete"]\n}\n',
    });
    await root.call('DELETE', 'sys/policies/acl/billing');
  },
};

const FLAGS: Partial<Record<RecordedPlan, readonly string[]>> = {
  replace: ['-replace=vault_policy.store'],
  target: ['-target=vault_policy.store'],
};

function tests(): void {
  let server: RunningServer;

  beforeAll(async () => {
    await removeLeftovers();
  });

  beforeEach(async () => {
    server = await startServer(OPENBAO);
  });

  afterEach(() => server?.stop());

  test.each(RECORDED_PLANS)(
    'what is read of the plan %s is what is recorded, and its digest stays',
    async (name) => {
      const project = new PlanProject(name, server);
      try {
        await project.prepare();
        await MEDDLING[name]?.(project, server);
        const flags = FLAGS[name] ?? [];
        const text = await project.plan(...flags);
        if (process.env.RECORD_PLANS) await record(name, text, server);
        const read = asRead(text);
        expect(heldBy(JSON.stringify(read), secretsOf(text))).toEqual([]);
        // Ephemeral, so that Terraform itself writes it nowhere.
        expect(text).not.toContain(WRITTEN_ONLY);
        expect(read).toEqual(asRead(recordedPlan(name)));
        const again = await project.plan(...flags);
        expect(planDigest(readPlan(again, 'shop'), 'shop')).toBe(planDigest(readPlan(text, 'shop'), 'shop'));
      } finally {
        await project.remove();
      }
    },
  );
}

/** What was supplied, generated or is a token, and Terraform writes to its plan. */
function secretsOf(text: string): NamedValue[] {
  const found: NamedValue[] = [...new Set([...text.matchAll(MADE_UP), ...text.matchAll(TOKEN)])].map(
    ([value]) => ({ name: 'a word of the configuration, or a token', value }),
  );
  JSON.parse(text, (key, value) => {
    if (typeof value === 'string' && (key === 'result' || key === 'bcrypt_hash')) {
      found.push({ name: key, value });
    }
    return value;
  });
  return found;
}

const TOKEN = /(?<![\w.])[sb]\.[A-Za-z0-9]{24}(?!\w)/g;

/** Everything that is read of a plan, but for what a server makes up each time. */
function asRead(text: string): unknown {
  const plan = readPlan(text, 'shop');
  const changes = [planChanges(plan, 'shop'), planDrift(plan, 'shop')].map((list) =>
    list.map((one) => ({
      ...one,
      attributes: one.attributes.map((attribute) => ({
        ...attribute,
        before: settled(attribute.name, attribute.before),
        after: settled(attribute.name, attribute.after),
      })),
    })),
  );
  const { terraformVersion, digest, ...note } = planNote(plan, 'shop');
  return {
    changes,
    note,
    isEmpty: isEmpty(plan),
    isDigest: planDigest(plan, 'shop') === digest,
    terraformVersion,
  };
}

const MADE_UP_BY_SERVERS = /(^|_)(id|accessor|hostname|mac_address|lease_started|image|time)$|^ports/;

function settled(name: string, value: ShownValue): ShownValue {
  return value.kind === 'text' && MADE_UP_BY_SERVERS.test(name) ? { kind: 'text', text: '…' } : value;
}

/** Writes a plan with made-up words in place of tokens and of generated values. */
async function record(name: RecordedPlan, text: string, { token }: RunningServer): Promise<void> {
  if (text.includes(token)) throw new Error('the root token is in the plan');
  const plan = JSON.parse(text, (key, value) => {
    if (typeof value !== 'string') return value;
    if (key === 'result') return 'Made-Up-Generated-Value-1';
    if (key === 'bcrypt_hash') return 'Made-Up-Hash-1';
    return value.replace(TOKEN, 's.MadeUpMadeUpMadeUpMadeUp');
  });
  fs.writeFileSync(fileOfPlan(name), JSON.stringify(plan, null, 2));
  await run('npx', ['biome', 'format', '--write', fileOfPlan(name)]);
}
