import { covers, outranks, overlap } from '../../policies/precedence';
import { allows, matches, requestPaths, winner } from './vault-model';

/** Every pattern of up to three segments over a small alphabet, closed, open, and with a final slash. */
const PATTERNS = (() => {
  const bodies = requestPaths(['a', 'b', 'ab', '+'], 3);
  const open = requestPaths(['a', 'b', '+'], 2).flatMap((body) =>
    ['*', 'a*', 'ab*', ''].map((end) => `${body}/${end}`),
  );
  return [...new Set([...bodies, ...open, '*', 'a*', 'ab*', 'b*'])];
})();

/** `c` stands for everything that no pattern spells out; `+` also matches an empty segment. */
const PATHS = requestPaths(['', 'a', 'b', 'ab', 'abc', 'c'], 4);

/** The paths that a pattern matches, one bit each. */
const MATCHED = new Map(
  PATTERNS.map((pattern) => [
    pattern,
    BigInt(`0b0${PATHS.map((path) => (matches(pattern, path) ? '1' : '0')).join('')}`),
  ]),
);

/** A path that both patterns match. */
function commonPath(a: string, b: string): string | undefined {
  const both = (MATCHED.get(a) ?? 0n) & (MATCHED.get(b) ?? 0n);
  return both === 0n ? undefined : PATHS[PATHS.length - both.toString(2).length];
}

const PAIRS = PATTERNS.flatMap((a) => PATTERNS.map((b) => [a, b] as const));

describe('the model agrees with the engine', () => {
  test.each([
    [
      'an ignored deny',
      [
        ['secret/*', []],
        ['secret/foo', ['read']],
      ],
      'read',
      'secret/foo',
      true,
    ],
    [
      'an exact rule that narrows',
      [
        ['secret/*', ['read']],
        ['secret/foo', ['update']],
      ],
      'read',
      'secret/foo',
      false,
    ],
    ['a prefix without slash', [['secret/foo*', ['read']]], 'read', 'secret/foo/bar', true],
    [
      'a + at the same place',
      [
        ['secret/*', ['read']],
        ['secret/+/x', []],
      ],
      'read',
      'secret/a/x',
      false,
    ],
    [
      'an open + at the same place',
      [
        ['secret/*', ['read']],
        ['secret/+/x*', []],
      ],
      'read',
      'secret/a/x1',
      true,
    ],
    ['an empty segment', [['secret/+', ['read']]], 'read', 'secret/', true],
    ['a + inside a segment', [['secret/+b', ['read']]], 'read', 'secret/ab', false],
    ['a * in the middle', [['foo/*/bar', ['read']]], 'read', 'foo/x/bar', false],
    ['an exact rule and a listing', [['foo', ['list']]], 'list', 'foo/', true],
    ['an exact rule and its slash', [['foo', ['read']]], 'read', 'foo/', false],
    ['the folder itself', [['secret/*', ['read']]], 'read', 'secret', false],
    [
      'the later +',
      [
        ['a/+/c/d', ['read']],
        ['a/b/+/d', []],
      ],
      'read',
      'a/b/c/d',
      false,
    ],
    [
      'the longer of two open +',
      [
        ['a/+/b*', ['read']],
        ['a/+/bc*', []],
      ],
      'read',
      'a/x/bcd',
      false,
    ],
  ] as const)('on %s', (_, rules, operation, path, allowed) => {
    const document = rules.map(([pattern, capabilities]) => ({ path: pattern, capabilities }));
    expect(allows(document, operation, path, 'without slash first')).toBe(allowed);
  });

  test('on a listing below a wider rule, where the order of lookups decides', () => {
    const rules = [
      { path: 'secret/*', capabilities: ['list'] },
      { path: 'secret/private/*', capabilities: [] },
    ];
    expect(allows(rules, 'list', 'secret/private/', 'without slash first')).toBe(true);
    expect(allows(rules, 'list', 'secret/private/', 'with slash first')).toBe(false);
  });
});

describe('outranks', () => {
  test.each([
    ['an exact rule', 'secret/foo', 'secret/+'],
    ['an exact rule, however short', 'a', 'b/c/*'],
    ['a later first wildcard', 'a/b/+', 'a/+/c'],
    ['a later final *', 'secret/foo*', 'secret/*'],
    ['no final * at the same place', 'secret/+', 'secret/*'],
    ['fewer + segments', 'a/+/c', 'a/+/+'],
    ['the longer pattern', 'a/+/bc*', 'a/+/b*'],
    ['the larger text', 'a/+/c', 'a/+/b'],
    ['a final * behind text', 'foo*', '+/*'],
  ])('prefers %s: %s over %s', (_, higher, lower) => {
    expect([outranks(higher, lower), outranks(lower, higher)]).toEqual([true, false]);
  });

  test('agrees with the engine wherever two patterns match the same path', () => {
    const wrong = PAIRS.filter(([a, b]) => {
      const path = a === b ? undefined : commonPath(a, b);
      return path !== undefined && (outranks(a, b) ? a : b) !== winner([a, b], path);
    });
    expect(wrong).toEqual([]);
  });

  test('is a strict total order on distinct patterns', () => {
    const sorted = [...PATTERNS].sort((a, b) => (outranks(a, b) ? 1 : -1));
    const rank = new Map(sorted.map((pattern, i) => [pattern, i]));
    const wrong = PAIRS.filter(([a, b]) => outranks(a, b) !== (rank.get(a) ?? 0) > (rank.get(b) ?? 0));
    expect(wrong).toEqual([]);
  });
});

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
  ])('of %s and %s is %s', (a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
  });

  test('is true exactly where some path is matched by both patterns', () => {
    const wrong = PAIRS.filter(
      ([a, b]) => overlap(a, b) !== (((MATCHED.get(a) ?? 0n) & (MATCHED.get(b) ?? 0n)) !== 0n),
    );
    expect(wrong).toEqual([]);
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
  ])('%s over %s is %s', (outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected);
  });

  test('is true exactly where the outer pattern matches all paths of the inner one', () => {
    const wrong = PAIRS.filter(([outer, inner]) => {
      const paths = MATCHED.get(inner) ?? 0n;
      return covers(outer, inner) !== (((MATCHED.get(outer) ?? 0n) & paths) === paths);
    });
    expect(wrong).toEqual([]);
  });
});
