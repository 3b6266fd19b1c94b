import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
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
  // Beside platforms/, so that the text's own imports resolve; removed at the end.
  const folder = fs.mkdtempSync(path.join(root, '.readme-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const files = blocks('ts').map((block, i) => {
    const file = path.join(folder, `block-${i}.ts`);
    fs.writeFileSync(file, block);
    return file;
  });

  test('compiles', () => {
    const config = path.join(folder, 'tsconfig.json');
    fs.writeFileSync(config, JSON.stringify({ extends: '../tsconfig.json', include: ['*.ts'] }));
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
});

test('the commands of the README are scripts of the package', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = blocks('sh').flatMap((block) =>
    [...block.matchAll(/npm (?:run )?(?:--silent )?(\w+)/g)].map(([, name]) => name),
  );
  const own = ['synth', 'test', 'deploy', 'destroy', 'certificates', 'vault'];
  expect(new Set(named)).toEqual(new Set(['ci', ...own]));
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(own));
});

test('the inputs of the README are inputs of the platform', () => {
  const { context } = JSON.parse(blocks('json')[0] as string) as { context: Record<string, unknown> };
  const output = execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDKTF_CONTEXT_JSON: JSON.stringify(context),
      CDKTF_OUTDIR: fs.mkdtempSync('/tmp/synth-'),
    },
  });
  expect(output).toBe('');
});
