import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Environment } from '../constructs/environment';
import type { Platform } from '../stacks/platform';
import { resources, synth, testApp } from './helper';

const root = path.join(__dirname, '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
    ([, block]) => block as string,
  );
}

describe('the code of the README', () => {
  // A project of its own beside what the text imports; removed at the end.
  const folder = fs.mkdtempSync(path.join(root, '.readme-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const one of ['access', 'constructs', 'policies', 'stacks']) {
    fs.symlinkSync(path.join(root, one), path.join(folder, one));
  }
  const files = blocks('ts').map((block) => {
    const [, name = 'unnamed.ts'] = /^\/\/ (\S+\.ts)\n/.exec(block) ?? [];
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, block);
    return file;
  });

  test('compiles', () => {
    const config = path.join(folder, 'tsconfig.json');
    fs.writeFileSync(config, JSON.stringify({ extends: '../tsconfig.json', include: files }));
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    expect(() => execFileSync(process.execPath, [tsc, '-p', config], { stdio: 'pipe' })).not.toThrow();
  });

  test('declares a platform in about 40 lines that synthesizes as the text says', () => {
    const { shop } = require(files[0] as string) as {
      shop: (app: ReturnType<typeof testApp>, environment: Environment) => Platform;
    };
    const [, access, services] = shop(testApp(), Environment.development()).stacks;
    const containers = Object.values(resources(synth(services), 'docker_container'));
    expect(containers.find(({ name }) => name === 'shop-store')?.env).toEqual([
      'VAULT_ADDR=http://shop-vault:8200',
      'VAULT_MOUNT=shop',
      expect.stringMatching(/^VAULT_TOKEN=\$\{vault_token\.store_token_\w+\.client_token\}$/),
    ]);
    const policies = Object.values(resources(synth(access), 'vault_policy')).map(
      ({ policy }) => policy as string,
    );
    for (const hcl of blocks('hcl')) expect(policies.join('\n')).toContain(hcl.trim());
    expect(blocks('ts')[0]?.split('\n').length).toBeLessThanOrEqual(50);
  });

  describe('tests', () => {
    for (const file of files.filter((name) => name.endsWith('.test.ts'))) require(file);
  });
});

test('the commands of the README are scripts of the package', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = blocks('sh').flatMap((block) =>
    [...block.matchAll(/npm (?:run )?(?:--silent )?(\w+)/g)].map(([, name]) => name),
  );
  const own = ['synth', 'test', 'deploy', 'destroy', 'certificates', 'vault', 'access', 'review', 'plan'];
  expect(new Set(named)).toEqual(new Set(['ci', ...own]));
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(own));
});

test('what the README shows of a command is what it prints', () => {
  const folder = synthesized();
  for (const [, args, expected] of readme.matchAll(/\$ npm run --silent access -- ([^\n]*)\n(.*?)```/gs)) {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'operations/access.ts', ...(args as string).split(' '), '--synth', folder],
      { cwd: root, encoding: 'utf8' },
    );
    expect({ stdout, status }).toEqual({ stdout: expected, status: 1 });
  }
  expect.hasAssertions();
});

test('the inputs of the README are inputs of the platform', () => {
  const { context } = JSON.parse(blocks('json')[0] as string) as { context: Record<string, unknown> };
  synthesized({ CDKTF_CONTEXT_JSON: JSON.stringify(context) });
});

const written: string[] = [];
afterAll(() => {
  for (const folder of written) fs.rmSync(folder, { recursive: true, force: true });
});

/** Where everything is synthesized to. A warning would be a word too much on this page. */
function synthesized(variables: Readonly<Record<string, string>> = {}): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'readme-'));
  written.push(folder);
  const output = execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...variables, CDKTF_OUTDIR: folder },
  });
  expect(output).toBe('');
  return folder;
}
