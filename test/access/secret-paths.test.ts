import * as fc from 'fast-check';
import { SecretPaths } from '../../access/secret-paths';
import { PathPattern } from '../../policies/path-pattern';
import { pathsNear, patterns } from '../policies/random-access';

const SECRETS = new SecretPaths(
  ['kv/data/web', 'kv/data/app/key', 'kv/data/app', 'other/data/app/key'].map((path) => ({
    path,
    name: path.replace('data/', ''),
  })),
);

test.each([
  ['kv/data/app', ['kv/app']],
  ['kv/data/app*', ['kv/app/key', 'kv/app']],
  ['kv/data/*', ['kv/web', 'kv/app/key', 'kv/app']],
  ['+/data/app/key', ['kv/app/key', 'other/app/key']],
  ['*', ['kv/web', 'kv/app/key', 'kv/app', 'other/app/key']],
  ['kv/data/none', []],
  ['zz*', []],
])('%s matches %j, in the order in which they were given', (pattern, names) => {
  expect(SECRETS.matching(PathPattern.of(pattern)).map(({ name }) => name)).toEqual(names);
});

test('what matches is found, whatever the pattern', () => {
  fc.assert(
    fc.property(
      patterns.chain((text) => fc.record({ text: fc.constant(text), paths: pathsNear([text], 8) })),
      ({ text, paths }) => {
        const pattern = PathPattern.of(text);
        const secrets = [...new Set(paths)].map((path) => ({ path, name: path }));
        const found = new SecretPaths(secrets).matching(pattern).map(({ path }) => path);
        expect(found).toEqual(secrets.map(({ path }) => path).filter((path) => pattern.matches(path)));
      },
    ),
    { numRuns: 500 },
  );
});
