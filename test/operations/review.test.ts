import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SYNTH_FOR_REVIEW } from '../../constructs/synth-for-review';
import type { AttachOptions } from '../../operations/machine';
import { review } from '../../operations/review';
import { synthWith } from '../access/synth-folder';
import { SHOP, shopWith } from '../review/made-change';
import { FakeMachine, temporaryFolder } from './fakes';

async function run(line: string, folder = temporaryFolder(), machine = new FakeMachine()) {
  const out: string[] = [];
  const said: string[] = [];
  const code = await review(line.split(' ').filter(Boolean), {
    machine,
    folder,
    print: (text) => out.push(text),
    say: (text) => said.push(text),
  }).catch((error: { problems?: readonly string[]; exitCode?: number }) => {
    if (!error.problems) throw error;
    out.push(...error.problems.map((problem) => `! ${problem}`));
    return error.exitCode;
  });
  return { code, out: out.join('\n'), said };
}

const synth = (change: Parameters<typeof shopWith>[0] = {}) =>
  synthWith({ 'shop-production': { resource: shopWith(change) } });
const WIDER = { 'vault_policy.store': { policy: 'path "shop/data/*" {\n  capabilities = ["read"]\n}\n' } };
const WITHOUT_SECRET = { 'vault_kv_secret_v2.bills': undefined };

test('two folders are compared', async () => {
  const { code, out, said } = await run(`--base ${synth()} --head ${synth(WITHOUT_SECRET)}`);
  expect(code).toBe(0);
  expect(said).toEqual([]);
  expect(out.startsWith('<!-- vault-platforms-review -->\n## Review\n')).toBe(true);
  expect(out).toContain("> - secret 'shop/bills' is **deleted** in `shop-production`");
});

test('as JSON it is for machines', async () => {
  const { out } = await run(`--base ${synth()} --head ${synth(WIDER)} --format json`);
  expect(JSON.parse(out)).toMatchObject({ version: 1, causes: { broadening: true, destroy: false } });
});

test.each<[string, object, number]>([
  ['destroy', WITHOUT_SECRET, 4],
  ['broadening', WITHOUT_SECRET, 0],
  ['broadening', WIDER, 3],
  ['destroy', WIDER, 0],
  ['destroy,broadening', { ...WIDER, ...WITHOUT_SECRET }, 4],
  ['broadening,destroy', { ...WIDER, ...WITHOUT_SECRET }, 3],
  ['error', { 'docker_container.store': { env: ['DB_PASSWORD=hunter2'] } }, 5],
  ['error', WIDER, 0],
  ['drift', WITHOUT_SECRET, 0],
])('fails on %s by its own code, where it is so: %j', async (failOn, change, expected) => {
  const { code, said } = await run(`--base ${synth()} --head ${synth(change as never)} --fail-on ${failOn}`);
  expect(code).toBe(expected);
  const [first] = failOn.split(',');
  expect(said).toEqual(expected === 0 ? [] : [`failing on ${first}: shop-production`]);
});

test('says in which environments it fails, and in no others', async () => {
  const three = (change: Parameters<typeof shopWith>[0]) =>
    synthWith({
      'shop-production': { resource: shopWith(change) },
      'shop-staging': { resource: SHOP },
      'bakery-production': { resource: shopWith(change) },
    });
  const { said } = await run(
    `--base ${three({})} --head ${three(WITHOUT_SECRET)} --fail-on broadening,destroy`,
  );
  expect(said).toEqual(['failing on destroy: bakery-production, shop-production']);
});

const PLANS = path.join(__dirname, '..', 'review', 'plans');

test('plans alone tell what was there before', async () => {
  const { code, out } = await run(`--plan ${path.join(PLANS, 'delete.json')} --fail-on drift,destroy`);
  expect(code).toBe(4);
  expect(out).toContain("> - KV mount 'shop' is **deleted** in `delete`");
  expect(out).toMatch(/\| `delete` \| `sha256:[0-9a-f]{64}` \|/);
});

