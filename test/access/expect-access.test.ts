import { failure, type Rules, secret, token, tree } from './statements';

describe('a statement that something is allowed', () => {
  test('holds where the rule that decides has the capability', () => {
    token({ 'kv/data/a': ['read'], 'kv/data/*': ['update'] })
      .can('read', 'kv/data/a')
      .can('update', 'kv/data/b')
      .can('read', secret('a'))
      .can('rotate', secret('b'));
  });

  test('fails where no rule matches, and names the policies', () => {
    const state = () => token({ 'kv/data/a': ['read'] }).can('read', secret('b'));
    expect(failure(state)).toMatchInlineSnapshot(`
      "'web' of shop-production must be able to read kv/data/b, got refused: no rule matches
        policies: web"
    `);
  });

  test('fails where the rule that decides has not the capability, though one that lost has', () => {
    const state = () => token({ 'kv/data/*': ['read'], 'kv/data/a': ['update'] }).can('read', secret('a'));
    expect(failure(state)).toMatchInlineSnapshot(`
      "'web' of shop-production must be able to read kv/data/a, got refused: the rule has no read, only update
        decided by path "kv/data/a" { update } of policy web, line 2
        lost: path "kv/data/*" { read } of policy web, line 1, since the other names the path exactly"
    `);
  });

  test('fails where one path of a tree is refused, and names it', () => {
    const state = () => token({ 'kv/data/*': ['read'], 'kv/data/a/b': ['deny'] }).can('read', tree('a/'));
    expect(failure(state)).toMatchInlineSnapshot(`
      "'web' of shop-production must be able to read kv/data/a/*, got refused on kv/data/a/b: the rule denies
        decided by path "kv/data/a/b" { deny } of policy web, line 2
        lost: path "kv/data/*" { read } of policy web, line 1, since the other names the path exactly"
    `);
  });

  test('fails where a deny counts, and holds where it is outranked', () => {
    token({ 'kv/data/*': ['deny'], 'kv/data/a': ['read'] }).can('read', secret('a'));
    token({ 'kv/data/+/x*': ['deny'], 'kv/data/*': ['read'] }).can('read', secret('a/x1'));
    expect(() =>
      token({ 'kv/data/+/x*': ['deny'], 'kv/data/+/x1': ['read'] }).can('read', tree('+/x')),
    ).toThrow('got refused on kv/data/any/xany: the rule denies');
  });

  test('fails where a wildcard is wider than what is allowed', () => {
    expect(() => token({ 'kv/data/a/*': ['read'] }).can('read', tree('a'))).toThrow('got refused on');
    expect(() => token({ 'kv/data/a/+': ['read'] }).can('read', tree('a/'))).toThrow('got refused on');
    expect(() => token({ 'kv/data/a/b/c': ['read'] }).can('read', 'kv/data/+/b/c')).toThrow('got refused on');
  });
});

