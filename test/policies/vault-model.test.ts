import { commonPath, PAIRS, PATHS, PATTERNS, textsOf } from './small-patterns';
import { allows, matches, winner } from './vault-model';

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

describe('the pattern agrees with the model', () => {
  test('about the paths that it matches', () => {
    const wrong = PATTERNS.flatMap((pattern) =>
      PATHS.filter((path) => pattern.matches(path) !== matches(pattern.text, path)).map((path) => [
        pattern.text,
        path,
      ]),
    );
    expect(wrong).toEqual([]);
  });

  test('about which of two decides wherever both match the same path', () => {
    const wrong = PAIRS.filter(([a, b]) => {
      const path = a === b ? undefined : commonPath(a, b);
      const decides = a.compare(b) > 0 ? a : b;
      return path !== undefined && decides.text !== winner([a.text, b.text], path);
    });
    expect(textsOf(wrong)).toEqual([]);
  });

  test('that no two have the same rank', () => {
    const sorted = [...PATTERNS].sort((a, b) => a.compare(b));
    const rank = new Map(sorted.map((pattern, i) => [pattern, i]));
    const wrong = PAIRS.filter(
      ([a, b]) => Math.sign(a.compare(b)) !== Math.sign((rank.get(a) ?? 0) - (rank.get(b) ?? 0)),
    );
    expect(textsOf(wrong)).toEqual([]);
  });
});
