import { pathDivision } from '../../policies/path-divisions';
import { PathPattern } from '../../policies/path-pattern';
import { pathClasses } from '../../policies/path-space';

const of = (...paths: readonly string[]) => paths.map((path) => PathPattern.of(path));

test('the same patterns are divided once', () => {
  const division = pathDivision(of('kv/+/a', 'kv/b/*'));
  expect(division).toEqual([...pathClasses(of('kv/+/a', 'kv/b/*'))]);
  expect(pathDivision(of('kv/+/a', 'kv/b/*'))).toBe(division);
});

test('others are divided anew, and the same in other lists too', () => {
  const [a, b] = of('kv/+/a', 'kv/b/*') as [PathPattern, PathPattern];
  const division = pathDivision([a, b]);
  expect(pathDivision([a])).not.toBe(division);
  expect(pathDivision([a, b], [[a], [b]])).not.toBe(division);
  expect(pathDivision([a, b], [[a, b], []])).not.toBe(pathDivision([a, b], [[a], [b]]));
});