test('a plan that failed is an error, whatever it would do', async () => {
  const plan = path.join(temporaryFolder(), 'shop.json');
  fs.writeFileSync(plan, JSON.stringify({ format_version: '1.2', errored: true, resource_changes: [] }));
  expect((await run(`--plan ${plan} --fail-on error`)).code).toBe(5);
  const { out } = await run(`--plan ${plan} --format json`);
  expect(JSON.parse(out).causes).toEqual({ destroy: false, broadening: false, error: true, drift: false });
});

test('drift is told by a plan, also where somebody wrote a policy that cannot be read', async () => {
  const { code, out } = await run(`--plan ${path.join(PLANS, 'drift.json')} --fail-on drift`);
  expect(code).toBe(6);
  expect(out).toContain('### Drift: changed by somebody else');
  expect(out).toContain('### What the drift gave and took');
  expect(out).toContain('| **+** `store` | gains delete on shop/mail<br>');
});

/** A plan of the shop that changes nothing, in a file. */
function planOfShop(change: Parameters<typeof shopWith>[0], policy?: string): string {
  const resources = Object.entries(shopWith(change)).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => ({
      address: `${type}.${name}`,
      mode: 'managed',
      type,
      name,
      ...(policy !== undefined &&
        type === 'vault_policy' && { expressions: { policy: { constant_value: policy } } }),
    })),
  );
  const file = path.join(temporaryFolder(), 'shop-production.json');
  const configuration = { root_module: { resources } };
  fs.writeFileSync(file, JSON.stringify({ format_version: '1.2', configuration }));
  return file;
}

test('a plan beside two synths is what is shown of its stack', async () => {
  const plan = planOfShop(WITHOUT_SECRET);
  const { out } = await run(`--base ${synth()} --head ${synth(WITHOUT_SECRET)} --plan ${plan} --format json`);
  const { environments, plans } = JSON.parse(out);
  expect(environments.map(({ name, changes }: never) => [name, changes])).toEqual([['shop-production', []]]);
  expect(plans).toMatchObject([{ stack: 'shop-production', isEmpty: true }]);
});

test.each<[what: string, plan: string, got: string]>([
  ['is made before a secret was taken out', planOfShop({}), "one with 'vault_kv_secret_v2.bills'"],
  [
    'has another policy',
    planOfShop(WITHOUT_SECRET, 'path "*" {}'),
    "one with another 'policy' of 'vault_policy.store'",
  ],
])('fails with 2 where a plan beside two synths %s', async (_, plan, got) => {
  const line = `--base ${synth()} --head ${synth(WITHOUT_SECRET)} --plan ${plan} --fail-on destroy`;
  expect(await run(line)).toMatchObject({
    code: 2,
    out: expect.stringContaining(`must be a plan of what 'shop-production' declares now, got ${got}; `),
  });
});

test('no secret of a recorded plan is in any report', async () => {
  const files = fs.readdirSync(PLANS).filter((name) => name.endsWith('.json'));
  const line = `--plan ${files.map((name) => path.join(PLANS, name)).join(' ')}`;
  const secrets = files.flatMap((name) =>
    sensitiveTexts(JSON.parse(fs.readFileSync(path.join(PLANS, name), 'utf8'))),
  );
  expect(secrets.length).toBeGreaterThan(0);
  for (const format of ['--limit 0', '--format json']) {
    const { code, out } = await run(`${line} ${format}`);
    expect(code).toBe(0);
    for (const secret of secrets) expect(out).not.toContain(secret);
  }
});

