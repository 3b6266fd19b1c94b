import { accessDiff, hasBroadening } from '../../access/access-diff';
import { diffJson, diffMarkdown, diffText } from '../../access/report-diff';
import { capabilityNames } from '../../policies/capability';
import { defaultPolicy } from '../../policies/default-policy';
import { DIALECTS } from '../../policies/dialect';
import { type MadeAccess, madeAccess } from './made-access';

const SECRETS = ['database', 'team/mail', 'team/payments'];

function between(before: Partial<MadeAccess>, after: Partial<MadeAccess>) {
  return accessDiff(
    [madeAccess({ policies: {}, secrets: SECRETS, ...before })],
    [madeAccess({ policies: {}, secrets: SECRETS, ...after })],
  );
}

const reads = (path: string): MadeAccess['policies'] => ({
  store: { [path]: ['read'] },
});

test('a rule that is added is what somebody gains, on the secret that it names', () => {
  const diff = between({ policies: { store: {} } }, { policies: reads('kv/data/database') });
  expect(diffText(diff)).toMatchInlineSnapshot(`
    "shop-production
      + store gains read on kv/database
          now path "kv/data/database" { read } of policy store, line 1
          was no rule

    1 broadening
    "
  `);
  expect(hasBroadening(diff)).toBe(true);
});

test('a wildcard that grows is seen where it reaches further, and says which secrets that are', () => {
  const diff = between({ policies: reads('kv/data/team/mail*') }, { policies: reads('kv/data/team/*') });
  expect(diffText(diff)).toMatchInlineSnapshot(`
    "shop-production
      + store gains read on paths of kv/data/team/*, such as kv/data/team/any; declared secrets among them: kv/team/payments
          now path "kv/data/team/*" { read } of policy store, line 1
          was no rule

    1 broadening
    "
  `);
});

test.each<[path: string, told: string]>([
  ['kv/database', 'the path kv/database, at which a KV engine of version 2 has nothing'],
  ['kv/team/mail', 'the path kv/team/mail, at which a KV engine of version 2 has nothing'],
  ['kv/data/database', 'kv/database'],
  ['kv/metadata/database', 'kv/metadata/database'],
  ['kv/data/undeclared', 'kv/data/undeclared'],
  ['sys/health', 'sys/health'],
])('a path of no secret cannot be taken for one: %s', (path, told) => {
  const diff = between({ policies: { store: {} } }, { policies: reads(path) });
  expect(diffText(diff)).toContain(`  + store gains read on ${told}\n`);
});

test('a rule that takes over can give and take at once', () => {
  const before = { store: { 'kv/data/*': ['read', 'delete'] } } as const;
  const after = {
    store: { ...before.store, 'kv/data/database': ['read', 'update'] },
  } as const;
  const diff = between({ policies: before }, { policies: after });
  expect(diffText(diff)).toMatchInlineSnapshot(`
    "shop-production
      ± store gains update and loses delete on kv/database
          now path "kv/data/database" { read, update } of policy store, line 2
          was path "kv/data/*" { read, delete } of policy store, line 1

    1 broadening, 1 narrowing
    "
  `);
});

test('listings are told with the rest of the rule', () => {
  const diff = between(
    { policies: { store: {} } },
    { policies: { store: { 'kv/metadata/team/*': ['read', 'list'] } } },
  );
  expect(diffText(diff)).toMatchInlineSnapshot(`
    "shop-production
      + store gains read, list on paths of kv/metadata/team/*, such as kv/metadata/team/any
          now path "kv/metadata/team/*" { read, list } of policy store, line 1
          was no rule

    1 broadening
    "
  `);
});

test('an answer that need not be wrapped any more is a broadening', () => {
  const rule = (minWrappingTtl: number) =>
    ({
      store: {
        'kv/data/database': {
          capabilities: ['read'],
          conditions: { minWrappingTtl },
        },
      },
    }) as const;
  expect(hasBroadening(between({ policies: rule(1) }, { policies: rule(0) }))).toBe(true);
  expect(hasBroadening(between({ policies: rule(0) }, { policies: rule(1) }))).toBe(false);
  expect(diffText(between({ policies: rule(0) }, { policies: rule(1) }))).toContain(
    'must satisfy more conditions',
  );
});

test('a rewrite that means the same is no change', () => {
  const before = {
    store: {
      'kv/data/team/*': ['read', 'update'],
      'kv/data/team/mail': ['read', 'update'],
    },
  } as const;
  const after = {
    a: { 'kv/data/team/*': ['update'] },
    b: {
      'kv/data/team/*': ['read'],
      'kv/data/team/payments': ['update', 'read'],
    },
  } as const;
  const diff = between(
    { policies: before, identities: { store: ['store'] } },
    { policies: after, identities: { store: ['a', 'b'] } },
  );
  expect(diff.environments).toEqual([]);
  expect(diffText(diff)).toBe('nobody gains or loses access\n');
  expect(diffMarkdown(diff)).toBe('Nobody gains or loses access.\n');
});

