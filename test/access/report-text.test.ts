import { accessMatrix } from '../../access/matrix';
import { matrixText } from '../../access/report-text';
import { type MadeAccess, madeAccess, manyServices } from './made-access';

function report(made: MadeAccess, columns?: number): string {
  return matrixText(accessMatrix([madeAccess(made)]), columns);
}

const SHOP: MadeAccess = {
  policies: {
    default: { 'auth/token/renew-self': ['update'], 'sys/tools/hash': ['update'] },
    web: { 'kv/data/database': ['read'], 'kv/metadata/database': ['delete'] },
    gateway: { 'kv/data/*': ['create', 'update'], 'auth/approle/role/web/secret-id': ['update'] },
    worker: { 'kv/data/database': ['read'], 'sys/health': ['read'] },
    backup: { 'sys/health': ['read'], 'sys/storage/raft/snapshot': ['read'] },
  },
  identities: {
    backup: ['backup'],
    gateway: ['default', 'gateway'],
    idle: ['default'],
    web: ['default', 'web'],
    worker: ['default', 'worker'],
  },
  secrets: ['database', 'mail'],
};

test('who has what is told secret by secret, and what all have is told once', () => {
  expect(`\n${report(SHOP, 80)}`).toBe(`
shop-production: 5 identities, 2 secrets (HashiCorp Vault)

secrets
  kv/database             read: web, worker
                          create+update: gateway
    kv/metadata/database  delete: web
  kv/mail                 create+update: gateway

other paths of KV engines
  kv/data/*               create+update: gateway

other paths
  sys/health              read: backup, worker

only backup
  sys/storage/raft/snapshot  read

only gateway
  auth/approle/role/web/secret-id  update

every token with policy 'default' (4 of 5)
  auth/token/renew-self  update
  sys/tools/hash         update

nothing besides
  idle
`);
});

test('a secret that nobody reaches is told', () => {
  expect(report({ policies: {}, secrets: ['lonely'] })).toContain('  kv/lonely  nobody\n');
});

test('what is no role says what it is, and conditions and denials are told', () => {
  const text = report({
    policies: {
      once: { 'kv/data/a': { capabilities: ['read'], conditions: { minWrappingTtl: 1 } } },
      never: { 'kv/data/a': ['deny'] },
    },
    secrets: ['a'],
  });
  expect(text).toContain('read (wrapped 1s..): once (policy)');
  expect(text).toContain('denied: never (policy)');
});

test("all who have policy 'default' are a number where others reach its paths too", () => {
  const text = report({
    ...SHOP,
    policies: { ...SHOP.policies, backup: { 'auth/*': ['read', 'update'] } },
  });
  expect(text).toMatch(
    /auth\/token\/renew-self +read\+update: backup\n +update: all 4 with policy 'default'\n/,
  );
});

test("what somebody else has too is no path that only those with policy 'default' have", () => {
  const identities = { a: ['default'], b: ['default'], c: ['default'], d: ['default'], zed: ['backup'] };
  const text = report({
    policies: { ...SHOP.policies, backup: { 'auth/*': ['read', 'update'] } },
    identities,
  });
  expect(text).toMatch(/auth\/token\/renew-self +read\+update: zed\n +update: all 4 with policy 'default'\n/);
});

test("some of those who have policy 'default' are told by their names", () => {
  const identities = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((name) => [name, name === 'e' ? ['default'] : ['default', 'web']]),
  );
  expect(report({ policies: SHOP.policies, identities, secrets: ['database'] })).toContain(
    'read: a, b, c, d\n',
  );
});

test('unknown things are warned of at the end', () => {
  const text = report(
    { policies: {}, unknown: [`vault_policy.x: ${'its text is not known '.repeat(8)}`] },
    80,
  );
  const [, warning = ''] = text.split('\nwarning: ');
  expect(warning).toContain('\n  ? vault_policy.x: its text');
  expect(warning.trim().split('\n').length).toBeGreaterThan(2);
});

test('of many names the first are told and the others counted', () => {
  const text = matrixText(accessMatrix([manyServices(100)]));
  expect(text).toMatch(/every token with policy 'default' \(100 of 100\)/);
  const names = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`s${i}`, ['one']]));
  const shared = report({ policies: { one: { 'kv/data/a': ['read'] } }, identities: names, secrets: ['a'] });
  expect(shared).toContain('s39, and 20 more');
  expect(shared).not.toContain('s40');
});

test.each([60, 80, 100, 120])('no line is longer than a terminal of %i columns', (columns) => {
  const names = Array.from({ length: 15 }, (_, i) => `service-number-${i}`);
  const text = report(
    {
      policies: { one: { 'kv/data/platform/database': ['create', 'read', 'update', 'delete', 'list'] } },
      identities: Object.fromEntries(names.map((name) => [name, ['one']])),
      secrets: ['platform/database'],
      unknown: ['a word '.repeat(50)],
    },
    columns,
  );
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns);
});

test('what policy default gives is told once where it is the same', () => {
  const [first, second] = ['a', 'b'].map((name) => madeAccess({ ...SHOP, name }));
  const other = madeAccess({
    ...SHOP,
    name: 'c',
    policies: { ...SHOP.policies, default: { 'sys/tools/hash': ['read'] } },
  });
  const text = matrixText(accessMatrix(first && second ? [first, second, other] : []));
  expect(text.match(/^ {2}(sys\/tools\/hash|the same).*$/gm)).toEqual([
    '  sys/tools/hash         update',
    '  the same 2 paths as in a',
    '  sys/tools/hash  read',
  ]);
});

test('who is only denied reaches nothing', () => {
  const text = report({ policies: { never: { 'sys/health': ['deny'] } } });
  expect(text).toContain('other paths\n  sys/health  denied: never (policy)\n');
  expect(text).toContain('nothing besides\n  never (policy)\n');
});

test('environments follow each other, and none is said', () => {
  const two = [madeAccess({ name: 'a', policies: {} }), madeAccess({ name: 'b', policies: {} })];
  expect(matrixText(accessMatrix(two))).toBe(
    'a: 0 identities, 0 secrets (HashiCorp Vault)\n\nb: 0 identities, 0 secrets (HashiCorp Vault)\n',
  );
  expect(matrixText({ environments: [] })).toBe('no environments\n');
});

test('names cannot drive the terminal', () => {
  const text = report({
    name: 'shop\u001b[2J',
    policies: {
      'evil\u001b]0;x\u0007\u202egnp': { 'kv/data/a\u001b[31m\r\n': ['read'], 'sys/\u009b1m': ['read'] },
    },
    secrets: ['a\u001b[31m\r\n'],
    unknown: ['x\u001b[0m'],
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(text).toContain('\\u{1b}');
  expect(text).toContain('\\u{202e}gnp');
});
