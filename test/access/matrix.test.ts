import * as fc from 'fast-check';
import { type AccessMatrix, accessMatrix, type MatrixRow } from '../../access/matrix';
import { type AnyCapability, capabilityNames, capabilitySet } from '../../policies/capability';
import { DIALECT_NAMES } from '../../policies/dialect';
import { type MadeAccess, madeAccess, manyServices } from './made-access';

/** Rows as a reader sees them: who may do what on which path. */
function cells(made: MadeAccess): Record<string, Record<string, string>> {
  const [environment] = accessMatrix([madeAccess(made)]).environments as [AccessMatrix['environments'][0]];
  return Object.fromEntries(
    environment.rows.map(({ name, grants }) => {
      const row: Record<string, string> = {};
      for (const { capabilities, conditions, identities } of grants) {
        const text = capabilityNames(capabilities).join(' ') || 'denied';
        for (const i of identities) {
          const identity = environment.identities[i]?.name as string;
          row[identity] = [row[identity], conditions ? `${text} (${conditions})` : text]
            .filter((one) => one !== undefined)
            .join(' + ');
        }
      }
      return [name, row];
    }),
  );
}

function rows(made: MadeAccess): readonly MatrixRow[] {
  return accessMatrix([madeAccess(made)]).environments[0]?.rows ?? [];
}

test('a declared secret has a row with what each identity may do with its values', () => {
  expect(
    cells({
      policies: {
        one: { 'kv/data/a': ['read'] },
        all: { 'kv/data/*': ['create', 'update'] },
        none: {},
      },
      secrets: ['a', 'b'],
    }),
  ).toEqual({
    'kv/a': { one: 'read', all: 'create update' },
    'kv/b': { all: 'create update' },
    'kv/data/*': { all: 'create update' },
  });
});

test('a secret that nobody reaches has a row without grants', () => {
  expect(cells({ policies: {}, secrets: ['a'] })).toEqual({ 'kv/a': {} });
});

test('a secret of version 1 is decided at its own path', () => {
  expect(cells({ policies: { one: { 'kv/a': ['read'] } }, secrets: ['a'], version: 1 })).toEqual({
    'kv/a': { one: 'read' },
  });
});

test.each(['metadata', 'delete', 'undelete', 'destroy'])(
  'a rule on exactly the %s of a secret has a row that says to which secret it belongs',
  (part) => {
    const found = rows({ policies: { one: { [`kv/${part}/a/b`]: ['update'] } }, secrets: ['a/b'] });
    expect(found.map(({ name, kind, secret }) => ({ name, kind, secret }))).toEqual([
      { name: 'kv/a/b', kind: 'secret', secret: undefined },
      { name: `kv/${part}/a/b`, kind: 'kv', secret: 'kv/a/b' },
    ]);
  },
);

test('in an engine of version 1 no path belongs to another secret', () => {
  const found = rows({ policies: { one: { 'kv/metadata/a': ['read'] } }, secrets: ['data/a'], version: 1 });
  expect(found.map(({ name, secret }) => [name, secret])).toEqual([
    ['kv/data/a', undefined],
    ['kv/metadata/a', undefined],
  ]);
});

test('rows come in the order secrets, KV engines, others, and by name within each', () => {
  const found = rows({
    policies: { one: { 'sys/health': ['read'], 'kv/metadata/*': ['list'], 'auth/token/create': ['update'] } },
    secrets: ['b', 'a'],
  });
  expect(found.map(({ name }) => name)).toEqual([
    'kv/a',
    'kv/b',
    'kv/metadata/*',
    'auth/token/create',
    'sys/health',
  ]);
});

describe('a pattern with wildcards', () => {
  test('is decided where no narrower pattern names the path', () => {
    expect(
      cells({
        policies: {
          wide: { 'kv/data/apps/*': ['read'] },
          narrow: { 'kv/data/apps/any': ['update'], 'kv/data/apps/o*': ['delete'] },
        },
      }),
    ).toEqual({
      'kv/data/apps/*': { wide: 'read' },
      'kv/data/apps/any': { wide: 'read', narrow: 'update' },
      'kv/data/apps/o*': { wide: 'read', narrow: 'delete' },
    });
  });

  test.each(['apps/+', '+/any'])(
    'that ends where it began, %s, is decided beside what is named',
    (pattern) => {
      const [first, second] = pattern.split('/').map((segment) => (segment === '+' ? 'any' : segment));
      const found = cells({
        policies: { wide: { [pattern]: ['read'] }, narrow: { [`${first}/${second}`]: ['update'] } },
      });
      expect(found[pattern]).toEqual({ wide: 'read' });
    },
  );

  test("is decided deeper where '+' outranks it on its own level", () => {
    const [wide] = rows({ policies: { one: { 'apps/*': ['read'], 'apps/+': ['update'] } } });
    expect(wide).toMatchObject({ name: 'apps/*', apiPath: 'apps/any/any' });
    expect(capabilityNames(wide?.grants[0]?.capabilities as number)).toEqual(['read']);
  });

  test('is decided by the one that outranks it everywhere, where one does', () => {
    expect(cells({ policies: { one: { 'apps/*': ['read'], 'apps/+/*': ['update'] } } })).toEqual({
      'apps/*': { one: 'read' },
      'apps/+/*': { one: 'read' },
    });
  });

  test.each([
    ['+/config', 'any/config'],
    ['apps/+/+/key', 'apps/any/any/key'],
    ['apps/foo*', 'apps/fooany'],
    ['apps/*/x', 'apps/*/x'],
    ['*', 'any'],
  ])('of the form %s is decided at %s', (pattern, apiPath) => {
    expect(rows({ policies: { one: { [pattern]: ['read'] } } })).toMatchObject([{ name: pattern, apiPath }]);
  });
});