test('identities and environments that come and go are told apart from changes', () => {
  const diff = accessDiff(
    [
      madeAccess({
        policies: reads('kv/data/database'),
        identities: { old: ['store'], same: ['store'] },
      }),
      madeAccess({ name: 'shop-gone', policies: reads('kv/data/database') }),
    ],
    [
      madeAccess({
        policies: reads('kv/data/database'),
        identities: { fresh: ['store'], same: ['store'], idle: [] },
      }),
      madeAccess({ name: 'shop-added', policies: reads('kv/data/database') }),
    ],
  );
  expect(diffText(diff)).toMatchInlineSnapshot(`
    "shop-added, new
      + new policy store
      + store gains read on kv/data/database
          now path "kv/data/database" { read } of policy store, line 1
          was no rule

    shop-gone, removed
      - removed policy store
      - store loses read on kv/data/database
          now no rule
          was path "kv/data/database" { read } of policy store, line 1

    shop-production
      + new role fresh
      + fresh gains read on kv/data/database
          now path "kv/data/database" { read } of policy store, line 1
          was no rule
      + new role idle, which reaches nothing
      - removed role old
      - old loses read on kv/data/database
          now no rule
          was path "kv/data/database" { read } of policy store, line 1

    3 new identities, 2 removed identities
    "
  `);
  expect(hasBroadening(diff)).toBe(true);
});

test('a narrowing and a removal are no broadening', () => {
  const removal = between({ policies: reads('kv/data/database') }, {});
  expect(removal.environments).toHaveLength(1);
  expect(hasBroadening(removal)).toBe(false);
  expect(
    hasBroadening(between({ policies: reads('kv/data/*') }, { policies: reads('kv/data/database') })),
  ).toBe(false);
});

test('two identities of the same name and kind are compared one by one', () => {
  const made = madeAccess({
    policies: reads('kv/data/database'),
    identities: { store: ['store'] },
  });
  const twice = {
    ...made,
    identities: [...made.identities, ...made.identities],
  };
  expect(accessDiff([twice], [twice]).environments).toEqual([]);
  expect(accessDiff([made], [twice]).environments[0]?.identities).toMatchObject([{ presence: 'new' }]);
});

test('of two of the same name, one that goes does not hide what the other one gains', () => {
  const made = (policies: readonly string[]) => {
    const access = madeAccess({
      policies: {
        first: { 'kv/data/a': ['read'] },
        second: { 'kv/data/b': ['read'] },
      },
      identities: Object.fromEntries(policies.map((policy, i) => [`store${i}`, [policy]])),
    });
    // Of two auth methods.
    return {
      ...access,
      identities: access.identities.map((one, i) => ({
        ...one,
        fullName: 'shop-store',
        address: `role.${i}`,
      })),
    };
  };
  const [first, second] = made(['first', 'second']).identities;
  const before = {
    ...made([]),
    identities: [first, second].flatMap((one) => one ?? []),
  };
  const after = {
    ...before,
    identities: made(['second', 'first']).identities.slice(1),
  };
  const diff = accessDiff([before], [after]);
  expect(hasBroadening(diff)).toBe(true);
  expect(diff.environments[0]?.identities).toMatchObject([
    {
      presence: 'removed',
      changes: [{ witness: 'kv/data/a', lost: ['read'] }],
    },
    {
      presence: 'changed',
      changes: [
        { witness: 'kv/data/a', gained: ['read'] },
        { witness: 'kv/data/b', lost: ['read'] },
      ],
    },
  ]);
});

