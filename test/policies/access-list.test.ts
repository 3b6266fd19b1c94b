import { AccessList, type RefusalCause } from '../../policies/access-list';
import {
  ALL_CAPABILITIES,
  type AnyCapability,
  capabilityNames,
  capabilitySet,
} from '../../policies/capability';
import { DIALECT_NAMES, DIALECTS, type DialectName } from '../../policies/dialect';
import type { Operation } from '../../policies/operation';
import { PathPattern } from '../../policies/path-pattern';
import type { Policy } from '../../policies/policy';
import { type PlainPolicy, policyOf } from './plain-policy';

type Words = readonly (AnyCapability | 'deny')[];
/** Policies of one token, each as paths with what they allow. */
type Policies = readonly Readonly<Record<string, Words>>[];

const blocks = (policy: Readonly<Record<string, Words>>): PlainPolicy =>
  Object.entries(policy).map(([path, capabilities]) => ({ path, capabilities }));

function listOf(policies: Policies, dialect: DialectName = 'vault'): AccessList {
  return AccessList.of(
    policies.map((policy, i) => policyOf(`p${i + 1}`, blocks(policy))),
    DIALECTS[dialect],
  );
}

const BOTH_ORDERS = { vault: true, openbao: true, 'openbao-2.5': true } as const;
const NEITHER = { vault: false, openbao: false, 'openbao-2.5': false } as const;

/** Where other tools are wrong, each case as a server decides it. */
const CASES: readonly [string, Policies, Operation, string, Readonly<Record<DialectName, boolean>>][] = [
  [
    'a deny that is outranked',
    [{ 'secret/*': ['deny'] }, { 'secret/foo': ['read'] }],
    'read',
    'secret/foo',
    BOTH_ORDERS,
  ],
  [
    'an exact rule that narrows',
    [{ 'secret/*': ['read'] }, { 'secret/foo': ['update'] }],
    'read',
    'secret/foo',
    NEITHER,
  ],
  ['a prefix across segments', [{ 'secret/foo*': ['read'] }], 'read', 'secret/foo/bar', BOTH_ORDERS],
  [
    'a + at the place of a *',
    [{ 'secret/*': ['read'], 'secret/+/x': ['deny'] }],
    'read',
    'secret/a/x',
    NEITHER,
  ],
  [
    'an open + at the place of a *',
    [{ 'secret/*': ['read'], 'secret/+/x*': ['deny'] }],
    'read',
    'secret/a/x1',
    BOTH_ORDERS,
  ],
  [
    'a listing of what is denied below',
    [{ 'secret/*': ['list'], 'secret/private/*': ['deny'] }],
    'list',
    'secret/private/',
    { vault: true, openbao: false, 'openbao-2.5': true },
  ],
  ['an empty segment', [{ 'secret/+': ['read'] }], 'read', 'secret/', BOTH_ORDERS],
  ['a + inside a segment', [{ 'secret/+b': ['read'] }], 'read', 'secret/ab', NEITHER],
  ['a * in the middle', [{ 'foo/*/bar': ['read'] }], 'read', 'foo/x/bar', NEITHER],
  [
    'capabilities of two policies',
    [{ 'secret/*': ['read'] }, { 'secret/*': ['update'] }],
    'update',
    'secret/x',
    BOTH_ORDERS,
  ],
  [
    'a deny in one of two policies',
    [{ 'secret/*': ['read'] }, { 'secret/*': ['deny'] }],
    'read',
    'secret/x',
    NEITHER,
  ],
  [
    'a deny in the first of two',
    [{ 'secret/*': ['deny'] }, { 'secret/*': ['read'] }],
    'read',
    'secret/x',
    NEITHER,
  ],
  ['an exact rule and a listing', [{ foo: ['list'] }], 'list', 'foo/', BOTH_ORDERS],
  ['an exact rule and its slash', [{ foo: ['read'] }], 'read', 'foo/', NEITHER],
  ['the folder itself', [{ 'secret/*': ['read'] }], 'read', 'secret', NEITHER],
  ['the later +', [{ 'a/+/c/d': ['read'], 'a/b/+/d': ['deny'] }], 'read', 'a/b/c/d', NEITHER],
  ['the longer of two open +', [{ 'a/+/b*': ['read'], 'a/+/bc*': ['deny'] }], 'read', 'a/x/bcd', NEITHER],
  ['a + before a *', [{ '+/*': ['read'], '*': ['update'] }], 'read', 'foo/bar', NEITHER],
];

