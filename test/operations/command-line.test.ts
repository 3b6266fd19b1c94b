import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from './fakes';

const ROOT = path.resolve(__dirname, '../..');

/** A project folder with this project's platforms, so that nothing is written to the real one. */
function project(): string {
  const folder = temporaryFolder();
  for (const name of ['main.ts', 'node_modules'])
    fs.symlinkSync(path.join(ROOT, name), path.join(folder, name));
  return folder;
}

/** Runs a command as npm does, on a machine with no other program than a Terraform of this version. */
function run(command: 'deploy' | 'destroy' | 'plan', args: readonly string[], terraform = '1.11.4') {
  const folder = project();
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(bin);
  const script = `#!/bin/sh\necho '{"terraform_version":"${terraform}"}'\n`;
  fs.writeFileSync(path.join(bin, 'terraform'), script, { mode: 0o755 });
  const result = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(ROOT, 'operations', `${command}.ts`), ...args],
    { cwd: folder, env: { PATH: bin }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return { ...result, folder };
}

test.each(['deploy', 'destroy', 'plan'] as const)(
  '%s lists the known environments in one line',
  (command) => {
    const { status, stdout, stderr } = run(command, ['bizosaas-nowhere']);
    expect(stderr).toMatch(
      new RegExp(
        `^error: 'environment' must be one of bizosaas-development, .*zakupai-development.*, got 'bizosaas-nowhere'; name it first, as in npm run ${command} -- bizosaas-development\n$`,
      ),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  },
);

test('says what is missing on a machine without Docker, and changes nothing', () => {
  const { status, stderr, folder } = run(
    'deploy',
    ['config-service-development', '--auto-approve'],
    '1.10.0',
  );
  expect(stderr).toBe(
    [
      "error: 'docker' must reach a running engine, got no such program; install Docker and start it, or set DOCKER_HOST",
      "error: 'terraform' must be Terraform 1.11 or newer, got version 1.10.0; install Terraform 1.11 or newer, or set TERRAFORM_BINARY_NAME",
      '',
    ].join('\n'),
  );
  expect(status).toBe(1);
  expect(fs.readdirSync(folder).sort()).toEqual(['bin', 'cdktf.out', 'main.ts', 'node_modules']);
});

test.each(['deploy', 'plan'] as const)('%s prints its usage without a synth', (command) => {
  const { status, stdout, folder } = run(command, ['--help']);
  expect(stdout).toContain(`usage: npm run ${command} -- <platform>-<environment>`);
  expect(status).toBe(0);
  expect(fs.existsSync(path.join(folder, 'cdktf.out'))).toBe(false);
});

test('shows the error of a failed synth as it is', () => {
  const folder = temporaryFolder();
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  fs.writeFileSync(path.join(folder, 'main.ts'), "console.error('error: of the app'); process.exitCode = 1;");
  const result = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(ROOT, 'operations', 'deploy.ts'), 'shop-development'],
    { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  expect(result.stderr).toBe('error: of the app\n');
  expect(result.status).toBe(1);
});