test('the order of environments and identities is that of their names', () => {
  const made = (name: string) =>
    madeAccess({
      name,
      policies: reads('kv/data/x'),
      identities: { b: ['store'], a: ['store'] },
    });
  const diff = accessDiff([], [made('z'), made('y')]);
  expect(diff.environments.map(({ name }) => name)).toEqual(['y', 'z']);
  expect(diff.environments[0]?.identities.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('the dialect of a server that is replaced counts: a deny may hold on one and be passed by on the other', () => {
  const policies = {
    store: { 'kv/metadata/*': ['list'], 'kv/metadata/team/*': ['deny'] },
  } as const;
  const diff = between({ policies, dialect: 'openbao' }, { policies, dialect: 'vault' });
  expect(diffText(diff)).toMatchInlineSnapshot(`
    "shop-production
      + store gains list on paths of kv/metadata/team/*, such as kv/metadata/team/
          now path "kv/metadata/*" { list } of policy store, line 1
          was path "kv/metadata/team/*" { deny } of policy store, line 2

    1 broadening
    "
  `);
});

test('markdown is a table for each environment, in which names are no markup', () => {
  const diff = between({ policies: { store: {} } }, { policies: reads('kv/data/a|<b>*_x_*') });
  expect(diffMarkdown(diff)).toMatchInlineSnapshot(`
    "### \`shop-production\`

    | | who | what | decided by |
    |---|---|---|---|
    | + | \`store\` | gains read on paths of kv/data/a\\|&lt;b&gt;\\*\\_x\\_\\*, such as kv/data/a\\|&lt;b&gt;\\*\\_x\\_any | now path "kv/data/a\\|&lt;b&gt;\\*\\_x\\_\\*" \\{ read \\} of policy store, line 1<br>was no rule |

    1 broadening
    "
  `);
});

test('json has a version, and rules as text', () => {
  const diff = between({ policies: { store: {} } }, { policies: reads('kv/data/team/*') });
  expect(JSON.parse(diffJson(diff))).toEqual({
    version: 1,
    broadening: true,
    environments: [
      {
        name: 'shop-production',
        presence: 'changed',
        unknown: [],
        mayGrant: [],
        identities: [
          {
            name: 'store',
            fullName: 'shop-store',
            kind: 'policy',
            presence: 'changed',
            changes: [
              {
                after: 'path "kv/data/team/*" { read } of policy store, line 1',
                gained: ['read'],
                lost: [],
                conditions: 'same',
                witness: 'kv/data/team/any',
                witnesses: ['kv/data/team/any'],
                isBroadening: true,
                isNowhere: false,
                isByDefault: false,
                isNarrowing: false,
                secrets: ['kv/team/mail', 'kv/team/payments'],
              },
            ],
          },
        ],
      },
    ],
  });
});

test('what cannot be told before an apply is said of environments that change', () => {
  const diff = between(
    { policies: { store: {} } },
    { policies: reads('kv/data/x'), unknown: ['policy of role x'] },
  );
  expect(diffText(diff)).toContain('  ? policy of role x; this may give access\n');
});

test('where something else is unknown than before, it is not said that nobody gains access', () => {
  const known = { policies: reads('kv/data/x'), unknown: ['policy of role x'] };
  expect(between(known, known).environments).toEqual([]);
  const diff = between(known, { ...known, unknown: ['policy of role y'] });
  expect(diffText(diff)).toMatchInlineSnapshot(`
    "shop-production
      ? policy of role x
      ? policy of role y; this may give access

    nobody is known to gain or lose access
    "
  `);
  expect(diffMarkdown(diff)).toContain('policy of role y');
});

describe("of the server's policy default", () => {
  const { rules } = defaultPolicy(DIALECTS.vault);
  const server = Object.fromEntries(
    rules.map(({ pattern, capabilities }) => [pattern.text, capabilityNames(capabilities)]),
  );
  const store = { 'kv/data/database': ['read'] } as const;
  const withDefault = (rulesOfDefault: MadeAccess['policies'][string]): Partial<MadeAccess> => ({
    policies: { default: rulesOfDefault, store },
    identities: { store: ['default', 'store'] },
  });
  const nobody: Partial<MadeAccess> = { identities: {} };

  test('a new identity has it in one line, and an identity that goes loses it in one', () => {
    expect(diffText(between(nobody, withDefault(server)))).toBe(
      [
        'shop-production',
        '  + new role store',
        `  + store gains what every token with policy 'default' can, on ${rules.length} paths`,
        '  + store gains read on kv/database',
        '      now path "kv/data/database" { read } of policy store, line 1',
        '      was no rule',
        '',
        '1 new identity',
        '',
      ].join('\n'),
    );
    const removed = between(withDefault(server), nobody);
    const line = `loses what every token with policy 'default' can, on ${rules.length} paths`;
    expect(diffText(removed)).toContain(`  - store ${line}\n`);
    expect(diffMarkdown(removed)).toContain(`| - | \`store\` | ${line} | |\n`);
    expect(JSON.parse(diffJson(removed)).environments[0].identities[0].changes).toHaveLength(
      rules.length + 1,
    );
  });

  test('what the stacks write into it is told path by path', () => {
    const own = {
      ...server,
      'sys/tools/hash': ['read', 'update'],
      'kv/data/team/*': ['read'],
    } as const;
    const text = diffText(between(nobody, withDefault(own)));
    expect(text).toContain(`on ${rules.length - 1} paths`);
    expect(text).toContain('store gains read, update on sys/tools/hash');
    expect(text).toContain('store gains read on paths of kv/data/team/*');
  });
});

test('what may give access and was known before, or gives nobody anything, is no broadening', () => {
  const gap = { policies: reads('kv/data/x'), unknown: ['policy of role x'] };
  expect(hasBroadening(between({ policies: reads('kv/data/x') }, gap))).toBe(true);
  expect(hasBroadening(between(gap, gap))).toBe(false);
  expect(hasBroadening(between(gap, { policies: reads('kv/data/x') }))).toBe(false);
  const harmless = madeAccess({ policies: {} });
  const notes = [
    {
      sentence: 'a Sentinel policy is not read',
      mayGrantTo: 'nobody' as const,
    },
  ];
  expect(hasBroadening(accessDiff([harmless], [{ ...harmless, notes }]))).toBe(false);
});

test('a policy that is declared nowhere may allow anything: to get one is a broadening', () => {
  const made = (...policies: string[]) =>
    madeAccess({
      policies: reads('kv/data/x'),
      identities: { web: ['store', ...policies] },
    });
  const diff = accessDiff([made('old')], [made('old', 'superadmin')]);
  expect(hasBroadening(diff)).toBe(true);
  expect(diffText(diff)).toContain(
    "  ? policy 'superadmin' of 'web' is not declared here; this may give access\n",
  );
});
