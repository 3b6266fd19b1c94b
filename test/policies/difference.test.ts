import { AccessList } from '../../policies/access-list';
import { DIALECTS, type DialectName } from '../../policies/dialect';
import { type AccessChange, accessDifference, broadens, narrows } from '../../policies/difference';
import { type PlainPolicy, policyOf } from './plain-policy';

function listOf(blocks: PlainPolicy, dialect: DialectName = 'openbao'): AccessList {
  return AccessList.of([policyOf('apps', blocks)], DIALECTS[dialect]);
}

/** As `<witness>: +read -list looser`. */
function changes(before: PlainPolicy, after: PlainPolicy, dialect?: DialectName): string[] {
  return accessDifference(listOf(before, dialect), listOf(after, dialect)).map(worded);
}

function worded({ witness, gained, lost, conditions }: AccessChange): string {
  const all = [...gained.map((one) => `+${one}`), ...lost.map((one) => `-${one}`)];
  return `${witness}: ${[...all, conditions === 'same' ? [] : conditions].flat().join(' ')}`;
}

const read = (path: string) => ({ path, capabilities: ['read'] }) as const;
const list = (path: string) => ({ path, capabilities: ['list'] }) as const;
const deny = (path: string) => ({ path, capabilities: ['deny'] }) as const;

test('nothing changes between nothing and nothing', () => {
  expect(changes([], [])).toEqual([]);
});

test.each<[string, PlainPolicy, PlainPolicy, string[]]>([
  ['a new rule', [], [read('a/b')], ['a/b: +read']],
  ['a rule that goes', [read('a/b')], [], ['a/b: -read']],
  ['a rule that denies now', [read('a/*')], [deny('a/*')], ['a/any: -read']],
  ['nothing given, and nothing denied', [deny('a/*')], [{ path: 'a/*', capabilities: [] }], []],
  ['a deny that goes where nothing else matches', [deny('a/b')], [], []],
  ['a deny that is outranked', [read('a/*')], [read('a/*'), deny('a/+/x*')], []],
  ['a deny that hits', [read('a/*')], [read('a/*'), deny('a/+/x')], ['a/any/x: -read']],
  [
    'an exact rule that takes away what a wildcard gives',
    [read('a/*')],
    [read('a/*'), { path: 'a/b', capabilities: ['update'] }],
    ['a/b: +update -read'],
  ],
  ['a wildcard that reaches what no rule names', [read('a/b')], [read('a/b*')], ['a/bany: +read']],
  ['one more level', [read('a/+')], [read('a/*')], ['a/any/any: +read']],
  ['one rule written as two that cover it', [read('a/*')], [read('a/*'), read('a/+')], []],
  ['a prefix without its slash', [read('a/*')], [read('a*')], ['a: +read']],
])('%s', (_, before, after, expected) => {
  expect(changes(before, after).sort()).toEqual([...expected].sort());
});

test('a listing is compared by its path with the slash, and not as what can be read', () => {
  expect(changes([], [list('a')])).toEqual(['a/: +list']);
  expect(changes([list('a/*')], [list('a/*'), list('a')])).toEqual([]);
  // What lists `a/` lists `a//` too: its path without the slash.
  expect(changes([list('a/')], [list('a')])).toEqual(['a//: -list']);
  expect(changes([read('a/')], [read('a')]).sort()).toEqual(['a/: -read', 'a: +read']);
});

test.each<[DialectName, string[]]>([
  ['openbao', ['a/private/: -list']],
  // Looked up without the slash first, where the deny does not match: below it is denied all the same.
  ['openbao-2.5', ['a/private/any/: -list']],
  ['vault', ['a/private/any/: -list']],
])('in %s a deny below a folder is passed by or not', (dialect, expected) => {
  const before = [list('a/*')];
  expect(changes(before, [...before, deny('a/private/*')], dialect)).toEqual(expected);
});

test('another dialect alone is a change where it decides otherwise', () => {
  const blocks = [list('a/*'), deny('a/private/*')];
  const found = accessDifference(listOf(blocks, 'openbao-2.5'), listOf(blocks, 'openbao'));
  expect(found.map(worded)).toEqual(['a/private/: -list']);
});

test('both rules that decide are told, and what a person may think of it', () => {
  const before = [read('a/*')];
  const after = [...before, { path: 'a/b', capabilities: ['update'] } as const];
  const [change] = accessDifference(listOf(before), listOf(after)) as [AccessChange];
  expect(change.before?.pattern.text).toBe('a/*');
  expect(change.after?.pattern.text).toBe('a/b');
  expect(change.after?.origins).toEqual([{ policy: 'apps', line: 2 }]);
  expect([broadens(change), narrows(change)]).toEqual([true, true]);
});

test('rules of the names that words for nothing have are told apart from nothing', () => {
  const found = changes([], [read('undefined'), read('+')]);
  expect(found.sort()).toEqual(['any: +read', 'undefined: +read']);
  expect(changes([read('a'), list('b c')], [read('a b'), list('c')])).toHaveLength(4);
});

test('root is compared as everything', () => {
  const root = AccessList.of([{ name: 'root', rules: [] }], DIALECTS.openbao);
  const [change] = accessDifference(listOf([read('a')]), root) as [AccessChange];
  expect(change.gained).toContain('sudo');
  expect(accessDifference(root, root)).toEqual([]);
});

