import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { access } from '../../operations/access';
import { FakeMachine, synthesizedProject, temporaryFolder } from './fakes';

const POLICY = 'path "apps/data/mail" {\n  capabilities = ["read"]\n}\n';

/** Runs the command in a folder, with what it printed. */
async function run(folder: string, line: string, machine = new FakeMachine(), columns?: number) {
  const out: string[] = [];
  const said: string[] = [];
  const code = await access(line.split(' ').filter(Boolean), {
    machine,
    folder,
    print: (text) => out.push(text),
    say: (text) => said.push(text),
    columns,
  }).catch((error: { problems?: readonly string[]; exitCode?: number; message: string }) => {
    if (!error.problems) throw error;
    out.push(...error.problems.map((problem) => `! ${problem}`));
    return error.exitCode;
  });
  return { code, out: out.join('\n'), said };
}

/** A folder with policies written by hand. */
function policies(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

describe('of a synth', () => {
  const project = synthesizedProject();

  test('the matrix is of all environments, or of one', async () => {
    const all = await run(project, '--synth cdktf.out');
    expect(all).toMatchObject({ code: 0, said: [] });
    expect(all.out).toContain('shop-development: ');
    const one = await run(project, '--synth cdktf.out --environment shop-development --format json');
    expect(JSON.parse(one.out).environments).toMatchObject([{ name: 'shop-development' }]);
  });

  test('the matrix is as wide as the terminal, but not in a file', async () => {
    const lines = ({ out }: { readonly out: string }) => out.split('\n').length;
    const narrow = await run(project, '--synth cdktf.out', new FakeMachine(), 60);
    const wide = await run(project, '--synth cdktf.out', new FakeMachine(), 100);
    expect(lines(narrow)).toBeGreaterThan(lines(wide));

    const file = path.join(temporaryFolder(), 'report');
    await run(project, `--synth cdktf.out --output ${file}`, new FakeMachine(), 60);
    expect(fs.readFileSync(file, 'utf8')).toBe(wide.out);
  });

  test.each(['text', 'markdown', 'json', 'html'])(
    'a report as %s is written whole to its file',
    async (format) => {
      const file = path.join(temporaryFolder(), 'report');
      fs.writeFileSync(file, 'an older one');
      const { code, out, said } = await run(project, `--synth cdktf.out --format ${format} --output ${file}`);
      expect({ code, out, said }).toEqual({ code: 0, out: '', said: [`written to ${file}`] });
      expect(fs.readFileSync(file, 'utf8')).toContain('shop-development');
      expect(fs.readdirSync(path.dirname(file))).toEqual(['report']);
    },
  );

  test('who reaches a secret, in the environments that have it', async () => {
    const { out, code } = await run(project, 'who apps/mail --synth cdktf.out');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^shop-development\n {2}apps\/data\/mail\n {4}web {2}read {2}by path "apps\/data\/mail"/,
    );
    expect((await run(project, 'who nowhere --synth cdktf.out')).out).toContain('nobody of ');
    const json = await run(project, 'who apps/mail --synth cdktf.out --format json');
    expect(JSON.parse(json.out).environments[0].paths[0].identities).toMatchObject([
      { capabilities: ['read'] },
    ]);
  });

  test.each([
    ['can web read apps/mail', 0, 'yes: web of shop-development can read apps/data/mail\n'],
    ['can shop-development/web read apps/mail', 0, 'yes: web of'],
    ['can web read apps/mail --environment shop-development', 0, 'yes: web of'],
    [
      'can web delete apps/mail',
      1,
      'no: web of shop-development cannot delete apps/data/mail: the rule has no delete',
    ],
    ['can web list sys/mounts', 1, 'no: web of shop-development cannot list sys/mounts: no rule matches'],
  ])("'%s' ends with %i", async (line, code, answer) => {
    const result = await run(project, `${line} --synth cdktf.out`);
    expect(result.code).toBe(code);
    expect(result.out).toContain(answer);
  });

  test('a difference between two folders', async () => {
    const head = temporaryFolder();
    fs.cpSync(path.join(project, 'cdktf.out'), head, { recursive: true });
    const same = await run(project, `diff cdktf.out ${head} --fail-on broadening`);
    expect(same).toEqual({ code: 0, out: 'nobody gains or loses access\n', said: [] });
    const file = path.join(head, 'stacks', 'shop-development-access', 'cdk.tf.json');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('apps/data/mail', 'apps/data/*'));

    const broader = await run(project, `diff cdktf.out ${head}`);
    expect(broader.code).toBe(0);
    expect(broader.out).toContain('web gains read on paths of apps/data/*, such as apps/data/any');
    expect((await run(project, `diff cdktf.out ${head} --fail-on broadening`)).code).toBe(3);
    expect((await run(project, `diff ${head} cdktf.out --fail-on broadening`)).code).toBe(0);
    const markdown = await run(project, `diff cdktf.out ${head} --format markdown`);
    expect(markdown.out).toContain('### `shop-development`');
    const other = await run(project, `diff cdktf.out ${head} --environment shop-developmnt`);
    expect(other.out).toBe(
      "! '--environment' must be one of shop-development, got 'shop-developmnt'; did you mean 'shop-development'?",
    );
  });

  test('a policy that is declared nowhere is a broadening for whoever gets it', async () => {
    const folder = (...policies: string[]) => {
      const project = temporaryFolder();
      const role = { role_name: 'web', token_policies: policies };
      fs.mkdirSync(path.join(project, 'stacks', 'shop'), { recursive: true });
      fs.writeFileSync(
        path.join(project, 'stacks', 'shop', 'cdk.tf.json'),
        JSON.stringify({ resource: { vault_approle_auth_backend_role: { web: role } } }),
      );
      return project;
    };
    const [before, after] = [folder('a'), folder('a', 'superadmin')];
    const { code, out } = await run(before as string, `diff ${before} ${after} --fail-on broadening`);
    expect(code).toBe(3);
    expect(out).toContain("'superadmin'");
    expect((await run(before as string, `diff ${after} ${before} --fail-on broadening`)).code).toBe(0);
  });

  test.each([
    [
      'an environment that there is not',
      '--environment shop-developmnt',
      "'--environment' must be one of shop-development, got 'shop-developmnt'; did you mean 'shop-development'?",
    ],
    [
      'an identity that there is not',
      'can webb read x',
      "'identity' must be declared, got 'webb'; did you mean 'web'?",
    ],
    [
      'a file that cannot be written',
      '--output nowhere/at/all',
      "'--output' must be a file that can be written, got 'nowhere/at/all' (ENOENT); name another one",
    ],
  ])('fails on %s', async (_, line, problem) => {
    expect(await run(project, `${line} --synth cdktf.out`)).toEqual({
      code: 2,
      out: `! ${problem}`,
      said: [],
    });
  });
});

