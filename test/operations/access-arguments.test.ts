import { accessArguments, accessUsage } from '../../operations/access-arguments';

const OPTIONS = {
  environment: undefined,
  synth: undefined,
  dialect: undefined,
  format: 'text',
  output: undefined,
};

test.each([
  ['', { command: 'matrix' }],
  ['--format html --output a.html', { command: 'matrix', format: 'html', output: 'a.html' }],
  [
    'who apps/database --environment shop-production',
    { command: 'who', path: 'apps/database', environment: 'shop-production' },
  ],
  ['diff main', { command: 'diff', base: 'main', head: undefined, failsOnBroadening: false }],
  [
    'diff a b --fail-on broadening --format json',
    { command: 'diff', base: 'a', head: 'b', failsOnBroadening: true, format: 'json' },
  ],
  [
    'can billing read apps/database --synth cdktf.out --dialect openbao',
    {
      command: 'can',
      identity: 'billing',
      policies: [],
      operation: 'read',
      path: 'apps/database',
      details: {},
      synth: 'cdktf.out',
      dialect: 'openbao',
    },
  ],
  [
    'can --policy a.hcl --policy b.hcl update secret/data/x --wrap-ttl 60 --parameter Ttl=1h --parameter note=a=b',
    {
      command: 'can',
      identity: undefined,
      policies: ['a.hcl', 'b.hcl'],
      operation: 'update',
      path: 'secret/data/x',
      details: { wrapTtl: 60, parameters: { ttl: '1h', note: 'a=b' } },
    },
  ],
])("'%s' is understood", (line, expected) => {
  expect(accessArguments(line.split(' ').filter(Boolean))).toEqual({ ...OPTIONS, ...expected });
});

test.each([
  ['cann a read b', "'command' must be who, can or diff, or left out, got 'cann'; did you mean 'can'?"],
  ['who', "'arguments' must be one path, got nothing; see npm run access -- --help"],
  ['who a b', "'arguments' must be one path, got 'a' 'b'; see npm run access -- --help"],
  [
    'can read a',
    "'arguments' must be an identity, an operation and a path, got 'read' 'a'; see npm run access -- --help",
  ],
  [
    'who apps/*',
    "'path' must be one path without wildcards, got 'apps/*'; npm run access has a row for each pattern; see npm run access -- --help",
  ],
  [
    'can me read apps/+/mail',
    "'path' must be one path without wildcards, got 'apps/+/mail'; npm run access has a row for each pattern; see npm run access -- --help",
  ],
  [
    'can me read a --policy b.hcl',
    "'arguments' must be an operation and a path, since the policies are given, got 'me' 'read' 'a'; see npm run access -- --help",
  ],
  [
    'can me write a',
    "'operation' must be create or update, got 'write', which is both; see npm run access -- --help",
  ],
  [
    'can me raed a',
    "'operation' must be one of create, read, update, patch, delete, list, scan, revoke, renew, rollback, help, subscribe, recover, got 'raed'; did you mean 'read'?",
  ],
  [
    'can me read a --wrap-ttl 0',
    "'--wrap-ttl' must be whole seconds, 1 at least, got '0'; see npm run access -- --help",
  ],
  ['can me read a --parameter x', "'--parameter' must be NAME=VALUE, got 'x'; see npm run access -- --help"],
  [
    'can read a --policy b.hcl --synth c',
    "'--policy' must be used without '--synth' and '--environment', got '--synth' too; see npm run access -- --help",
  ],
  [
    'can read a --policy b.hcl --environment c',
    "'--policy' must be used without '--synth' and '--environment', got '--environment' too; see npm run access -- --help",
  ],
  ['diff', "'arguments' must be a base, and a head or nothing, got nothing; see npm run access -- --help"],
  ['diff a --synth b', "'--synth' must not be used with 'diff', got 'b'; write both folders after diff"],
  [
    'diff a --fail-on narrowing',
    "'--fail-on' must be one of broadening, got 'narrowing'; see npm run access -- --help",
  ],
  [
    'diff a --format html',
    "'--format' must be one of text, markdown, json for 'diff', got 'html'; see npm run access -- --help",
  ],
  [
    '--fail-on broadening',
    "'--fail-on' must be used with 'diff', got 'matrix'; see npm run access -- --help",
  ],
  ['who a --policy b', "'--policy' must be used with 'can', got 'who'; see npm run access -- --help"],
  [
    '--dialect bao',
    "'--dialect' must be one of vault, openbao, openbao-2.5, got 'bao'; see npm run access -- --help",
  ],
  ['--format hmtl', "'--format' must be one of text, markdown, json, html, got 'hmtl'; did you mean 'html'?"],
  ['--colour', "'flags' must be known ones, got: Unknown option '--colour'; see npm run access -- --help"],
  ['--output', "'--output' must be followed by a value, got none; see npm run access -- --help"],
])("fails on '%s' as a mistake in the arguments", (line, message) => {
  expect(() => accessArguments(line.split(' '))).toThrow(
    expect.objectContaining({ message: `error: ${message}`, exitCode: 2 }),
  );
});

test('the usage names every command and flag', () => {
  for (const word of [
    'who',
    'can',
    'diff',
    '--environment',
    '--synth',
    '--dialect',
    '--format',
    '--output',
    '--policy',
    '--wrap-ttl',
    '--parameter',
    '--fail-on',
  ]) {
    expect(accessUsage()).toContain(`  ${word} `);
  }
});
