import {
  type AttributePath,
  attributeName,
  comparePaths,
  forcesReplacement,
} from '../../../review/plan/attribute-path';

test.each<[AttributePath, string]>([
  [['policy'], 'policy'],
  [['capabilities', 0, 'add'], 'capabilities[0].add'],
  [['labels', 'com.example/team'], 'labels["com.example/team"]'],
  [['labels', 'a-b'], 'labels.a-b'],
  [['options', ''], 'options[""]'],
  [['a', '"\n'], 'a["\\"\\\\u{a}"]'],
  [['a', 1, 2], 'a[1][2]'],
  [['hosts', 'https://shop:made-up@mx'], 'hosts["(sensitive value)"]'],
])('%j is written as %s', (path, name) => {
  expect(attributeName(path)).toBe(name);
});

test('a key that never ends is cut', () => {
  expect(attributeName(['labels', 'x'.repeat(10_000)]).length).toBeLessThan(250);
});

test('the tenth item comes after the second', () => {
  const paths: AttributePath[] = [['b'], ['a', 10], ['a', 2, 'z'], ['a', 2], ['a']];
  expect(paths.sort(comparePaths)).toEqual([['a'], ['a', 2], ['a', 2, 'z'], ['a', 10], ['b']]);
});

test.each<[AttributePath, unknown[][], boolean]>([
  [['env'], [['env']], true],
  [['env'], [['image']], false],
  [['env'], [], false],
  [['ports', 1, 'internal'], [['ports', 0, 'internal']], true],
  [['ports', 1, 'internal'], [['ports', 0, 'ip']], false],
  [['ports', 1, 'internal'], [['ports']], true],
  [['ports'], [['ports', 0, 'internal']], true],
  [['labels', 'a'], [['labels', { label: 'a' }]], true],
  [['a'], [['b'], ['a']], true],
])('%j is replaced for where Terraform names %j: %s', (path, replacePaths, isIt) => {
  expect(forcesReplacement(path, replacePaths)).toBe(isIt);
});
