import { reviewArguments, reviewUsage } from '../../operations/review-arguments';

const DEFAULTS = {
  base: 'main',
  head: undefined,
  plans: [],
  environment: undefined,
  failOn: [],
  format: 'markdown',
  limit: 65_536,
  output: undefined,
};

test.each<[string, object]>([
  ['--base main', {}],
  ['--base a --head b', { base: 'a', head: 'b' }],
  ['--head b --plan x/a.json', { base: undefined, head: 'b', plans: [{ stack: 'a', file: 'x/a.json' }] }],
  ['--plan shop.json', { base: undefined, plans: [{ stack: 'shop', file: 'shop.json' }] }],
  [
    '--plan out/shop.tfplan.json',
    { base: undefined, plans: [{ stack: 'shop', file: 'out/shop.tfplan.json' }] },
  ],
  ['--plan shop=a/b=c.json', { base: undefined, plans: [{ stack: 'shop', file: 'a/b=c.json' }] }],
  ['--plan a/b=c.json', { base: undefined, plans: [{ stack: 'b=c', file: 'a/b=c.json' }] }],
  [
    '--base main --plan a.json b.json --plan c=c.txt',
    {
      plans: [
        { stack: 'a', file: 'a.json' },
        { stack: 'c', file: 'c.txt' },
        { stack: 'b', file: 'b.json' },
      ],
    },
  ],
  ['--base main --fail-on drift,error', { failOn: ['drift', 'error'] }],
  ['--base main --environment shop-production', { environment: 'shop-production' }],
  ['--base main --format json', { format: 'json' }],
  ['--base main --limit 0', { limit: 0 }],
  ['--base main --limit 1000 --output x.md', { limit: 1000, output: 'x.md' }],
])('%s', (line, expected) => {
  expect(reviewArguments(line.split(' '))).toEqual({ ...DEFAULTS, ...expected });
});

const HELP = 'see npm run review -- --help';

test.each([
  ['', "'--base' must be given where no plan is, got neither; write --base main"],
  ['main', `'arguments' must be flags, got 'main'; ${HELP}`],
  ['--bass x', `'flags' must be known ones, got: Unknown option '--bass'; ${HELP}`],
  ['--head x', "'--base' must be given where no plan is, got neither; write --base main"],
  ['--plan', `'--plan' must be followed by a value, got none; ${HELP}`],
  ['--plan --format json', `'--plan' must be followed by a value, got none; ${HELP}`],
  ['--base', `'--base' must be followed by a value, got none; ${HELP}`],
  ['--base=', `'--base' must not be empty, got nothing; ${HELP}`],
  ['--base x --output=', `'--output' must not be empty, got nothing; ${HELP}`],
  ['--plan a/', `'--plan' must be [STACK=]FILE, got 'a/'; ${HELP}`],
  [
    '--plan x/a.json y/a.json',
    "'--plan' must be one of each stack, got 'x/a.json' and 'y/a.json' of 'a'; write STACK=FILE where names of files do not tell",
  ],
  [
    '--base x --fail-on destroi',
    "'--fail-on' must be one of destroy, broadening, error, drift, got 'destroi'; did you mean 'destroy'?",
  ],
  ['--base x --fail-on=', `'--fail-on' must be one of destroy, broadening, error, drift, got ''; ${HELP}`],
  ['--base x --format html', `'--format' must be one of markdown, json, got 'html'; ${HELP}`],
  ['--base x --limit 999', `'--limit' must be 1000 characters at least, or 0 for none, got '999'; ${HELP}`],
  ['--base x --limit 1e6', `'--limit' must be 1000 characters at least, or 0 for none, got '1e6'; ${HELP}`],
  ['--base x --format json --limit 0', `'--limit' must be used with markdown, got '0' with json; ${HELP}`],
])('fails on %j', (line, problem) => {
  expect(() => reviewArguments(line.split(' ').filter(Boolean))).toThrow(
    expect.objectContaining({ problems: [problem], exitCode: 2 }),
  );
});

test('the usage names all flags and exit codes', () => {
  const usage = reviewUsage();
  for (const flag of ['base', 'head', 'plan', 'environment', 'fail-on', 'format', 'limit', 'output']) {
    expect(usage).toContain(`--${flag} `);
  }
  expect(usage).toContain('of destroy,broadening,error,drift; ends with 4, 3, 5, 6:');
});