describe('a listing', () => {
  test.each([
    ['kv/metadata', 'list'],
    ['kv/metadata/', 'list'],
  ])('of %s is decided with and without its final slash', (path, text) => {
    expect(cells({ policies: { one: { [path]: ['list'] } } })).toEqual({ [path]: { one: text } });
  });

  test.each([
    ['vault', 'list'],
    ['openbao', undefined],
  ] as const)('that a deny below shadows is told as %s decides it', (dialect, text) => {
    const policies = { one: { 'kv/*': ['list'], 'kv/private/*': ['deny'], 'kv/private': ['read'] } } as const;
    expect(
      cells({
        dialect,
        policies: { one: policies.one, two: { 'kv/*': ['list'], 'kv/private/*': ['deny'] } },
      })['kv/private']?.two,
    ).toBe(text);
  });

  test('with other conditions than reading is told apart', () => {
    const policies = {
      one: {
        'kv/x/': { capabilities: ['list'], conditions: { minWrappingTtl: 1 } },
        'kv/x': ['read'],
      },
    } as const;
    expect(cells({ policies })['kv/x']).toEqual({ one: 'read + list (wrapped 1s..)' });
  });

  test('scan is told of servers that know it', () => {
    const policies = { one: { 'kv/*': ['scan', 'read'] } } as const;
    expect(cells({ dialect: 'openbao', policies })).toEqual({ 'kv/*': { one: 'read scan' } });
    expect(cells({ dialect: 'vault', policies })).toEqual({ 'kv/*': { one: 'read' } });
  });
});

test('a deny on the very path is told, one by a wildcard above is nothing', () => {
  const policies = { one: { 'kv/data/a': ['deny'], 'kv/*': ['deny'] } } as const;
  expect(cells({ policies, secrets: ['a', 'b'] })).toEqual({
    'kv/a': { one: 'denied' },
    'kv/b': {},
    'kv/*': { one: 'denied' },
  });
});

test('what Vault refuses without sudo is marked', () => {
  expect(
    cells({
      policies: {
        with: { 'sys/raw/*': ['read', 'sudo'] },
        without: { 'sys/raw/*': ['read'] },
      },
    }),
  ).toEqual({ 'sys/raw/*': { with: 'read sudo', without: 'read (refused without sudo)' } });
});

test("paths are marked that no policy but 'default' names", () => {
  const found = rows({
    policies: {
      default: { 'sys/tools/hash': ['update'], 'auth/token/renew-self': ['update'] },
      one: { 'auth/token/renew-self': ['update'] },
    },
    identities: { a: ['default', 'one'] },
  });
  expect(found.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['auth/token/renew-self', false],
    ['sys/tools/hash', true],
  ]);
});

test('identities with the same policies are in one grant', () => {
  const [row] = rows({
    policies: { one: { 'sys/health': ['read'] }, two: { 'sys/health': ['read'] } },
    identities: { a: ['one'], b: ['one'], c: ['two'], d: [] },
  });
  expect(row?.grants).toEqual([
    { capabilities: capabilitySet(['read']), conditions: '', identities: [0, 1, 2] },
  ]);
});

test('all environments are told in the order given, with what is unknown', () => {
  const { environments } = accessMatrix([
    madeAccess({ name: 'a', policies: {}, dialect: 'openbao' }),
    madeAccess({ name: 'b', policies: {}, unknown: ['a thing'] }),
  ]);
  expect(environments.map(({ name, server, unknown }) => ({ name, server, unknown }))).toEqual([
    { name: 'a', server: 'OpenBao from 2.6', unknown: [] },
    { name: 'b', server: 'HashiCorp Vault', unknown: ['a thing'] },
  ]);
});

const segment = fc.constantFrom('a', 'b', 'ab', '+', 'any', '');
const pattern = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '*'))
  .map(([segments, star]) => `${segments.join('/')}${star}`.replace(/^\/+/, ''))
  .filter((text) => text !== '' && !text.includes('+*'));
const capabilities = fc.subarray<AnyCapability | 'deny'>(['read', 'update', 'list', 'scan', 'deny']);
const policies = fc.dictionary(
  fc.constantFrom('one', 'two', 'three'),
  fc.array(fc.tuple(pattern, capabilities), { maxLength: 6 }).map((rules) => Object.fromEntries(rules)),
);

test('every cell is what the access list says of the path itself', () => {
  fc.assert(
    fc.property(policies, fc.constantFrom(...DIALECT_NAMES), (made, dialect) => {
      const environment = madeAccess({ dialect, policies: made });
      const [matrix] = accessMatrix([environment]).environments;
      for (const { apiPath, grants, name } of matrix?.rows ?? []) {
        for (const [i, { accessList }] of environment.identities.entries()) {
          const told = grants
            .filter(({ identities }) => identities.includes(i))
            .reduce((set, grant) => set | grant.capabilities, 0);
          const listed = apiPath.endsWith('/') ? apiPath : `${apiPath}/`;
          const only = (set: number | undefined, names: AnyCapability[]) => (set ?? 0) & capabilitySet(names);
          const isKnown = environment.dialect.capabilities.includes('scan');
          const expected =
            only(accessList.deciding(apiPath, 'read')?.capabilities, ['read', 'update']) |
            only(accessList.deciding(listed, 'list')?.capabilities, ['list']) |
            (isKnown ? only(accessList.deciding(listed, 'scan')?.capabilities, ['scan']) : 0);
          expect({ name, apiPath, told: capabilityNames(told) }).toEqual({
            name,
            apiPath,
            told: capabilityNames(expected),
          });
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('a thousand services are in it', () => {
  const environment = manyServices(1000);
  const [matrix] = accessMatrix([environment]).environments;
  expect(matrix?.rows.length).toBeGreaterThan(2000);
});