describe('a verb on a secret', () => {
  const VERBS: Readonly<Record<string, Rules>> = {
    read: { 'kv/data/a': ['read'] },
    write: { 'kv/data/a': ['create', 'update'] },
    rotate: { 'kv/data/a': ['update'] },
    list: { 'kv/metadata/a': ['list'] },
    inspect: { 'kv/metadata/a': ['read'] },
    delete: {
      'kv/data/a': ['delete'],
      'kv/delete/a': ['update'],
      'kv/undelete/a': ['update'],
    },
    destroy: { 'kv/destroy/a': ['update'], 'kv/metadata/a': ['delete'] },
  };
  const CASES = Object.entries(VERBS) as [keyof typeof VERBS & 'read', Rules][];
  const ALONE = CASES.flatMap(([verb, rules]) =>
    Object.entries(rules).flatMap(([path, capabilities]) =>
      capabilities.map((one) => [verb, one, path] as const),
    ),
  );

  test.each(CASES)('%s is all that it needs, and nothing else', (verb, rules) => {
    token(rules).can(verb, secret('a')).cannotReachAnythingElse();
    expect(() => token({}).can(verb, secret('a'))).toThrow(`must be able to ${verb}`);
    token({}).cannot(verb, secret('a'));
  });

  test.each(ALONE)('fails to be impossible by %s with %s on %s alone', (verb, capability, path) => {
    expect(() => token({ [path]: [capability] }).cannot(verb, secret('a'))).toThrow(
      `must not be able to ${verb}`,
    );
  });

  test.each([
    ['write', 'patch', 'kv/data/a'],
    ['rotate', 'patch', 'kv/data/a'],
    ['inspect', 'read', 'kv/subkeys/a'],
    ['list', 'list', 'kv/detailed-metadata/a'],
    ['list', 'scan', 'kv/metadata/a'],
  ] as const)(
    'fails to be impossible by %s with %s on %s, which comes to the same',
    (verb, capability, path) => {
      const reaches = token({ [path]: [capability] }, { dialect: 'openbao' });
      expect(() => reaches.cannot(verb, secret('a'))).toThrow(`must not be able to ${verb}`);
      expect(() => reaches.can(verb, secret('a'))).toThrow('got refused');
    },
  );

  test('may be one of several that are said at once', () => {
    const web = token({ 'kv/data/a': ['read', 'update'] });
    web
      .can(['read', 'rotate'], secret('a'))
      .cannot(['delete', 'list'], secret('a'))
      .cannotReachAnythingElse();
    expect(failure(() => web.can(['read', 'write'], secret('a')))).toMatchInlineSnapshot(`
      "'web' of shop-production must be able to write (create) kv/data/a, got refused: the rule has no create, only read, update
        decided by path "kv/data/a" { read, update } of policy web, line 1"
    `);
  });
});

describe('a statement that something is refused', () => {
  test('holds where no path of a tree is allowed, a denied one among them', () => {
    token({ 'kv/data/a/*': ['read'], 'kv/data/a/b': ['deny'] })
      .cannot('read', secret('a/b'))
      .cannot('read', tree('b/'))
      .cannot('rotate', tree(''));
  });

  test('fails where a single path of a tree is allowed, and names it', () => {
    const web = token({ 'kv/data/tenants/+/keys/main': ['read'] });
    expect(failure(() => web.cannot('read', tree('tenants/')))).toMatchInlineSnapshot(`
      "'web' of shop-production must not be able to read kv/data/tenants/*, got allowed on kv/data/tenants/any/keys/main
        decided by path "kv/data/tenants/+/keys/main" { read } of policy web, line 1"
    `);
    expect(() => token({ 'kv/data/a/b/c': ['read'] }).cannot('read', 'kv/data/+/b/+')).toThrow(
      'got allowed on kv/data/a/b/c',
    );
    expect(() => token({ 'kv/data/a*': ['read'] }).cannot('read', tree('ab/'))).toThrow('got allowed on');
  });

  test('fails where a deny is outranked', () => {
    const web = token({ 'kv/data/*': ['read'], 'kv/data/+/x*': ['deny'] });
    expect(failure(() => web.cannot('read', secret('a/x1')))).toMatchInlineSnapshot(`
      "'web' of shop-production must not be able to read kv/data/a/x1, got allowed
        decided by path "kv/data/*" { read } of policy web, line 1
        lost: path "kv/data/+/x*" { deny } of policy web, line 2, since it has more '+' segments"
    `);
  });

  test.each<[string, Rules]>([
    ['the folder itself', { 'kv/metadata/a': ['list'] }],
    ['the folder with its slash', { 'kv/metadata/a/': ['list'] }],
    ['all that begins so', { 'kv/metadata/a*': ['list'] }],
    ['a folder in it', { 'kv/metadata/a/b': ['list'] }],
  ])('fails for names in a tree where a rule lists %s', (_, rules) => {
    expect(() => token(rules).cannot('list', 'kv/metadata/a*')).toThrow('got allowed');
  });

  test('looks a listing up as the server does', () => {
    const rules: Rules = {
      'kv/metadata/*': ['list'],
      'kv/metadata/private/*': ['deny'],
    };
    // Without its final slash first, or with it.
    token(rules).can('list', 'kv/metadata/private');
    token(rules, { dialect: 'openbao' }).cannot('list', 'kv/metadata/private');
  });
});
