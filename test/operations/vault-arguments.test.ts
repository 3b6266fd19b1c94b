import { flagValues, usage, vaultArguments } from '../../operations/vault-arguments';

test('takes apart what was typed', () => {
  expect(
    vaultArguments(['root', 'shop-production', '--restart', '--', 'vault', 'status', '--', '-h']),
  ).toEqual({
    subcommand: 'root',
    environment: 'shop-production',
    flags: ['--restart'],
    command: ['vault', 'status', '--', '-h'],
  });
  expect(vaultArguments(['status'])).toEqual({
    subcommand: 'status',
    environment: undefined,
    flags: [],
    command: [],
  });
});

test.each([
  ['nothing', []],
  ["'seal'", ['seal', 'shop-production']],
])('fails with the command %s', (got, args) => {
  expect(() => vaultArguments(args)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      problems: [
        `'command' must be one of init, unseal, root, operator, policy, status, got ${got}; see npm run vault -- --help`,
      ],
    }),
  );
});

test.each([
  ['an unknown flag', ['--shard', '5'], "'flags' must be known ones, got: Unknown option '--shard'"],
  [
    'a word too many',
    ['shop-staging'],
    "'flags' must be known ones, got: Unexpected argument 'shop-staging'",
  ],
  ['a flag without its value', ['--shares'], "'--shares' must be followed by a value, got none"],
])('fails with %s', (_what, flags, problem) => {
  expect(() => flagValues(flags, { shares: { type: 'string' } })).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: `error: ${problem}; see npm run vault -- --help`,
    }),
  );
});

test('names every command in its usage', () => {
  for (const name of ['init', 'unseal', 'status', 'operator', 'root', 'policy'])
    expect(usage()).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
});
