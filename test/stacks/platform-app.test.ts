import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Construct } from 'constructs';
import { acknowledge } from '../../constructs/acknowledgement';
import { Distribution } from '../../constructs/distribution';
import { PlatformApp, synthesize } from '../../stacks/platform-app';
import { testPlatform } from '../helper';
import { contentOf, namesIn, temporaryFolder } from './folder';

/** A platform with a policy; without grants its validation fails. */
function declare(app: PlatformApp, name = 'shop', granted = true, hostPort = 8200): void {
  const platform = testPlatform(
    app,
    {
      vault: {
        containerName: `${name}-vault`,
        distribution: Distribution.vault('hashicorp/vault:1.17.6'),
        hostPort,
      },
    },
    name,
  );
  platform.addPolicy('billing', granted ? { lists: [platform.addMount('apps').everything()] } : {});
}

function synth(outdir: string, ...declarations: ((app: PlatformApp) => void)[]): void {
  const app = new PlatformApp(outdir);
  for (const one of declarations) one(app);
  app.synth();
}

const NOTHING_GRANTED =
  "'reads' must grant something, got nothing although 'billing' is given the address of a Vault; grant it a secret, or declare it without Vault";

test('all stacks and the manifest are written, and nothing else', () => {
  const outdir = temporaryFolder();
  synth(outdir, declare);
  expect(namesIn(outdir)).toEqual([
    'manifest.json',
    'stacks',
    ...['access', 'services', 'vault'].flatMap((stack) => [
      `stacks/shop-development-${stack}`,
      `stacks/shop-development-${stack}/cdk.tf.json`,
    ]),
  ]);
});