describe.each(DIALECT_NAMES)('a token of %s', (dialect) => {
  test.each(CASES)('with %s', (_, policies, operation, path, expected) => {
    const list = listOf(policies, dialect);
    expect(list.decide({ operation, path }).allowed).toBe(expected[dialect]);
  });

  test.each(CASES)(
    'with %s, whatever the order of its policies',
    (_, policies, operation, path, expected) => {
      const list = listOf([...policies].reverse(), dialect);
      expect(list.decide({ operation, path }).allowed).toBe(expected[dialect]);
    },
  );
});

test.each<[Operation, AnyCapability]>([
  ['create', 'create'],
  ['read', 'read'],
  ['update', 'update'],
  ['patch', 'patch'],
  ['delete', 'delete'],
  ['list', 'list'],
  ['scan', 'scan'],
  ['revoke', 'update'],
  ['renew', 'update'],
  ['rollback', 'update'],
  ['subscribe', 'subscribe'],
  ['recover', 'recover'],
])('%s needs %s and nothing else', (operation, capability) => {
  const others = ALL_CAPABILITIES.filter((one) => one !== capability);
  const decide = (words: Words) => listOf([{ 'a*': words }]).decide({ operation, path: 'a' }).allowed;
  expect([decide([capability]), decide(others)]).toEqual([true, false]);
});

test('help is given to everybody', () => {
  expect(AccessList.nothing(DIALECTS.vault).decide({ operation: 'help', path: 'a' })).toEqual({
    allowed: true,
    lost: [],
  });
});

test.each([
  ['/a/b', 'read', true],
  ['//a/b', 'read', true],
  ['a/b', 'read', true],
  ['a//b', 'read', false],
  ['a/b', 'list', true],
  ['a/b/', 'list', true],
] as const)("a request for '%s' to %s is allowed: %s", (path, operation, allowed) => {
  expect(listOf([{ 'a/b': ['read', 'list'] }]).decide({ operation, path }).allowed).toBe(allowed);
});

describe('a refusal', () => {
  test.each<[RefusalCause, string, Policies, Operation, string]>([
    ['no rule', 'no rule matches', [], 'read', 'a'],
    ['deny', 'the rule denies', [{ a: ['deny'] }], 'read', 'a'],
    ['capability', 'the rule has no update, only read, list', [{ a: ['list', 'read'] }], 'update', 'a'],
    ['capability', 'the rule has no read, only nothing', [{ a: [] }], 'read', 'a'],
    ['capability', 'the rule has no read, only sudo', [{ '*': ['sudo'] }], 'read', 'sys/audit'],
    [
      'root-protected',
      'the path is root-protected and the rule has no sudo',
      [{ '*': ['read'] }],
      'read',
      'sys/audit',
    ],
  ])('has the cause %s and says: %s', (cause, refusal, policies, operation, path) => {
    expect(listOf(policies).decide({ operation, path })).toMatchObject({ allowed: false, refusal, cause });
  });

  test('says which condition is not met', () => {
    const policy = policyOf('p', [{ path: 'a', capabilities: ['update'], min_wrapping_ttl: 60 }]);
    const list = AccessList.of([policy], DIALECTS.vault);
    const request = { operation: 'update', path: 'a' } as const;
    expect(list.decide(request)).toMatchObject({
      allowed: false,
      refusal: 'the answer must be wrapped, for 60 s at least',
      cause: 'condition',
    });
    expect(list.decide({ ...request, wrapTtl: 60 })).toMatchObject({ allowed: true });
    expect(list.decide({ ...request, wrapTtl: 60 }).cause).toBeUndefined();
  });
});

test('a root-protected path is open to a rule with sudo', () => {
  const list = listOf([{ 'sys/*': ['read', 'sudo'] }]);
  expect(list.decide({ operation: 'read', path: 'sys/audit' }).allowed).toBe(true);
});

