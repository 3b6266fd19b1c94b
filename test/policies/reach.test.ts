import { AccessList } from '../../policies/access-list';
import { type AnyCapability, capabilitySet } from '../../policies/capability';
import { DIALECTS } from '../../policies/dialect';
import { PathPattern } from '../../policies/path-pattern';
import { type Grant, reachBeyond, requestsWithin } from '../../policies/reach';
import { madeAccess } from '../access/made-access';

type Rules = Readonly<Record<string, readonly (AnyCapability | 'deny')[]>>;

function list(rules: Rules): AccessList {
  return AccessList.of([...madeAccess({ policies: { token: rules } }).policies.values()], DIALECTS.vault);
}

function grants(named: Readonly<Record<string, readonly AnyCapability[]>>): Grant[] {
  return Object.entries(named).map(([path, capabilities]) => ({
    pattern: PathPattern.of(path),
    capabilities: capabilitySet(capabilities),
  }));
}

function beyond(rules: Rules, named: Readonly<Record<string, readonly AnyCapability[]>>, besides?: Rules) {
  return reachBeyond(list(rules), grants(named), besides && list(besides)).map(
    ({ witness, capabilities, rule }) => [witness, capabilities.join(), rule.pattern.text],
  );
}

test('what is named is not beyond, however it is written', () => {
  expect(beyond({ 'a/b': ['read'], 'a/c/*': ['update'] }, { 'a/*': ['read', 'update'] })).toEqual([]);
  expect(beyond({ 'a/*': ['read'] }, { 'a/*': ['read'] })).toEqual([]);
  expect(beyond({ 'a/+/b': ['read'] }, { 'a/+/+': ['read'] })).toEqual([]);
  expect(beyond({ '*': ['deny'] }, {})).toEqual([]);
});

test('grants add up, unlike rules', () => {
  expect(beyond({ 'a/b': ['read', 'update'] }, { 'a/*': ['read'], 'a/b': ['update'] })).toEqual([]);
});

test.each<[string, Rules, Readonly<Record<string, readonly AnyCapability[]>>, string[][]]>([
  ['a path that nobody named', { 'a/b': ['read'] }, {}, [['a/b', 'read', 'a/b']]],
  [
    'a capability that nobody named',
    { 'a/b': ['read', 'sudo'] },
    { 'a/b': ['read'] },
    [['a/b', 'sudo', 'a/b']],
  ],
  ['what only a wildcard reaches', { 'a/*': ['read'] }, { 'a/b': ['read'] }, [['a/any', 'read', 'a/*']]],
  [
    'names that begin alike',
    { 'a/b*': ['read'] },
    { 'a/b': ['read'], 'a/b/*': ['read'] },
    [['a/bany', 'read', 'a/b*']],
  ],
  ['an empty segment', { 'a/+': ['read'] }, { 'a/b': ['read'] }, [['a/any', 'read', 'a/+']]],
  ['listings', { 'a/*': ['list'] }, {}, [['a/', 'list', 'a/*']]],
])('%s is beyond', (_, rules, named, expected) => {
  expect(beyond(rules, named)).toEqual(expected);
});

test('a listing that is named without its slash is named', () => {
  expect(beyond({ 'a/b': ['list'] }, { 'a/b': ['list'] })).toEqual([]);
  expect(beyond({ 'a/b/': ['list'] }, { 'a/b/': ['list'] })).toEqual([]);
  // A second slash arrives where it is encoded, and Vault takes one away.
  expect(beyond({ 'a/b/': ['list'] }, { 'a/b': ['list'] })).toEqual([['a/b//', 'list', 'a/b/']]);
});

test('what another list allows does not count', () => {
  expect(beyond({ 'a/*': ['read', 'update'] }, {}, { 'a/*': ['read'] })).toEqual([
    ['a/any', 'update', 'a/*'],
  ]);
  expect(beyond({ 'a/b': ['read', 'list'] }, {}, { 'a/*': ['read', 'list'] })).toEqual([]);
});

test('requests within a pattern reach each rule that decides there', () => {
  const found = [
    ...requestsWithin(list({ 'a/*': ['read'], 'a/b': ['deny'] }), PathPattern.of('a/+'), 'read'),
  ];
  expect(found.map(({ path }) => path)).toEqual(expect.arrayContaining(['a/b', 'a/any', 'a/']));
  expect(found.every(({ path }) => PathPattern.of('a/+').matches(path))).toBe(true);
  const listed = [...requestsWithin(list({ 'a/*': ['list'] }), PathPattern.of('a/b'), 'list')];
  expect(listed).toEqual([{ operation: 'list', path: 'a/b/' }]);
});

test('requests within a wildcard tell apart what is root-protected', () => {
  const found = [...requestsWithin(list({ 'sys/*': ['read'] }), PathPattern.of('sys/*'), 'read')];
  const paths = found.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['sys/any', 'sys/raw', 'sys/raw/any', 'sys/audit']));
});

test.each([
  ['a', 'read', ['a']],
  ['a/', 'read', ['a/']],
  ['a', 'list', ['a/']],
  ['a/', 'scan', ['a/']],
  ['/a', 'read', ['a']],
  ['', 'read', []],
  ['//a', 'list', []],
] as const)("requests within the one path '%s' for %s are %j", (path, operation, expected) => {
  const found = [...requestsWithin(list({ '*': ['deny'] }), PathPattern.of(path), operation)];
  expect(found.map((one) => one.path)).toEqual(expected);
});

test('a listing is beyond once where one rule allows both kinds', () => {
  expect(beyond({ 'a/': ['list', 'scan'] }, {})).toEqual([['a/', 'list,scan', 'a/']]);
});