test('the manifest names stacks by paths that the command line finds, with their dependencies', () => {
  const outdir = temporaryFolder();
  synth(outdir, declare);
  const { stacks } = JSON.parse(fs.readFileSync(path.join(outdir, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, { synthesizedStackPath: string; dependencies: string[] }>;
  };
  expect(
    Object.entries(stacks).map(([name, { synthesizedStackPath, dependencies }]) => [
      name,
      fs.existsSync(path.join(outdir, synthesizedStackPath)),
      dependencies,
    ]),
  ).toEqual([
    ['shop-development-access', true, ['shop-development-vault']],
    ['shop-development-services', true, ['shop-development-access']],
    ['shop-development-vault', true, []],
  ]);
});

test('the same declaration gives the same bytes, wherever it is written', () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  synth(first, declare);
  synth(second, declare);
  synth(second, declare);
  expect(contentOf(second)).toEqual(contentOf(first));
});

test('stacks that are declared no more are removed', () => {
  const outdir = temporaryFolder();
  synth(outdir, declare, (app) => declare(app, 'depot', true, 8210));
  expect(fs.readdirSync(path.join(outdir, 'stacks'))).toHaveLength(6);
  synth(outdir, declare);
  expect(fs.readdirSync(path.join(outdir, 'stacks'))).toEqual([
    'shop-development-access',
    'shop-development-services',
    'shop-development-vault',
  ]);
});

describe('a validation that fails', () => {
  test('fails the synth, and leaves what was there byte for byte', () => {
    const outdir = temporaryFolder();
    synth(outdir, declare);
    const before = contentOf(outdir);

    expect(() =>
      synth(
        outdir,
        (app) => declare(app, 'depot', true, 8210),
        (app) => declare(app, 'shop', false),
      ),
    ).toThrow(new Error(`[shop-development-access/billing-policy] ${NOTHING_GRANTED}`));

    expect(contentOf(outdir)).toEqual(before);
  });

  test('fails with all problems of all stacks at once', () => {
    const outdir = temporaryFolder();
    expect(() =>
      synth(
        outdir,
        (app) => declare(app, 'shop', false),
        (app) => declare(app, 'depot', false, 8210),
      ),
    ).toThrow(
      new Error(
        [
          `[shop-development-access/billing-policy] ${NOTHING_GRANTED}`,
          `[depot-development-access/billing-policy] ${NOTHING_GRANTED}`,
        ].join('\n'),
      ),
    );
    expect(namesIn(outdir)).toEqual([]);
  });

  test('leaves no folder that was not there', () => {
    const outdir = path.join(temporaryFolder(), 'cdktf.out');
    expect(() => synth(outdir, (app) => declare(app, 'shop', false))).toThrow(NOTHING_GRANTED);
    expect(fs.existsSync(outdir)).toBe(false);
  });
});

test('what a killed run left is removed', () => {
  const outdir = temporaryFolder();
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  fs.mkdirSync(path.join(outdir, `.synth-${pid}-abcdef`));
  synth(outdir, declare);
  expect(fs.readdirSync(outdir)).toEqual(['manifest.json', 'stacks']);
});

describe('a review', () => {
  const wide = (app: PlatformApp) => {
    const platform = testPlatform(app);
    const apps = platform.addMount('apps');
    platform.addPolicy('keeper', {
      allows: [{ path: 'sys/policies/acl/*', capabilities: ['update'], reason: 'x' }],
    });
    platform.addPolicy('wrong', { allows: [{ path: 'apps/mail', capabilities: ['read'], reason: 'x' }] });
    return { platform, apps };
  };
  const acknowledgement = { id: 'VLT010', reason: 'two people, watched', owner: 'platform team' };

  test('fails the synth on an error, and leaves the stacks that were there byte for byte', async () => {
    const outdir = temporaryFolder();
    synth(outdir, declare);
    const before = contentOf(outdir);
    const app = new PlatformApp(outdir);
    wide(app);
    await expect(app.synthReviewed()).rejects.toThrow(
      /^\[shop-development-access\/wrong-policy\/Resource\] VLT005: path "apps\/mail" .*; write 'apps\/data\/mail' [^\n]*\nhow to mend it: docs\/rules\/VLT005\.md$/,
    );
    const stacks = Object.entries(contentOf(outdir)).filter(([file]) => !/^review(\/|$)/.test(file));
    expect(Object.fromEntries(stacks)).toEqual(before);
    const { findings } = JSON.parse(fs.readFileSync(path.join(outdir, 'review/findings.json'), 'utf8'));
    expect(findings).toMatchObject([{ id: 'VLT005', level: 'error' }, { id: 'VLT010' }]);
  });

  test('for a review publishes what rules refuse', async () => {
    const outdir = temporaryFolder();
    const app = new PlatformApp(outdir);
    wide(app);
    const { findings } = await app.synthReviewed(true);
    expect(findings).toMatchObject([{ id: 'VLT005', level: 'error' }, { id: 'VLT010' }]);
    expect(fs.readdirSync(path.join(outdir, 'stacks'))).toContain('shop-development-access');
  });

  test('lets pass what is acknowledged and what is only a warning, and leaves reports beside the stacks', async () => {
    const outdir = temporaryFolder();
    const app = new PlatformApp(outdir);
    const { platform } = wide(app);
    acknowledge(platform, { ...acknowledgement, id: 'VLT001' });
    await expect(app.synthReviewed()).rejects.toThrow(
      /ACK001: there is no finding VLT001 of shop-development;/,
    );

    const second = new PlatformApp(outdir);
    const { identities } = wide(second).platform;
    acknowledge(identities.get('keeper') as Construct, acknowledgement);
    acknowledge(identities.get('wrong') as Construct, { ...acknowledgement, id: 'VLT005' });
    const { findings } = await second.synthReviewed();
    expect(findings.map(({ id, acknowledgement: accepted }) => [id, accepted?.owner])).toEqual([
      ['VLT005', 'platform team'],
      ['VLT010', 'platform team'],
    ]);
    expect(fs.readdirSync(path.join(outdir, 'review'))).toEqual([
      'findings.json',
      'findings.junit.xml',
      'findings.sarif',
    ]);
  });

  test('has nothing to say of stacks without anything of Vault', async () => {
    const app = new PlatformApp(temporaryFolder());
    testPlatform(app);
    expect(await app.synthReviewed()).toMatchObject({ environments: [], findings: [] });
  });
});

describe('synthesize', () => {
  const outdir = temporaryFolder();
  let printed = '';
  beforeEach(() => {
    printed = '';
    process.env.CDKTF_OUTDIR = outdir;
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      printed += text;
      return true;
    });
  });
  afterEach(() => {
    delete process.env.CDKTF_OUTDIR;
    delete process.env.SYNTH_FOR_REVIEW;
    process.exitCode = undefined;
    jest.restoreAllMocks();
  });

  test('writes where the command line says, and prints no summary there', async () => {
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await synthesize(declare);
    expect(fs.readdirSync(path.join(outdir, 'stacks'))).toHaveLength(3);
    expect([printed, process.exitCode, stdout.mock.calls]).toEqual(['', undefined, []]);
  });

  test('for a review writes what rules refuse, to the folder that is asked for, and prints nothing', async () => {
    const reviewed = temporaryFolder();
    process.env.SYNTH_FOR_REVIEW = reviewed;
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const before = contentOf(outdir);
    await synthesize((app) => {
      const policy = { path: 'apps/mail', capabilities: ['read'], reason: 'x' } as const;
      const platform = testPlatform(app);
      platform.addMount('apps');
      platform.addPolicy('wrong', { allows: [policy] });
    });
    expect(fs.readdirSync(path.join(reviewed, 'stacks'))).toHaveLength(3);
    expect([printed, process.exitCode, stdout.mock.calls]).toEqual(['', undefined, []]);
    expect(contentOf(outdir)).toEqual(before);
  });

  test('fails with one message and an exit code', async () => {
    await synthesize((app) => declare(app, 'shop', false));
    expect([printed, process.exitCode]).toEqual([
      `error: [shop-development-access/billing-policy] ${NOTHING_GRANTED}\n`,
      1,
    ]);
  });

  test.each<[string, string, string]>([
    [
      'each problem of a construct as one',
      '[shop/a] is wrong\n[shop/b] is wrong',
      'error: [shop/a] is wrong\nerror: [shop/b] is wrong\n',
    ],
    [
      'what is said at the end as none',
      '[shop/a] is wrong\nhow to mend it: docs/rules/VLT005.md',
      'error: [shop/a] is wrong\nhow to mend it: docs/rules/VLT005.md\n',
    ],
  ])('fails with %s', async (_, message, expected) => {
    await synthesize(() => {
      throw new Error(message);
    });
    expect(printed).toBe(expected);
  });

  test('fails in a process of its own without leaving a staging folder', () => {
    const folder = temporaryFolder();
    const script = path.join(folder, 'main.ts');
    const module = JSON.stringify(path.resolve('stacks/platform-app'));
    fs.writeFileSync(
      script,
      `import { synthesize } from ${module};\nsynthesize(() => { throw new Error('wrong'); });\n`,
    );
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['--import', require.resolve('tsx'), script],
      { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } },
    );
    expect([status, stdout, stderr]).toEqual([1, '', 'error: wrong\n']);
    expect(namesIn(folder)).toEqual(['main.ts']);
  });
});
