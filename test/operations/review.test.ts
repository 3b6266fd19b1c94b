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
  const { code } = await run(`--base ${synth()} --head ${synth(change as never)} --fail-on ${failOn}`);
  expect(code).toBe(expected);
});

const PLANS = path.join(__dirname, '..', 'review', 'plans');

test('plans alone tell what was there before', async () => {
  const { code, out } = await run(`--plan ${path.join(PLANS, 'delete.json')} --fail-on drift,destroy`);
  expect(code).toBe(4);
  expect(out).toContain("> - KV mount 'shop' is **deleted** in `delete`");
  expect(out).toMatch(/\| `delete` \| `sha256:[0-9a-f]{64}` \|/);
});

test('drift is told by a plan, also where somebody wrote a policy that cannot be read', async () => {
  const { code, out } = await run(`--plan ${path.join(PLANS, 'drift.json')} --fail-on drift`);
  expect(code).toBe(6);
  expect(out).toContain('### Drift: changed by somebody else');
});

test('a plan beside two synths is what is shown of its stack', async () => {
  const plan = path.join(PLANS, 'same.json');
  const { out } = await run(
    `--base ${synth()} --head ${synth(WITHOUT_SECRET)} --plan shop-production=${plan} --format json`,
  );
  const { environments, plans } = JSON.parse(out);
  expect(environments.map(({ name, changes }: never) => [name, changes])).toEqual([['shop-production', []]]);
  expect(plans).toMatchObject([{ stack: 'shop-production', isEmpty: true }]);
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
  const machine = new FakeMachine({ 'git rev-parse': { stdout: `${commit}\n` } });
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
      /^! 'revision' must be a folder of a synth or a revision that git knows, got 'none'; /,
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
    expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
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