describe('of policies written by hand', () => {
  test('a token with some of them', async () => {
    const folder = policies({ 'a.hcl': POLICY, 'b.hcl': 'path "apps/*" { capabilities = ["deny"] }' });
    const [a, b] = ['a.hcl', 'b.hcl'].map((name) => path.join(folder, name));
    const yes = await run(folder, `can --policy ${a} --policy ${b} read apps/data/mail`);
    expect(yes.code).toBe(0);
    expect(yes.out).toContain('lost: path "apps/*" { deny }');
    expect((await run(folder, `can --policy ${b} read apps/data/mail`)).code).toBe(1);
  });

  test('a folder of them, each by itself', async () => {
    const folder = policies({ 'mail.hcl': POLICY, 'nothing.hcl': 'path "x" { capabilities = [] }' });
    const { out, code } = await run(folder, 'who apps/data/mail --synth .');
    expect(code).toBe(0);
    expect(out).toContain('mail (policy)  read');
    expect(out).not.toContain('nothing');
  });

  test('two folders of them compare, whatever they are called', async () => {
    const [before, after] = [
      policies({ 'mail.hcl': POLICY }),
      policies({ 'mail.hcl': POLICY.replace('read', 'list') }),
    ];
    const { out } = await run(before as string, `diff ${before} ${after}`);
    expect(out).toContain('mail gains list and loses read on apps/data/mail');
  });

  test('where no rule begins like a path that nobody reaches, that is said', async () => {
    const folder = policies({ 'mail.hcl': POLICY });
    const { out, said } = await run(folder, 'who aps/data/mail --synth .');
    expect(out).toContain('nobody of ');
    expect(said).toEqual(["warning: no engine and no rule begins with 'aps'; did you mean 'apps'?"]);
    expect((await run(folder, 'who apps/data/other --synth .')).said).toEqual([]);
  });

  test.each([
    ['broken HCL', { 'a.hcl': 'path "x" {\n  capabilities = ["read"\n}' }, 'a.hcl:'],
    ['an unknown capability', { 'a.hcl': 'path "x" {\n  capabilities = ["write"]\n}' }, 'a.hcl:2:'],
    ['+*', { 'a.hcl': '\npath "x/+*" { capabilities = ["read"] }' }, 'a.hcl:2:'],
  ])('fails on %s with file and position', async (_, files, place) => {
    const folder = policies(files);
    for (const line of ['--synth .', `can --policy ${path.join(folder, 'a.hcl')} read x`]) {
      const { out, code } = await run(folder, line);
      expect(code).toBe(2);
      expect(out).toMatch(/^! [^\n]+$/);
      expect(out).toContain(place);
    }
  });
});