describe('conditions', () => {
  test.each<[string, Partial<PlainPolicy[number]>, Partial<PlainPolicy[number]>, string]>([
    ['a wrapping that is asked for', {}, { min_wrapping_ttl: 60 }, 'tighter'],
    ['a wrapping that is not', { max_wrapping_ttl: 60 }, {}, 'looser'],
    ['a shorter maximum', { max_wrapping_ttl: 60 }, { max_wrapping_ttl: 30 }, 'tighter'],
    [
      'a range moved',
      { min_wrapping_ttl: 10, max_wrapping_ttl: 20 },
      { min_wrapping_ttl: 15, max_wrapping_ttl: 30 },
      'other',
    ],
    [
      'a parameter less',
      { allowed_parameters: { p: [], q: [] } },
      { allowed_parameters: { p: [] } },
      'tighter',
    ],
    ['any parameter', { allowed_parameters: { p: ['x'] } }, { allowed_parameters: { '*': [] } }, 'looser'],
    ['a value denied', {}, { denied_parameters: { p: ['x'] } }, 'tighter'],
    ['a parameter required', {}, { required_parameters: ['p'] }, 'tighter'],
    ['one parameter for another', { required_parameters: ['p'] }, { required_parameters: ['q'] }, 'other'],
    ['looser and tighter', { min_wrapping_ttl: 60 }, { required_parameters: ['p'] }, 'other'],
  ])('%s', (_, before, after, expected) => {
    const block = { path: 'a', capabilities: ['update'] } as const;
    const found = accessDifference(listOf([{ ...block, ...before }]), listOf([{ ...block, ...after }]));
    expect(found.map(worded)).toEqual([`a: ${expected}`]);
    const [change] = found as [AccessChange];
    expect(broadens(change)).toBe(expected !== 'tighter');
    expect(narrows(change)).toBe(expected !== 'looser');
  });

  test.each<[string, PlainPolicy[number], Partial<PlainPolicy[number]>]>([
    [
      'parameters where nothing that has them is allowed',
      { path: 'a', capabilities: ['delete', 'list'] },
      { required_parameters: ['p'], denied_parameters: { '*': [] } },
    ],
    [
      'a limit of listings where nothing is listed',
      { path: 'a', capabilities: ['read'] },
      { pagination_limit: 5 },
    ],
    ['a wrapping of what is denied', { path: 'a', capabilities: ['deny'] }, { min_wrapping_ttl: 5 }],
    ['a wrapping where sudo alone is given', { path: 'a', capabilities: ['sudo'] }, { min_wrapping_ttl: 5 }],
    [
      'any parameter, said at length',
      { path: 'a', capabilities: ['update'] },
      { allowed_parameters: { '*': ['x'], p: [] } },
    ],
    [
      'case',
      { path: 'a', capabilities: ['update'], required_parameters: ['P'] },
      { required_parameters: ['p'] },
    ],
  ])('%s is no change', (_, block, more) => {
    expect(changes([block], [{ ...block, ...more }])).toEqual([]);
    expect(changes([{ ...block, ...more }], [block])).toEqual([]);
  });

  test('the limit of listings counts for them alone', () => {
    const block = { path: 'a', capabilities: ['read', 'list'], pagination_limit: 5 } as const;
    expect(changes([block], [{ ...block, pagination_limit: 9 }])).toEqual(['a/: looser']);
    expect(changes([block], [{ ...block, required_parameters: ['p'] }])).toEqual(['a: tighter']);
    expect(changes([block], [{ ...block, required_parameters: ['limit'] }]).sort()).toEqual([
      'a/: tighter',
      'a: tighter',
    ]);
  });

  test('what no request can satisfy is as good as nothing', () => {
    const block = { path: 'a', capabilities: ['read'] } as const;
    const never = [
      { ...block, min_wrapping_ttl: 60 },
      { ...block, max_wrapping_ttl: 30 },
    ];
    expect(changes([block], never)).toEqual(['a: -read']);
    expect(changes(never, [])).toEqual([]);
  });
});

describe('of large lists', () => {
  const wildcards = Array.from({ length: 20 }, (_, i) =>
    list(['apps/metadata/team-0/*', `apps/+/team-${i}/*`, `apps/data/+/svc-${i}`][i % 3] as string),
  );
  const names = Array.from({ length: 1_000 }, (_, i) => read(`apps/data/team-${i % 50}/svc-${i}`));

  test('with 1,000 names and 20 wildcards one change is found', () => {
    const after = [...names, ...wildcards].filter(({ path }) => path !== 'apps/data/+/svc-5');
    expect(changes([...names, ...wildcards], after)).toEqual(['apps/data/team-2/svc-5/: -list']);
  });

  test('with wildcards in differing places one change is found', () => {
    const diagonal = Array.from({ length: 20 }, (_, i) =>
      read(Array.from({ length: 20 }, (_, j) => (i === j ? `x${i}` : '+')).join('/')),
    );
    const [found = ''] = changes(diagonal, diagonal.slice(1));
    expect(found).toMatch(/^x0(\/any){19}: -read$/);
  });
});
