import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { launchWithVariables } from '../../constructs/launch';
import { SECRETS_DIRECTORY, SecretFile } from '../../constructs/secret-file';
import { testPlatform } from '../helper';
import { render } from './consul-template';

const secret = testPlatform().addMount('apps').addSuppliedSecret('env');
const file = SecretFile.allVariables('env', secret);
const more = SecretFile.variables('more', { MORE: secret.value('MORE') });

test('variables are read by the shell that becomes the program', () => {
  expect(launchWithVariables([file, more], ['/entrypoint.sh', 'start'])).toEqual({
    entrypoint: [
      '/bin/sh',
      '-ec',
      'set -a; . /vault/secrets/env; . /vault/secrets/more; set +a; exec "$0" "$@"',
    ],
    command: ['/entrypoint.sh', 'start'],
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