/** Texts that Terraform marks itself, in one word. */
function sensitiveTexts(plan: {
  resource_changes?: readonly { change: Record<string, unknown> }[];
}): string[] {
  const marked = (value: unknown, mask: unknown): string[] => {
    if (mask === true) return typeof value === 'string' && /^\S{8,}$/.test(value) ? [value] : [];
    if (typeof mask !== 'object' || mask === null || typeof value !== 'object' || value === null) return [];
    return Object.entries(mask).flatMap(([key, one]) => marked((value as Record<string, unknown>)[key], one));
  };
  return (plan.resource_changes ?? []).flatMap(({ change }) => [
    ...marked(change.before, change.before_sensitive),
    ...marked(change.after, change.after_sensitive),
  ]);
}

/** A machine on which main.ts writes a synth, or fails. */
class SynthesizingMachine extends FakeMachine {
  public folder: string | undefined;
  public constructor(
    private readonly from: string,
    private readonly code = 0,
  ) {
    super();
  }
  public override async attach(program: string, args: readonly string[], options: AttachOptions = {}) {
    await super.attach(program, args, options);
    this.folder = options.variables?.[SYNTH_FOR_REVIEW] as string;
    fs.cpSync(this.from, this.folder, { recursive: true });
    return this.code;
  }
}

