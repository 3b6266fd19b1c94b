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

test('all platforms synthesize side by side, without Docker, Terraform or a network', () => {
  const { folder, stdout, stderr, status } = run();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const stacks = ['bizosaas', 'config-service', 'zakupai'].flatMap((platform) =>
    ['access', 'services', 'vault'].map(
      (stack) => `cdktf.out/stacks/${platform}-development-${stack}/cdk.tf.json`,
    ),
  );
  expect(filesBelow(folder)).toEqual(['cdktf.out/manifest.json', ...stacks]);
  expect(stdout).toMatch(/^bizosaas-development$/m);
  expect(stdout).toMatch(/^ {2}10 services, 13 identities, 10 secrets$/m);
  expect(stdout).toMatch(/^ {2}warning: .*image 'bizosaas\/crm:latest' moves/m);
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

test('fails with one message and writes nothing when two platforms want the same host port', () => {
  const { folder, stderr, stdout, status } = run({ 'zakupai-development': { hostPorts: { vault: 8200 } } });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    "error: [zakupai-development-vault/server/container] 'host port' must be unique, got '8200', which 'bizosaas-development-vault/server/container' already declares; give one of them another host port\n",
  );
  expect(filesBelow(folder)).toEqual([]);
});