test.each([
  [1, 2],
  [7, 7],
])(
  'where the platforms do not synthesize, with %i, it ends with %i: 1 would be an answer',
  async (code, expected) => {
    const machine = new FakeMachine({}, {}, () => code);
    expect((await run(temporaryFolder(), 'can web read x', machine)).code).toBe(expected);
  },
);

describe('an output', () => {
  const folder = policies({ 'mail.hcl': POLICY });
  const out = (name: string) => path.join(folder, name);

  test('that is a pipe gets the report, and stays one', async () => {
    const pipe = out('pipe');
    execFileSync('mkfifo', [pipe]);
    // Open for both ways, so that neither waits for the other.
    const end = fs.openSync(pipe, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
    try {
      expect((await run(folder, '--synth . --output pipe')).code).toBe(0);
      expect(fs.lstatSync(pipe).isFIFO()).toBe(true);
      const read = Buffer.alloc(8192);
      expect(read.toString('utf8', 0, fs.readSync(end, read))).toContain('apps/data/mail');
    } finally {
      fs.closeSync(end);
    }
  });

  test('that is a link to a file for few has the report there', async () => {
    fs.writeFileSync(out('report'), 'an older one', { mode: 0o600 });
    fs.symlinkSync('report', out('link'));
    expect((await run(folder, '--synth . --output link')).code).toBe(0);
    expect(fs.lstatSync(out('link')).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(out('report'), 'utf8')).toContain('apps/data/mail');
    expect(fs.statSync(out('report')).mode & 0o777).toBe(0o600);
  });
});

const ACCESS = ['--import', 'tsx', 'operations/access.ts', 'can', 'read', 'x', '--policy'];

test.each([
  ['has read enough', 'true', '0 ', ''],
  [
    'cannot take it all',
    'cat > /dev/null',
    '2 ',
    "error: 'stdout' must take the whole answer, got ENOSPC; write it to an --output\n",
  ],
])('whoever reads the answer and %s gets no stack trace', (_, reader, code, problem) => {
  const file = path.join(policies({ 'x.hcl': 'path "x" { capabilities = ["read"] }' }), 'x.hcl');
  const full = problem === '' ? '' : '>/dev/full';
  const script = `{ "$0" "$@" ${full}; printf '%s ' $? >&2; } | ${reader}`;
  const { stderr } = spawnSync('sh', ['-c', script, process.execPath, ...ACCESS, file], { encoding: 'utf8' });
  expect(stderr).toBe(`${problem}${code}`);
});

test('without a synth all platforms are synthesized', async () => {
  const machine = new FakeMachine({}, {}, () => 7);
  expect((await run(temporaryFolder(), 'who x', machine)).code).toBe(7);
  expect(machine.attached[0]?.args).toContain('main.ts');
});

test.each([
  ['a folder that is no synth', {}, 'x.txt', '.', 'must hold a synth'],
  ['JSON that is cut off', { 'stacks/a/cdk.tf.json': '{"resource": {' }, '', '.', 'cdk.tf.json:1:'],
  ['neither a folder nor a revision', {}, '', 'nowhere', "'base' must be a folder of a synth or a revision"],
])('fails on %s with one line', async (_, files, empty, base, problem) => {
  const folder = temporaryFolder();
  execFileSync('git', ['init', '-q'], { cwd: folder });
  for (const [name, text] of Object.entries({ ...files, ...(empty && { [empty]: '' }) })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  const { out, code, said } = await run(folder, `diff ${base} ${base}`);
  expect(code).toBe(2);
  expect(out).toMatch(/^! [^\n]+$/);
  expect(out).toContain(problem);
  expect(said).toEqual([]);
});

describe('of revisions', () => {
  /** A repository whose app writes one stack with a policy, which allows what the revision's file says. */
  function repository(...capabilities: readonly string[]): string {
    const folder = temporaryFolder();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
        cwd: folder,
      });
    git('init', '-q', '-b', 'main');
    for (const capability of capabilities) {
      const policy = `path "apps/mail" { capabilities = ["${capability}"] }`;
      const stack = { resource: { vault_policy: { mail: { name: 'mail', policy } } } };
      fs.writeFileSync(path.join(folder, 'stack.json'), JSON.stringify(stack));
      fs.writeFileSync(path.join(folder, 'cdktf.json'), JSON.stringify({ app: APP }));
      git('add', '-A');
      git('commit', '-qm', capability, '--no-gpg-sign');
      git('tag', capability);
    }
    return folder;
  }
  const APP = 'mkdir -p cdktf.out/stacks/shop && cp stack.json cdktf.out/stacks/shop/cdk.tf.json';

  test('what the later one gives and takes', async () => {
    const { out, code, said } = await run(
      repository('read', 'update'),
      'diff read update --fail-on broadening',
    );
    expect(code).toBe(3);
    expect(out).toContain('gains update and loses read on apps/mail');
    expect(said.map((line) => line.replace(/\(.*/, ''))).toEqual([
      'synthesizing read ',
      'synthesizing update ',
    ]);
  });

  test('fails with a line and no half answer where one cannot be read', async () => {
    expect(await run(repository('read', 'write'), 'diff read write')).toMatchObject({
      code: 2,
      out: expect.stringMatching(/^! .*vault_policy\.mail.*got 'write'[^\n]*$/),
    });
  });
});

test('fails where wildcards overlap in too many ways to tell what changes', async () => {
  const overlapping = (capability: string) =>
    Array.from({ length: 24 }, (_, i) => {
      const segments = Array.from({ length: 12 }, (_, j) => (j === i % 12 ? `n${i}` : '+'));
      return `path "${segments.join('/')}/m${i}" { capabilities = ["${capability}"] }\n`;
    }).join('');
  // It shares paths with each of them, which have none in common.
  const around = `path "${Array(13).fill('+').join('/')}" { capabilities = ["read"] }\n`;
  const base = policies({ 'mail.hcl': `${overlapping('read')}${around}` });
  const head = policies({ 'mail.hcl': `${overlapping('update')}${around}` });
  const { out, code } = await run(base, `diff ${base} ${head}`);
  expect(code).toBe(2);
  expect(out).toMatch(
    /^! policies of 'mail': wildcards must overlap in fewer ways, got more than 1,000,000 [^\n]+$/,
  );
});

test('the usage is printed where it is asked for', async () => {
  expect(await run(temporaryFolder(), 'diff --help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('usage: '),
  });
});

describe('an error', () => {
  const long = 'x'.repeat(100_000);
  const folder = policies({
    'a.hcl': POLICY,
    'text.hcl': `root:(0:${long}\n`,
    'word.hcl': `path "a" {\n  ${long} = 1\n}\n`,
  });
  const file = (name: string) => path.join(folder, `${name}.hcl`);

  test.each([
    [
      `can --policy ${file('a')} read ${long}*`,
      /^! 'path' must be one path .*, got 'x{100}…'; npm run access has/,
    ],
    [`can --policy ${file('a')} ${long} a`, /, got 'x{100}…'; see npm run/],
    [`${long}`, /, got 'x{100}…'; see npm run/],
    [`--format ${long}`, /, got 'x{100}…'; see npm run/],
    [`can --policy ${long} read a`, /^! x{500}…: must be a policy's file, got /],
    [`can ${long} read a --synth ${policies({ 'a.hcl': POLICY })}`, /, got 'x{100}…'; there are a/],
    [
      `--synth ${long}`,
      /^! 'folder' must hold what a synth wrote, got '[^']{100}…', which cannot be read \(ENAMETOOLONG\); /,
    ],
    [
      `can --policy ${file('word')} read a`,
      /^! \S+word.hcl:2:3: a path must have .*, got 'x{100}…'; take it away$/,
    ],
    [
      `can --policy ${file('text')} read a`,
      /^! \S+text.hcl:1:5: a policy must be HCL, got ':\(0:x{26}…'; write /,
    ],
  ])('case %#: does not quote without end', async (line, expected) => {
    const { code, out } = await run(folder, line);
    expect(code).toBe(2);
    expect(out).toMatch(expected);
    expect(out.length).toBeLessThan(800);
  });
});