test('without a head it is the working tree, synthesized beside cdktf.out and thrown away', async () => {
  const machine = new SynthesizingMachine(synth(WITHOUT_SECRET));
  const folder = temporaryFolder();
  const { code, out, said } = await run(`--base ${synth()}`, folder, machine);
  expect(code).toBe(0);
  expect(out).toContain("secret 'shop/bills' is **deleted**");
  expect(said).toEqual(['synthesizing the working tree']);
  expect(path.dirname(machine.folder as string)).toBe(folder);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test.each(['--output none/x.md', '--plan none.json'])(
  'fails on %s before anything is synthesized',
  async (flags) => {
    const machine = new SynthesizingMachine(synth());
    expect((await run(`--base ${synth()} ${flags}`, temporaryFolder(), machine)).code).toBe(2);
    expect(machine.attached).toEqual([]);
  },
);

test.each<[string, readonly string[]]>([
  [
    'shop-productio',
    [
      "warning: no environment of the last synth is named 'shop-productio'; did you mean 'shop-production'?",
      'synthesizing the working tree',
    ],
  ],
  ['shop-production', ['synthesizing the working tree']],
])('before the synths it is said where there may be no environment %s', async (name, expected) => {
  const folder = temporaryFolder();
  fs.mkdirSync(path.join(folder, 'cdktf.out'));
  const stacks = {
    'shop-production-vault': {},
    'shop-production-access': {},
    'shop-production-services': {},
  };
  fs.writeFileSync(path.join(folder, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks }));
  const line = `--base ${synth()} --environment ${name}`;
  expect((await run(line, folder, new SynthesizingMachine(synth()))).said).toEqual(expected);
});

test('fails where the working tree does not synthesize, and leaves nothing', async () => {
  const folder = temporaryFolder();
  const { code, out } = await run(`--base ${synth()}`, folder, new SynthesizingMachine(synth(), 1));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('Ctrl-C while it synthesizes leaves nothing', async () => {
  const folder = temporaryFolder();
  const machine = new SynthesizingMachine(synth());
  const attach = machine.attach.bind(machine);
  machine.attach = async (...given) => {
    process.emit('SIGINT', 'SIGINT');
    return attach(...given);
  };
  expect(await run(`--base ${synth()}`, folder, machine)).toMatchObject({ code: 130, out: '' });
  expect(fs.readdirSync(folder)).toEqual([]);
});

describe('plans of stacks that are declared here', () => {
  const RULES = 'path "shop/data/mail" {\n  capabilities = ["read"]\n}\n';
  const WAS = 'path "shop/data/*" {\n  capabilities = ["read"]\n}\n';

  /** What Terraform says of the shop where somebody has written another policy to the server. */
  function planned(policy = WAS, actions: readonly string[] = ['update']): string {
    const all = Object.entries(SHOP).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, after]) => {
        const address = `${type}.${name}`;
        const isIt = address === 'vault_policy.store';
        const before = isIt ? { ...after, policy } : after;
        return { address, mode: 'managed', type, name, before, after, actions: isIt ? actions : ['no-op'] };
      }),
    );
    const head = ({ address, mode, type, name }: (typeof all)[number]) => ({ address, mode, type, name });
    return JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.11.4',
      prior_state: {
        values: { root_module: { resources: all.map((one) => ({ ...head(one), values: one.before })) } },
      },
      planned_values: {
        root_module: { resources: all.map((one) => ({ ...head(one), values: one.after })) },
      },
      resource_changes: all.map(({ before, after, actions: own, ...one }) => ({
        ...one,
        change: { actions: own, before, after, after_unknown: {} },
      })),
      configuration: { root_module: { resources: all.map((one) => ({ ...head(one), expressions: {} })) } },
    });
  }

  const ACCEPTED = {
    id: 'HRD-B23',
    level: 'warning',
    title: 'lives long',
    environment: 'shop-production',
    stack: 'shop-production',
    address: 'vault_approle_auth_backend_role.store',
    seen: 'x',
    remedy: 'y',
    acknowledgement: { id: 'HRD-B23', constructPath: 'store', reason: 'the host renews it', owner: 'ops' },
  };

  /** A working tree with another environment too, and an accepted finding. */
  function project(plan = planned()): { readonly folder: string; readonly machine: FakeMachine } {
    const folder = temporaryFolder();
    const role = { secret_id_ttl: undefined, '//': { metadata: { path: 'store' } } };
    const production = shopWith({ 'vault_approle_auth_backend_role.store': role });
    const written = synthWith({
      'shop-production': { resource: production },
      'shop-staging': { resource: SHOP },
    });
    fs.mkdirSync(path.join(written, 'review'));
    fs.writeFileSync(path.join(written, 'review', 'findings.json'), JSON.stringify({ findings: [ACCEPTED] }));
    for (const name of ['cdktf.json', 'main.ts']) fs.writeFileSync(path.join(folder, name), '');
    // Of the last synth: the names alone are looked at.
    const stacks = { 'shop-production': {}, 'shop-staging': {} };
    fs.mkdirSync(path.join(folder, 'cdktf.out'));
    fs.writeFileSync(path.join(folder, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks }));
    fs.writeFileSync(path.join(folder, 'shop-production.json'), plan);
    return { folder, machine: new SynthesizingMachine(written) };
  }

  async function reviewed(plan?: string, line = '--plan shop-production.json') {
    const { folder, machine } = project(plan);
    const { code, out } = await run(`${line} --format json`, folder, machine);
    const { environments } = JSON.parse(out);
    return { code, environments, only: environments[0] };
  }

  test('what is on the server is what they are compared with, in their environment alone', async () => {
    const { environments, only } = await reviewed();
    expect(environments.map(({ name }: { name: string }) => name)).toEqual(['shop-production']);
    expect(only).toMatchObject({
      presence: 'changed',
      access: { identities: [{ name: 'store', changes: [{ isNarrowing: true, isBroadening: false }] }] },
    });
  });

  test('a plan that changes nothing has no difference at all, and may not broaden', async () => {
    const { folder, machine } = project(planned(`${RULES}\n`, ['no-op']));
    const line = '--plan shop-production.json --fail-on broadening,destroy,drift';
    const { code, out, said } = await run(line, folder, machine);
    expect({ code, said }).toEqual({ code: 0, said: ['synthesizing the working tree'] });
    expect(out).toContain('nothing changes in 1 environment');
  });

  test('acknowledgements are those of the working tree', async () => {
    const { only } = await reviewed();
    const accepted = [...only.findings.stillAccepted, ...only.findings.newlyAccepted];
    expect(accepted.map(({ id }: { id: string }) => id)).toEqual(['HRD-B23']);
    expect(only.findings.newlyAccepted).toEqual([]);
    expect(only.findings.stillAccepted).toHaveLength(1);
  });

  test('a policy on the server that nobody can read is no reason to refuse', async () => {
    const { code, only } = await reviewed(planned('path {'));
    expect(code).toBe(0);
    expect(only.access.unknown).not.toEqual([]);
  });

  test('a stack of the environment that is not planned stays as it is', async () => {
    const { folder } = project(planned(RULES, ['no-op']));
    const spare = { docker_volume: { spare: { name: 'spare' } } };
    const head = synthWith(
      { 'shop-production': { resource: SHOP }, 'shop-production-extra': { resource: spare } },
      { 'shop-production-extra': ['shop-production'] },
    );
    const { code, out } = await run(`--plan shop-production.json --head ${head}`, folder);
    expect(code).toBe(0);
    expect(out).toContain('nothing changes in 1 environment');
  });

  test('fails with 2 on an environment of which there is no plan', async () => {
    const { folder, machine } = project();
    const line = '--plan shop-production.json --environment shop-staging';
    expect(await run(line, folder, machine)).toMatchObject({
      code: 2,
      out: expect.stringContaining("'--environment' must be one of shop-production, got 'shop-staging'"),
    });
  });

  test('a head may be given, and must be of the plans', async () => {
    const { folder } = project();
    const line = `--plan shop-production.json --head ${synthWith({ 'shop-production': { resource: SHOP } })}`;
    const { code, out } = await run(line, folder);
    expect(code).toBe(0);
    expect(out).toContain('<sub>`what is there` against ');
    const other = `--plan shop-production.json --head ${synthWith({ other: { resource: SHOP } })}`;
    expect(await run(other, folder)).toMatchObject({
      code: 2,
      out: expect.stringMatching(
        /^! '--head' must hold a stack that is planned, got .* without 'shop-production'; /,
      ),
    });
  });

  test('a plan of a stack that is not declared here tells all itself', async () => {
    const { folder, machine } = project();
    const file = path.join(PLANS, 'delete.json');
    const { code, out } = await run(`--plan shop-vault=${file} --fail-on destroy`, folder, machine);
    expect(code).toBe(4);
    expect(out).toContain("> - KV mount 'shop' is **deleted** in `shop-vault`");
  });

  test('a plan of a stack that cannot be declared here tells all itself, without a synth', async () => {
    const { folder, machine } = project();
    const file = path.join(PLANS, 'delete.json');
    const { code, out, said } = await run(`--plan ${file} --fail-on destroy`, folder, machine);
    expect({ code, said }).toEqual({ code: 4, said: ['failing on destroy: delete'] });
    expect(machine.attached).toEqual([]);
    expect(out).toContain("> - KV mount 'shop' is **deleted** in `delete`");
  });

  test('fails with 2 where the plan is of what was declared before', async () => {
    const { folder, machine } = project(planned().replaceAll('vault_audit', 'vault_other'));
    expect(await run('--plan shop-production.json', folder, machine)).toMatchObject({
      code: 2,
      out: expect.stringContaining("must be a plan of what 'shop-production' declares now, got one without"),
    });
  });
});

