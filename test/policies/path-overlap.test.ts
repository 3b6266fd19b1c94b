import { covers, overlap } from '../../policies/path-overlap';
import { PathPattern } from '../../policies/path-pattern';
import { matched, PAIRS, textsOf } from './small-patterns';

describe('overlap', () => {
  test.each([
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/b*', 'a/+/c', true],
    ['a/x/c', 'a/b*', false],
    ['+/b', 'a/+', true],
    ['*', 'a/+/c', true],
    ['a/+/*', 'a/b', false],
    ['a/*', 'a/', true],
    ['a/*', 'a', false],
    ['a/+b', 'a/xb', false],
    ['a*b', 'axb', false],
    ['a/+/b*', 'a/x/bc/d', true],
  ])('of %s and %s is %s', (a, b, expected) => {
    expect(overlap(PathPattern.of(a), PathPattern.of(b))).toBe(expected);
  });

  test('is true exactly where some path is matched by both patterns', () => {
    const wrong = PAIRS.filter(([a, b]) => overlap(a, b) !== ((matched(a) & matched(b)) !== 0n));
    expect(textsOf(wrong)).toEqual([]);
  });
});

describe('covers', () => {
  test.each([
    ['a/*', 'a/+', true],
    ['a/+', 'a/*', false],
    ['a/*', 'a/b*', true],
    ['a/b*', 'a/+/*', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b*', false],
    ['+/+', 'a/+', true],
    ['*', '+/+', true],
    ['a/+/*', 'a/*', false],
    ['a/+b', 'a/xb', false],
    ['a/b*', 'a/+', false],
  ])('%s over %s is %s', (outer, inner, expected) => {
    expect(covers(PathPattern.of(outer), PathPattern.of(inner))).toBe(expected);
  });

  test('is true exactly where the outer pattern matches all paths of the inner one', () => {
    const wrong = PAIRS.filter(
      ([outer, inner]) => covers(outer, inner) !== ((matched(outer) & matched(inner)) === matched(inner)),
    );
    expect(textsOf(wrong)).toEqual([]);
  });
});
