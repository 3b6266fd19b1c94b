import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const root = path.join(__dirname, '..');

/** Runs the app in a copy of its own, with nothing on the PATH. */
function run(context: Record<string, unknown> = {}): {
  folder: string;
  stdout: string;
  stderr: string;
  status: number | null;
} {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-'));
  const tsx = require.resolve('tsx', { paths: [root] });
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', tsx, path.join(root, 'main.ts')],
    { cwd: folder, encoding: 'utf8', env: { PATH: '', CDKTF_CONTEXT_JSON: JSON.stringify(context) } },
  );
  return { folder, stdout, stderr, status };
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .sort();
}

const PLATFORMS = ['bizosaas', 'config-service', 'zakupai'];
const ENVIRONMENTS = ['development', 'production', 'staging'];
const STACKS = ['access', 'services', 'vault'];

test('all platforms synthesize side by side in all environments, without Docker, Terraform, a network or a certificate', () => {
  const { folder, stdout, stderr, status } = run();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const stacks = PLATFORMS.flatMap((platform) =>
    ENVIRONMENTS.flatMap((environment) => STACKS.map((stack) => `${platform}-${environment}-${stack}`)),
  );
  expect(filesBelow(folder)).toEqual([
    'cdktf.out/manifest.json',
    ...['json', 'junit.xml', 'sarif'].map((report) => `cdktf.out/review/findings.${report}`),
    ...stacks.map((stack) => `cdktf.out/stacks/${stack}/cdk.tf.json`),
  ]);
  expect(stdout).toMatch(/^bizosaas-development: HashiCorp Vault in memory, over HTTP$/m);
  expect(stdout).toMatch(
    /^bizosaas-production: HashiCorp Vault over TLS, raft storage of 3 nodes, shamir seal$/m,
  );
  expect(stdout).toMatch(/^zakupai-development: HashiCorp Vault over HTTP, file storage, shamir seal$/m);
  expect(stdout).toMatch(/^ {2}10 services, 13 identities, 10 secrets$/m);
  expect(stdout).toMatch(
    /^bizosaas-production: review, 24 of 25 items of hardening\n {2}acknowledged warning VLT010: a right that leads to every other \(2 times\)$/m,
  );
  expect(stdout).toMatch(/^ {2}warning: .*image 'bizosaas\/crm:latest' moves/m);
});

test('the stacks of each environment are deployed in their order', () => {
  const { folder } = run();
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'cdktf.out/manifest.json'), 'utf8')) as {
    stacks: Record<string, { dependencies: string[] }>;
  };
  for (const platform of PLATFORMS) {
    for (const environment of ENVIRONMENTS) {
      const id = `${platform}-${environment}`;
      expect(
        ['vault', 'access', 'services'].map((stack) => manifest.stacks[`${id}-${stack}`]?.dependencies),
      ).toEqual([[], [`${id}-vault`], [`${id}-access`]]);
    }
  }
});

test('what is synthesized does not depend on the machine or on the run', () => {
  const [first, second] = [run().folder, run().folder];
  const written = filesBelow(first);
  for (const file of written) {
    const text = fs.readFileSync(path.join(first, file), 'utf8');
    expect(text).toBe(fs.readFileSync(path.join(second, file), 'utf8'));
    expect(text).not.toContain(first);
    expect(text).not.toContain(root);
  }
});

test.each([
  [
    'the same host port',
    { 'zakupai-development': { hostPorts: { vault: 8200 } } },
    "[zakupai-development-vault/server/container] 'host port' must be unique, got '8200', which 'bizosaas-development-vault/server/container' already declares; give one of them another host port",
  ],
  [
    'the same addresses',
    { 'zakupai-staging': { subnet: '172.28.0.0/16' } },
    "[zakupai-staging-vault/network] 'subnet' must be unique, got '172.28.0.0/16', which 'bizosaas-staging-vault/network' already declares; it overlaps with '172.28.10.0/24'",
  ],
])('fails with one message and writes nothing when two platforms want %s', (_, context, message) => {
  const { folder, stderr, stdout, status } = run(context);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toBe(`error: ${message}\n`);
  expect(filesBelow(folder)).toEqual([]);
});
