import { groupedEnvironments, unnamed } from '../../../review/comment/grouped-environments';

const groups = (all: readonly (readonly [environment: string, what: string])[]) =>
  groupedEnvironments(
    all.map(([environment, what]) => ({ environment, what })),
    (what) => what,
  ).map(({ environments, isSame }) => [environments, isSame]);

test.each<[string, [string, string][], [string[], boolean][]]>([
  [
    'the same words',
    [
      ['shop-staging', 'same'],
      ['shop-production', 'same'],
    ],
    [[['shop-staging', 'shop-production'], true]],
  ],
  [
    'the same but for the names',
    [
      ['shop-staging', 'stack shop-staging-vault of shop in staging'],
      ['mail-production', 'stack mail-production-vault of mail in production'],
    ],
    [[['shop-staging', 'mail-production'], false]],
  ],
  [
    'the same words, whatever kind they speak of',
    [
      ['shop-staging', 'runs as production'],
      ['shop-production', 'runs as production'],
    ],
    [[['shop-staging', 'shop-production'], true]],
  ],
  [
    'a name within another word',
    [
      ['a-b', 'about'],
      ['x-y', 'xbout'],
    ],
    [
      [['a-b'], true],
      [['x-y'], true],
    ],
  ],
])('%s', (_, all, expected) => {
  expect(groups(all)).toEqual(expected);
});

test('a name may have any characters', () => {
  expect(unnamed('of a.(b', 'a.(b')).toBe('of \0E');
  expect(unnamed('of x.y-z', 'x.y-z')).toBe('of \0E');
});
