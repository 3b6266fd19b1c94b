import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { launchWatching, launchWithVariables } from '../../constructs/launch';
import { SECRETS_DIRECTORY, SecretFile } from '../../constructs/secret-file';
import { testPlatform } from '../helper';
import { render } from './consul-template';

const secret = testPlatform().addMount('apps').addSuppliedSecret('env');
const file = SecretFile.allVariables('env', secret);
const more = SecretFile.variables('more', { MORE: secret.value('MORE') });

test('variables are read before the program starts, and the files are watched', () => {
  const { entrypoint, command } = launchWithVariables([file, more], ['/entrypoint.sh', 'start']);
  expect(entrypoint.slice(0, 2)).toEqual(['/bin/sh', '-c']);
  expect(entrypoint[2]).toMatch(
    /^__launch_seen=.*\nset -ae; \. \/vault\/secrets\/env; \. \/vault\/secrets\/more; set \+ae\n/,
  );
  expect(entrypoint[2]).toContain('cat /vault/secrets/env /vault/secrets/more');
  expect(command).toEqual(['/entrypoint.sh', 'start']);
});

describe('a program that reads files', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'launch-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** Starts a program as a container would, with its files in a folder of the test. */
  function start(argv: readonly string[]): ChildProcess {
    fs.writeFileSync(path.join(folder, 'env'), 'A=1');
    const { entrypoint, command } = launchWatching([file], argv);
    const [shell = '', ...rest] = [...entrypoint, ...command].map((one) =>
      one.replaceAll(SECRETS_DIRECTORY, folder),
    );
    return spawn(shell, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** By then the files were read. */
  const ready = (child: ChildProcess) => new Promise((resolve) => child.stdout?.once('data', resolve));

  const end = (child: ChildProcess) =>
    new Promise<[number | null, string | null]>((resolve) => {
      child.once('exit', (code, signal) => resolve([code, signal]));
    });

  test('ends when one of them changes', async () => {
    const child = start(['/bin/sh', '-c', 'echo ready; exec sleep 60']);
    await ready(child);
    fs.writeFileSync(path.join(folder, 'env'), 'A=2');
    expect(await end(child)).toEqual([128 + 15, null]);
  }, 60_000);

  test('stays while one of them is being replaced, and ends when it is told to', async () => {
    const child = start(['/bin/sh', '-c', "trap 'exit 7' TERM; echo ready; while true; do sleep 1; done"]);
    await ready(child);
    fs.rmSync(path.join(folder, 'env'));
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await end(child)).toEqual([7, null]);
  }, 60_000);

  test('hands on how it ended', async () => {
    expect(await end(start(['/bin/sh', '-c', 'exit 3']))).toEqual([3, null]);
  });
});

test('does not compile without a file, which no shell would take', () => {
  // @ts-expect-error: at least one file
  const { entrypoint } = launchWithVariables([], ['true']);
  expect(spawnSync(entrypoint[0] ?? '', [...entrypoint.slice(1), 'true']).status).not.toBe(0);
});

describe('with a real shell', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'launch-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** What a started program finds in its environment and its arguments. */
  function started(values: Readonly<Record<string, string>>, args: readonly string[]): unknown {
    fs.writeFileSync(path.join(folder, 'env'), render(file.template, { 'apps/data/env': values }));
    const print = 'process.stdout.write(JSON.stringify([process.env, process.argv.slice(1)]))';
    const { entrypoint, command } = launchWithVariables(
      [file],
      [process.execPath, '-e', print, '--', ...args],
    );
    const [shell = '', ...rest] = [...entrypoint, ...command].map((one) =>
      one.replaceAll(SECRETS_DIRECTORY, folder),
    );
    const { stdout, stderr } = spawnSync(shell, rest, { encoding: 'utf8', env: {} });
    if (stderr) throw new Error(stderr);
    const [{ PWD: _, SHLVL: __, _: ___, OLDPWD: ____, ...environment }, argv] = JSON.parse(stdout);
    return [environment, argv];
  }

  test('every value and argument arrives as it is', () => {
    const value = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            "'",
            '"',
            '\\',
            '$',
            '${HOME}',
            '$(id)',
            '`id`',
            '\n',
            ' ',
            '%{',
            '{{',
            '}}',
            '#',
            ';',
            '&',
          ),
          fc.string({ unit: 'grapheme-ascii', maxLength: 5 }),
        ),
        { maxLength: 6 },
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('A', 'B_1', 'LONG_NAME'), value),
        fc.array(value),
        (values, args) => {
          expect(started(values, args)).toEqual([{ ...values }, args]);
        },
      ),
      { numRuns: 15 },
    );
  });
});
