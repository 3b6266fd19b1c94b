import { PolicyDocument, type Rule } from '../../policies/policy-document';
import { loadPolicyParser } from '../../policies/policy-text';
import { readBack } from './read-back';

beforeAll(loadPolicyParser);

function document(...rules: readonly [path: string, capabilities: Rule['capabilities']][]): PolicyDocument {
  return new PolicyDocument(
    rules.map(([path, capabilities]) => ({
      path,
      capabilities,
      reason: `needs ${path}`,
    })),
  );
}

describe('rendering', () => {
  test('gives the HCL that `vault policy write` takes, one block a path, in the order of the grants', () => {
    const policy = new PolicyDocument([
      {
        path: 'apps/data/billing',
        capabilities: ['read'],
        reason: 'billing may read billing',
      },
      {
        path: 'apps/metadata/tenants/*',
        capabilities: ['list', 'read'],
        reason: 'billing may list tenants/*: which tenants there are',
      },
    ]);

    expect(policy.render()).toMatchInlineSnapshot(`
      "# billing may read billing
      path "apps/data/billing" {
        capabilities = ["read"]
      }

      # billing may list tenants/*: which tenants there are
      path "apps/metadata/tenants/*" {
        capabilities = ["read", "list"]
      }
      "
    `);
  });

  test('gives nothing for nothing', () => {
    const policy = new PolicyDocument();
    expect([policy.isEmpty, policy.render()]).toEqual([true, '']);
  });

  test('puts capabilities in the usual order of Vault', () => {
    expect(document(['a', ['sudo', 'list', 'delete', 'patch', 'update', 'read', 'create']]).rules()).toEqual([
      {
        path: 'a',
        capabilities: ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo'],
        reasons: ['needs a'],
      },
    ]);
  });

  test('merges grants on the same path and keeps each reason once', () => {
    const policy = new PolicyDocument([
      { path: 'a', capabilities: ['update'], reason: 'writes' },
      { path: 'b', capabilities: ['read'], reason: 'reads' },
      { path: 'a', capabilities: ['read', 'update'], reason: 'reads' },
      { path: 'a', capabilities: ['read'], reason: 'writes' },
    ]);

    expect(policy.rules()).toEqual([
      {
        path: 'a',
        capabilities: ['read', 'update'],
        reasons: ['writes', 'reads'],
      },
      { path: 'b', capabilities: ['read'], reasons: ['reads'] },
    ]);
  });

  test('is the same the second time, also after rules were carried', () => {
    const policy = document(['a/*', ['list', 'read']], ['a/b', ['update']], ['a/c/*', ['list']]);
    const first = policy.render();
    expect(policy.render()).toBe(first);
  });

  test.each([
    ['a line feed', 'why\npath "*" { capabilities = ["sudo"] }'],
    ['a carriage return', 'why\r\npath "*" {}'],
    ['a line separator', 'why\u2028path "*" {}'],
    ['the end of a C comment', 'why */ path "*" {}'],
    ['the beginning of a C comment', '/* why'],
    ['a quote', 'the "best" of all'],
    ['NUL', 'why\u0000path'],
    ['a change of direction', 'why \u202e } "daer" { '],
    ['nothing', ''],
  ])('keeps %s in a reason inside the comment', (_, reason) => {
    const parsed = readBack(new PolicyDocument([{ path: 'a', capabilities: ['read'], reason }]).render());
    expect(parsed).toEqual([
      {
        path: 'a',
        capabilities: ['read'],
        reason: reason.replace(/[\s\p{C}]+/gu, ' ').trim(),
      },
    ]);
  });
});

describe('paths', () => {
  test.each(['*', '+', 'a/*', 'a/b*', 'a/+/b', '+/a', 'a/+/*', 'sys/metrics', 'a/', 'a.b/c_d-e:f'])(
    'accepts %j',
    (path) => {
      expect(document([path, ['read']]).rules()).toHaveLength(1);
    },
  );

  test.each([
    ...['', '/a', 'a//b', 'a b', 'a\n', 'a\u0000', 'a\u202e', 'a"', 'a\\b', 'a{{b}}', 'a}'],
    ...['a*b', '*/a', 'a/**', 'a/+*', 'a+', 'a/+b', 'a/b+/c'],
  ])('fails on %j', (path) => {
    expect(() => document([path, ['read']])).toThrow(
      new Error(
        `'path' must be a Vault path without leading '/', with '+' only as a whole segment and '*' only at the end, got '${path}'; write it as 'apps/data/team/*'`,
      ),
    );
  });

  test('fails on a rule without capabilities', () => {
    expect(() => document(['a', []])).toThrow(
      new Error("'capabilities' of 'a' must not be empty, got []; leave the rule out instead"),
    );
  });
});