test('a base may be a revision, which is synthesized by its own app', async () => {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  git('init', '-q', '-b', 'main');
  const json = { resource: SHOP };
  fs.writeFileSync(path.join(folder, 'cdktf.json'), JSON.stringify({ app: 'node app.js' }));
  fs.writeFileSync(
    path.join(folder, 'app.js'),
    `const fs = require('fs'); const f = 'cdktf.out/stacks/shop-production'; fs.mkdirSync(f, { recursive: true });
     fs.writeFileSync(f + '/cdk.tf.json', ${JSON.stringify(JSON.stringify(json))});`,
  );
  git('add', '-A');
  git('commit', '-qm', 'first', '--no-gpg-sign');
  const commit = git('rev-parse', '--short=9', 'HEAD').trim();
  const machine = new FakeMachine();
  const { code, out, said } = await run(`--base main --head ${synth(WITHOUT_SECRET)}`, folder, machine);
  expect(code).toBe(0);
  expect(said).toEqual([`synthesizing main (${commit})`]);
  expect(out).toContain(`<sub>\`main (${commit})\` against `);
});

test('with --output the review is in the file, and where it is is said', async () => {
  const folder = temporaryFolder();
  const { out, said } = await run(`--base ${synth()} --head ${synth(WIDER)} --output review.md`, folder);
  expect(out).toBe('');
  expect(said).toEqual(['written to review.md']);
  expect(fs.readFileSync(path.join(folder, 'review.md'), 'utf8')).toContain('## Review');
});

