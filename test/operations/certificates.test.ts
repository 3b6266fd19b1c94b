import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { certificates } from '../../operations/certificates';
import { inDays, make, makeRoot, NOW } from '../constructs/certificate-maker';
import { certificateProject, FOLDER, IN_ORDER, MADE } from './certificate-project';
import { FakeMachine } from './fakes';

const ROOT = path.resolve(__dirname, '../..');

const { output, run, files, put, read, check } = certificateProject();

describe('making', () => {
  test('a set that is in order, and says what it is and what comes next', async () => {
    expect(await run(['shop-staging'])).toBe(0);
    expect(fs.readdirSync(FOLDER.path).sort()).toEqual(MADE);
    expect(check()).toEqual(IN_ORDER);
    const { fingerprint256, subject } = new X509Certificate(read(FOLDER.ca));
    expect(output).toEqual({
      stdout: `made all files anew
certificates/shop-staging
  server.pem  until 2031-06-15
    DNS:shop-vault, DNS:localhost, IP Address:127.0.0.1
  ca.pem      until 2040-06-15: ${subject}
    SHA-256 ${fingerprint256}
next:
  npx cdktf deploy 'shop-staging-vault'
Keep ca-key.pem somewhere else: whoever has it can be any server to the clients, and only --renew needs it.
`,
      stderr: '',
    });
  });

  test.each(MADE)('fails if there is as little as %s, and leaves every byte', async (name) => {
    put(path.join(FOLDER.path, name), 'of a person');
    await expect(run(['shop-staging'])).rejects.toThrow(
      `error: 'certificates/shop-staging' must have no certificates yet, got ${name}; check them with npm run certificates -- shop-staging --check, renew the server's with npm run certificates -- shop-staging --renew, or all with npm run certificates -- shop-staging --renew-ca`,
    );
    expect(files()).toEqual({ [name]: 'of a person' });
  });

  test('fails a second time, and leaves every byte', async () => {
    await run(['shop-staging']);
    const made = files();
    await expect(run(['shop-staging'])).rejects.toThrow('must have no certificates yet');
    expect(files()).toEqual(made);
  });

  test('other files are no obstacle', async () => {
    put(path.join(FOLDER.path, 'README'), 'of a person');
    await run(['shop-staging']);
    expect(fs.readdirSync(FOLDER.path).sort()).toEqual(['README', ...MADE]);
  });

  test('puts back first what an interrupted run had moved aside', async () => {
    await run(['shop-staging']);
    const made = files();
    fs.renameSync(FOLDER.path, 'certificates/.previous-shop-staging');
    await expect(run(['shop-staging'])).rejects.toThrow('must have no certificates yet');
    expect(files()).toEqual(made);
    expect(output.stdout).toMatch(/certificates\/shop-staging is back, .*\n$/);
  });
});

describe('checking', () => {
  test('changes nothing and says what is there', async () => {
    await run(['shop-staging']);
    const made = files();
    expect(await run(['shop-staging', '--check'])).toBe(0);
    expect(files()).toEqual(made);
    expect(output.stdout).toContain('  server.pem  until 2031-06-15\n');
  });

  test('accepts what one’s own authority made, with an intermediate one and without its key', async () => {
    const root = await makeRoot({ name: 'own CA' });
    const intermediate = await makeRoot({ name: 'own intermediate CA', signer: root });
    const server = await make({ signer: intermediate });
    put(FOLDER.ca, root.certificate);
    put(FOLDER.certificate, server.certificate + intermediate.certificate);
    put(FOLDER.key, server.key);
    expect(await run(['shop-staging', '--check'])).toBe(0);
    expect(output.stdout).toContain(': CN=own CA\n');
  });

  test('warns, and goes on', async () => {
    await run(['shop-staging']);
    expect(await run(['shop-staging', '--check'], inDays(340))).toBe(0);
    expect(output.stderr).toMatch(
      /^warning: 'certificates\/shop-staging\/server.pem' must be renewed before .*\n$/,
    );
  });

  test('fails with each problem and the exit code 1', async () => {
    await run(['shop-staging']);
    fs.chmodSync(FOLDER.key, 0o644);
    await expect(run(['shop-staging', '--check'], inDays(366))).rejects.toMatchObject({
      exitCode: 1,
      problems: [
        expect.stringContaining('must be open to its owner alone'),
        expect.stringContaining('must be valid now'),
      ],
    });
  });

  test('fails where nothing is', async () => {
    await expect(run(['shop-staging', '--check'])).rejects.toThrow(
      "must hold the server's certificates, got nothing",
    );
    expect(fs.existsSync('certificates')).toBe(false);
  });
});

test('runs as a program, whose refusals are lines and an exit code', () => {
  // Its synth has nothing to do: the stacks are there.
  fs.writeFileSync('main.ts', '');
  fs.symlinkSync(path.join(ROOT, 'node_modules'), 'node_modules');
  const program = (...args: readonly string[]) => {
    const command = [
      '--import',
      'tsx',
      path.join(ROOT, 'operations/certificates.ts'),
      'shop-staging',
      ...args,
    ];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    return { status, stderr };
  };
  const refused = expect.stringMatching(/^error: 'certificates\/shop-staging' must .*\n$/);
  expect(program('--check')).toEqual({ status: 1, stderr: refused });
  expect(program()).toEqual({ status: 0, stderr: '' });
  expect(program()).toEqual({ status: 1, stderr: refused });
  expect(program('--check')).toEqual({ status: 0, stderr: '' });
});

describe('arguments', () => {
  test.each([
    ['bakery-development', 'a development server over HTTP; there is nothing to make'],
    ['forge-development', 'a server over HTTP; there is nothing to make'],
    [
      'mill-staging',
      'a server that others run; they make its certificate, and give you that of their authority',
    ],
    ['quarry-staging', 'a server over HTTP; there is nothing to make'],
  ])('fails for %s, which needs no certificate', async (environment, server) => {
    for (const flags of [[], ['--check'], ['--renew']]) {
      await expect(run([environment, ...flags])).rejects.toThrow(
        `error: 'environment' must have a server over TLS, got ${environment} with ${server}`,
      );
    }
    expect(fs.existsSync('certificates')).toBe(false);
  });

  test.each([
    [['--renw'], '--renw'],
    [['--renew', '--check'], '--renew --check'],
  ])('fails with the flags %j', async (flags, got) => {
    await expect(run(['shop-staging', ...flags])).rejects.toMatchObject({
      exitCode: 2,
      message: `error: 'flags' must be one of --renew, --renew-ca, --check or none, got ${got}; see npm run certificates -- shop-staging --help`,
    });
  });

  test('fails with an unknown environment', async () => {
    await expect(run(['shop'])).rejects.toThrow("'environment' must be one of bakery-development, ");
  });

  test('prints its usage', async () => {
    expect(await run(['--help'])).toBe(0);
    expect(output.stdout).toContain('usage: npm run certificates -- <platform>-<environment> [--renew');
  });

  test('fails with the exit code of a failed synth', async () => {
    const machine = new FakeMachine({}, {}, () => 3);
    await expect(certificates(['shop-staging'], { machine, now: NOW })).rejects.toMatchObject({
      exitCode: 3,
    });
  });
});