describe('a narrower rule beside a wider one', () => {
  test('gets what the wider one gives, since Vault uses the narrower one alone', () => {
    const policy = document(['apps/data/*', ['read']], ['apps/data/billing', ['create', 'update']]);
    expect(policy.render()).toMatchInlineSnapshot(`
      "# needs apps/data/*
      path "apps/data/*" {
        capabilities = ["read"]
      }

      # needs apps/data/billing
      # keeps read of "apps/data/*", which this rule outranks
      path "apps/data/billing" {
        capabilities = ["create", "read", "update"]
      }
      "
    `);
  });

  test('gets it through a chain of rules', () => {
    const policy = document(
      ['*', ['read']],
      ['a/b/c', ['delete']],
      ['a/*', ['update']],
      ['a/b/+', ['patch']],
    );
    expect(policy.rules().map(({ path, capabilities }) => [path, capabilities])).toEqual([
      ['*', ['read']],
      ['a/b/c', ['read', 'update', 'patch', 'delete']],
      ['a/*', ['read', 'update']],
      ['a/b/+', ['read', 'update', 'patch']],
    ]);
  });

  test('stays as it is where the two have no path in common', () => {
    const policy = document(['a/+/c', ['read']], ['a/b/d', ['update']]);
    expect(policy.rules().map(({ capabilities }) => capabilities)).toEqual([['read'], ['update']]);
  });

  test('lets the listing of a prefix win over a wider rule that cannot list', () => {
    const policy = document(['apps/metadata/*', ['read']], ['apps/metadata/team/*', ['list']]);
    expect(policy.render()).toMatchInlineSnapshot(`
      "# needs apps/metadata/*
      path "apps/metadata/*" {
        capabilities = ["read"]
      }

      # needs apps/metadata/team/*
      # keeps read of "apps/metadata/*", which this rule outranks
      path "apps/metadata/team/*" {
        capabilities = ["read", "list"]
      }

      # keeps list of "apps/metadata/team/*", which Vault also looks up as "apps/metadata/team"
      # keeps read of "apps/metadata/*", which this rule outranks
      path "apps/metadata/team" {
        capabilities = ["read", "list"]
      }
      "
    `);
  });

  test('fails on the listing of a prefix that no rule could keep without listing the folder above', () => {
    const policy = document(['apps/metadata/*', ['read']], ['apps/metadata/tenants/+/*', ['list']]);
    expect(() => policy.render()).toThrow(
      new Error(
        'rule "apps/metadata/*" would take \'list\' away from rule "apps/metadata/tenants/+/*" on the paths that both match, since Vault uses the most specific rule alone; grant the same on both, or make one of them narrower',
      ),
    );
  });

  test('leaves the listing of such a prefix alone where no other rule decides about it', () => {
    const policy = document(['apps/data/*', ['read']], ['apps/metadata/tenants/+/*', ['list']]);
    expect(policy.rules()).toHaveLength(2);
  });

  test('fails where Vault would take away what was granted and giving it back would give more', () => {
    const policy = document(['apps/data/+/keys', ['read']], ['apps/data/team*', ['update', 'delete']]);
    expect(() => policy.render()).toThrowErrorMatchingInlineSnapshot(
      `"rule "apps/data/team*" would take 'read' away from rule "apps/data/+/keys" on the paths that both match, since Vault uses the most specific rule alone; grant the same on both, or make one of them narrower"`,
    );
  });
});

describe('wrapped answers', () => {
  const rule = (path: string, wrapped: boolean): Rule => ({
    path,
    capabilities: ['update'],
    reason: 'issues',
    wrapped,
  });

  test('are required by the rule', () => {
    expect(new PolicyDocument([rule('auth/approle/role/a/secret-id', true)]).render()).toMatchInlineSnapshot(`
      "# issues
      path "auth/approle/role/a/secret-id" {
        capabilities = ["update"]
        min_wrapping_ttl = "1s"
      }
      "
    `);
  });

  test.each([
    [true, { wrapped: true }],
    [false, {}],
  ])('stay as they are where all grants on the path agree on %s', (wrapped, expected) => {
    expect(
      new PolicyDocument([rule('a', wrapped), rule('a', wrapped), rule('b/+', false)]).rules()[0],
    ).toEqual({
      path: 'a',
      capabilities: ['update'],
      reasons: ['issues'],
      ...expected,
    });
  });

  test.each([
    [true, false],
    [false, true],
  ])('fail on a path where one grant has them and another not: %s, then %s', (first, second) => {
    expect(() => new PolicyDocument([rule('a', first), rule('a', second)])).toThrow(
      new Error(
        '\'wrapped\' must be the same in all rules that match a path, got both for "a"; grant it in one way',
      ),
    );
  });

  test.each([
    ['a/+', 'a/b', true],
    ['a/*', 'a/b', false],
    ['a/+', 'a/*', true],
  ])('fail where %s and %s match the same path and differ', (one, other, wrapped) => {
    expect(() => new PolicyDocument([rule(one, wrapped), rule(other, !wrapped)]).render()).toThrow(
      /'wrapped' must be the same in all rules that match a path, got both for "a\/.*" and "a\/.*"/,
    );
  });
});
