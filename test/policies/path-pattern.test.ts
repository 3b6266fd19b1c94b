import { PathPattern, type PatternKind } from '../../policies/path-pattern';

test.each<[string, string, PatternKind, boolean]>([
  ['', '', 'exact', false],
  ['/', '', 'exact', false],
  ['a', 'a', 'exact', false],
  ['/a', 'a', 'exact', false],
  ['//a', '/a', 'exact', false],
  ['a/', 'a/', 'exact', false],
  ['a*b', 'a*b', 'exact', false],
  ['*a', '*a', 'exact', false],
  ['a+', 'a+', 'exact', false],
  ['+b', '+b', 'exact', false],
  ['*', '*', 'prefix', true],
  ['a*', 'a*', 'prefix', true],
  ['a/*/b*', 'a/*/b*', 'prefix', true],
  ['a+b*', 'a+b*', 'prefix', true],
  ['+', '+', 'segment', false],
  ['/+', '+', 'segment', false],
  ['a/+', 'a/+', 'segment', false],
  ['+/a', '+/a', 'segment', false],
  ['a/+b', 'a/+b', 'segment', false],
  ['a/+/b*', 'a/+/b*', 'segment', true],
])("'%s' is read as '%s', %s", (path, text, kind, isGlob) => {
  const pattern = PathPattern.of(path);
  expect([pattern.text, pattern.kind, pattern.isGlob]).toEqual([text, kind, isGlob]);
});

test.each(['+*', 'a/+*', 'a+*b'])("fails on '%s', as Vault does", (path) => {
  expect(() => PathPattern.of(path)).toThrow(
    `'path' must not contain '+*', which Vault refuses, got '${path}'; write '+/*' for any rest below any segment`,
  );
});

test.each([
  ['a', 'a', true],
  ['a', 'a/', false],
  ['a/', 'a', false],
  ['', '', true],
  ['*', '', true],
  ['*', 'a/b', true],
  ['a*', 'a', true],
  ['a*', 'ab/c', true],
  ['a*', 'b', false],
  ['a/*', 'a', false],
  ['a/*', 'a/', true],
  ['a*b', 'axb', false],
  ['a*b', 'a*b', true],
  ['+', 'a', true],
  ['+', '', true],
  ['+', 'a/b', false],
  ['a/+', 'a/', true],
  ['a/+', 'a', false],
  ['a/+', 'a/b/', false],
  ['a/+/c', 'a//c', true],
  ['a/+b', 'a/+b', true],
  ['a/+b', 'a/xb', false],
  ['a/+/b*', 'a/x/b', true],
  ['a/+/b*', 'a/x/bc/d', true],
  ['a/+/b*', 'a/x', false],
  ['a/+/b*', 'a/x/c', false],
  ['a/+/*', 'a/x/', true],
  ['a/+/*', 'a/x', false],
  ['+/a*b', 'x/a*b', true],
])("'%s' matches '%s': %s", (pattern, path, expected) => {
  expect(PathPattern.of(pattern).matches(path)).toBe(expected);
});

test.each([
  ['secret/foo', 'secret/+', 'the other names the path exactly'],
  ['a', 'b/c/*', 'the other names the path exactly'],
  ['a/b/+', 'a/+/c', 'its first wildcard comes earlier'],
  ['secret/foo*', 'secret/*', 'its first wildcard comes earlier'],
  ['foo*', '+/*', 'its first wildcard comes earlier'],
  ['secret/+', 'secret/*', "it ends with '*'"],
  ['a/+/c', 'a/+/+', "it has more '+' segments"],
  ['a/+/bc*', 'a/+/b*', 'it is shorter'],
  ['a/+/c', 'a/+/b', 'it comes first in the alphabet'],
])('%s decides before %s, since %s', (winner, loser, because) => {
  const [higher, lower] = [PathPattern.of(winner), PathPattern.of(loser)];
  expect(higher.compare(lower)).toBeGreaterThan(0);
  expect(lower.compare(higher)).toBeLessThan(0);
  expect(PathPattern.because(higher, lower)).toBe(because);
});

test('the same path ranks the same', () => {
  const [one, other] = [PathPattern.of('a/+'), PathPattern.of('/a/+')];
  expect(one.compare(other)).toBe(0);
  expect(PathPattern.because(one, other)).toBe('it is the same path');
});

test.each([
  ['+', 'segment', true],
  ['+', 'prefix', false],
  ['b', 'segment', false],
] as const)("the segment '%s' of a %s pattern is a wildcard: %s", (segment, kind, expected) => {
  const pattern = PathPattern.of(kind === 'segment' ? 'a/+' : 'a*');
  expect(pattern.kind).toBe(kind);
  expect(pattern.isWildcard(segment)).toBe(expected);
});

test('length is counted in bytes, as the server does', () => {
  const [longer, shorter] = [PathPattern.of('a/+/éé/+'), PathPattern.of('a/+/+/xyz')];
  expect(longer.compare(shorter)).toBeGreaterThan(0);
  expect(PathPattern.because(longer, shorter)).toBe('it is shorter');
});
