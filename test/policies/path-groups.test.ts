import * as fc from 'fast-check';
import { independentGroups } from '../../policies/path-groups';
import { PathPattern } from '../../policies/path-pattern';
import { pathClasses } from '../../policies/path-space';
import { patterns } from './random-access';

const groupsOf = (...paths: readonly string[]) =>
  independentGroups(paths.map((path) => PathPattern.of(path))).map((group) => group.map(({ text }) => text));

test.each([
  [['kv/a', 'kv/b', 'kv/*'], [['kv/a', 'kv/b', 'kv/*']]],
  [
    ['kv/a', 'sys/b'],
    [['kv/a'], ['sys/b']],
  ],
  [
    ['kv/+/a', 'sys/b', '+/x/a'],
    [['kv/+/a', '+/x/a'], ['sys/b']],
  ],
  [
    ['sys/x', 'kv/a', 'kv/a/'],
    [['sys/x'], ['kv/a', 'kv/a/']],
  ],
  [
    ['kv/a*', 'kv/b', 'kv/ab/+'],
    [['kv/a*', 'kv/ab/+'], ['kv/b']],
  ],
  [[], []],
])('%j are %j', (paths, groups) => {
  expect(groupsOf(...paths)).toEqual(groups);
});

test('no path, with its final slash or without, is matched by patterns of two groups', () => {
  fc.assert(
    fc.property(fc.uniqueArray(patterns, { maxLength: 8 }), (texts) => {
      const all = texts.map((text) => PathPattern.of(text));
      const groups = independentGroups(all);
      expect(groups.flat()).toHaveLength(all.length);
      const groupOf = new Map(groups.flatMap((group) => group.map((one) => [one, group])));
      for (const { matched, bare = [] } of pathClasses(all)) {
        const found = new Set([...matched, ...bare].map((one) => groupOf.get(one)));
        expect(found.size).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 500 },
  );
});