test('a decision names the rule that counts, and the others with the reason, best first', () => {
  const list = listOf([
    { 'a/*': ['read'], 'a/+/c': ['update'] },
    { 'a/b/c': ['list'], '*': ['sudo'], 'b*': [] },
  ]);
  const { rule, lost } = list.decide({ operation: 'read', path: 'a/b/c' });
  expect(rule?.pattern.text).toBe('a/b/c');
  expect(rule?.origins).toEqual([{ policy: 'p2', line: 1 }]);
  const because = 'the other names the path exactly';
  expect(lost.map((one) => [one.rule.pattern.text, one.because])).toEqual([
    ['a/+/c', because],
    ['a/*', because],
    ['*', because],
  ]);
});

test.each([
  ['vault', 'secret/*', "HashiCorp Vault looks a listing up without its final '/' first"],
  ['openbao', 'secret/private/*', 'its first wildcard comes earlier'],
] as const)('a listing in %s is decided by %s', (dialect, winner, because) => {
  const list = listOf([{ 'secret/*': ['list'], 'secret/private/*': ['deny'] }], dialect);
  const { rule, lost } = list.decide({ operation: 'list', path: 'secret/private' });
  expect(rule?.pattern.text).toBe(winner);
  expect(lost.map((one) => one.because)).toEqual([because]);
});

describe('blocks of one path', () => {
  test('come together from all policies, and say where each is', () => {
    const [rule] = listOf([{ a: ['read'] }, { '/a': ['list'] }]).rules;
    expect(capabilityNames(rule?.capabilities ?? 0)).toEqual(['read', 'list']);
    expect(rule?.origins).toEqual([
      { policy: 'p1', line: 1 },
      { policy: 'p2', line: 1 },
    ]);
  });

  test('come to nothing where one denies, which is named alone', () => {
    const list = listOf([{ a: ['read'] }, { a: ['deny'] }, { a: ['update'] }]);
    expect(list.rules).toMatchObject([
      { denies: true, capabilities: 0, origins: [{ policy: 'p2', line: 1 }] },
    ]);
  });

  test('allow what another policy adds to an empty list', () => {
    expect(listOf([{ a: [] }, { a: ['read'] }]).decide({ operation: 'read', path: 'a' }).allowed).toBe(true);
  });

  test('count until they expire', () => {
    const [plain] = policyOf('p', [{ path: 'a', capabilities: ['read'] }]).rules;
    const policy = { name: 'p', rules: [{ ...plain, expiration: 1000 }] } as Policy;
    const rulesAt = (now: number) => AccessList.of([policy], DIALECTS.openbao, now).rules.length;
    expect([rulesAt(999), rulesAt(1000), rulesAt(1001)]).toEqual([1, 1, 0]);
  });
});

describe('root', () => {
  const root: Policy = { name: 'root', rules: [] };

  test('alone may do everything everywhere, without conditions', () => {
    const list = AccessList.of([root], DIALECTS.vault);
    expect(list.isRoot).toBe(true);
    expect(list.decide({ operation: 'delete', path: 'sys/raw/x' }).allowed).toBe(true);
    expect(list.capabilities('any')).toBe(capabilitySet(ALL_CAPABILITIES));
  });

  test('fails together with others, as Vault refuses such a token', () => {
    expect(() => AccessList.of([root, policyOf('p', [])], DIALECTS.vault)).toThrow(
      "'policies' must be 'root' alone or without it, got 'root', 'p'; take the others away, they would not count",
    );
  });
});

test.each([
  ['a', ['read', 'list']],
  ['/a', ['read', 'list']],
  ['a/', ['read', 'list']],
  ['b', []],
])("sys/capabilities says of '%s': %j", (path, expected) => {
  expect(capabilityNames(listOf([{ a: ['read', 'list'] }]).capabilities(path))).toEqual(expected);
});

test('a rule is found by its pattern, and by the patterns that match', () => {
  const list = listOf([{ 'a/*': ['read'], 'a/+': ['list'], 'a/b': ['update'] }]);
  const patterns = list.rules.map(({ pattern }) => pattern);
  expect(list.rule(PathPattern.of('/a/+'))?.pattern.text).toBe('a/+');
  expect(list.rule(PathPattern.of('b'))).toBeUndefined();
  expect(list.decidingOf(patterns)?.pattern.text).toBe('a/b');
  expect(list.decidingOf([PathPattern.of('a/*'), PathPattern.of('other')])?.pattern.text).toBe('a/*');
  expect(list.decidingOf([])).toBeUndefined();
});