test('--limit holds', async () => {
  const { out } = await run(`--plan ${path.join(PLANS, 'create.json')} --limit 1500`);
  expect(out.length).toBeLessThanOrEqual(1500);
  expect(out).toContain('Left out');
});

test('help is printed', async () => {
  expect(await run('--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('usage: npm run review'),
  });
});

describe('bad input ends with 2', () => {
  const file = (text: string) => {
    const name = path.join(temporaryFolder(), 'shop.json');
    fs.writeFileSync(name, text);
    return name;
  };

  test.each<[string, () => string, string | RegExp]>([
    [
      'a plan that is not there',
      () => '--plan none.json',
      /^! '--plan' must be a file that can be read, got 'none\.json' \(ENOENT\); /,
    ],
    [
      'a plan that is cut off',
      () => `--plan ${file('{"format_version":"1.2","resource_ch')}`,
      /^! plan of 'shop': must be a plan of Terraform as JSON, got the end of the file at line 1/,
    ],
    [
      'a plan of another format',
      () =>
        `--plan ${file('{"format_version":"2.0","planned_values":{},"configuration":{},"terraform_version":"2.0.0"}')}`,
      /^! plan of 'shop': .*2\.0/,
    ],
    [
      'a folder without stacks',
      () => `--base ${temporaryFolder()} --head ${synth()}`,
      /^! '--base' must hold synthesized stacks, got /,
    ],
    [
      'a base that is nothing',
      () => `--base none --head ${synth()}`,
      /^! '--base' must be a folder of a synth or a revision that git knows, got 'none'; /,
    ],
    [
      'an environment that there is not',
      () => `--base ${synth()} --head ${synth()} --environment shop-productio`,
      "! '--environment' must be one of shop-production, got 'shop-productio'; did you mean 'shop-production'?",
    ],
    [
      'a policy that cannot be read',
      () => `--base ${synth()} --head ${synth({ 'vault_policy.store': { policy: 'path {' } })}`,
      /^! .*policy 'store'/,
    ],
    [
      'an output that cannot be written',
      () => `--base ${synth()} --head ${synth()} --output none/x.md`,
      /^! '--output' must be a file that can be written, got 'none\/x\.md' \(ENOENT\)/,
    ],
  ])('%s', async (_, line, problem) => {
    const { code, out } = await run(line());
    expect(out).toMatch(problem);
    expect(code).toBe(2);
  });
});

describe('as a program', () => {
  const program = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'operations/review.ts', ...args], { encoding: 'utf8' });

  test('the review is on stdout, and what it fails on is its exit code', () => {
    const { status, stdout, stderr } = program(
      '--base',
      synth(),
      '--head',
      synth(WIDER),
      '--fail-on',
      'broadening',
    );
    expect({ status, stderr }).toEqual({ status: 3, stderr: 'failing on broadening: shop-production\n' });
    expect(stdout.startsWith('<!-- vault-platforms-review -->\n')).toBe(true);
  });

  test('fails with 2 and a line on stderr alone', () => {
    expect(program('--plan', 'none.json')).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        "error: '--plan' must be a file that can be read, got 'none.json' (ENOENT); name what 'terraform show -json' wrote\n",
    });
  });
});
