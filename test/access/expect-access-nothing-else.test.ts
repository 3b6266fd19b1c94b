import { AccessExpectation } from '../../access/expect-access';
import { defaultPolicy } from '../../policies/default-policy';
import { DIALECTS } from '../../policies/dialect';
import { madeAccess } from './made-access';
import { failure, type Rules, secret, token, tree } from './statements';

test('nothing else is reached where every rule was said, in whatever words', () => {
  token({ 'kv/data/a': ['read'], 'kv/data/b/*': ['read', 'update'] })
    .can('read', secret('a'))
    .can(['read', 'rotate'], tree('b/'))
    .cannotReachAnythingElse();
  token({ 'kv/data/a': ['read'], 'kv/data/b': ['deny'] })
    .can('read', 'kv/data/a')
    .cannotReachAnythingElse();
  token({}).cannotReachAnythingElse();
});

test('fails on every rule that reaches more, each with a path and where it is written', () => {
  const web = token({
    'kv/data/a': ['read', 'delete'],
    'kv/data/b/+/c': ['read'],
    'sys/policies/acl/*': ['update'],
    'kv/metadata/*': ['list'],
  }).can('read', secret('a'));
  expect(failure(() => web.cannotReachAnythingElse())).toMatchInlineSnapshot(`
    "'web' of shop-production must not reach anything else, got
      delete on kv/data/a
        by path "kv/data/a" { read, delete } of policy web, line 1
      list on kv/metadata/
        by path "kv/metadata/*" { list } of policy web, line 4
      update on sys/policies/acl/any
        by path "sys/policies/acl/*" { update } of policy web, line 3
      read on kv/data/b/any/c
        by path "kv/data/b/+/c" { read } of policy web, line 2"
  `);
});

test.each<[string, Rules]>([
  ['a path beside', { 'kv/data/a': ['read'], 'kv/data/ab': ['read'] }],
  ['a path below', { 'kv/data/a': ['read'], 'kv/data/a/b': ['read'] }],
  ['its folder', { 'kv/data/a': ['read'], 'kv/data/a/': ['read'] }],
  ['all that begins so', { 'kv/data/a*': ['read'] }],
  ['any segment', { 'kv/data/+': ['read'] }],
  ['everything', { '*': ['read'] }],
  ['another capability', { 'kv/data/a': ['read', 'patch'] }],
  ['a right to what is protected', { 'kv/data/a': ['read', 'sudo'] }],
  ['what its metadata says', { 'kv/data/a': ['read'], 'kv/metadata/a': ['read'] }],
  ['another engine', { 'kv/data/a': ['read'], 'kv2/data/a': ['read'] }],
])('fails where it reaches %s too', (_, rules) => {
  const web = token(rules).can('read', secret('a'));
  expect(() => web.cannotReachAnythingElse()).toThrow('must not reach anything else, got\n');
});

test('fails where a statement is said of somebody else alone', () => {
  const access = new AccessExpectation(
    madeAccess({
      policies: {
        web: { 'kv/data/a': ['read'] },
        worker: { 'kv/data/a': ['read'] },
      },
    }),
  );
  access.identity('web').can('read', secret('a')).cannotReachAnythingElse();
  expect(() => access.identity('worker').cannotReachAnythingElse()).toThrow("'worker' of shop-production");
});

test('fails for a root token, which reaches everything', () => {
  const root = new AccessExpectation(
    madeAccess({ policies: { root: {} }, identities: { boss: ['root'] } }),
  ).identity('boss');
  root.can('update', 'sys/seal');
  expect(() => root.cannot('read', secret('a'))).toThrow('got allowed');
  expect(failure(() => root.cannotReachAnythingElse())).toMatchInlineSnapshot(`
    "'boss' of shop-production must not reach anything else, got
      create, read, update, patch, delete, sudo, subscribe, recover on sys
        by path "*" { create, read, update, patch, delete, list, scan, sudo, subscribe, recover } of policy root, line 1
      create, read, patch, delete, subscribe, recover on sys/seal
        by path "*" { create, read, update, patch, delete, list, scan, sudo, subscribe, recover } of policy root, line 1
      list, scan on sys/
        by path "*" { create, read, update, patch, delete, list, scan, sudo, subscribe, recover } of policy root, line 1"
  `);
});

describe("what every token has by the server's own policy 'default'", () => {
  const OWN = Object.fromEntries(
    defaultPolicy(DIALECTS.vault).rules.map(({ pattern }) => [pattern.text, ['read', 'update'] as const]),
  );
  const withDefault = (rules: Rules, policies: readonly string[] = ['default', 'web']) =>
    token(rules, {
      policies: {
        default: {
          'auth/token/lookup-self': ['read'],
          'cubbyhole/*': ['create', 'read', 'update', 'delete', 'list'],
        },
        web: rules,
      },
      identities: { web: policies },
    });

  test('does not count, as long as it has it', () => {
    withDefault({}).can('read', 'auth/token/lookup-self').cannotReachAnythingElse();
    expect(() => withDefault({ 'cubbyhole/*': ['read'] }, ['web']).cannotReachAnythingElse()).toThrow(
      'read on cubbyhole/any',
    );
  });

  test('counts where another policy gives more there', () => {
    expect(() => withDefault({ 'cubbyhole/*': ['sudo'] }).cannotReachAnythingElse()).toThrow(
      'sudo on cubbyhole/any',
    );
    expect(() => withDefault({ 'auth/token/*': ['read'] }).cannotReachAnythingElse()).toThrow(
      'read on auth/token/renew-self',
    );
  });

  test('is no cover for what the stacks write in its place', () => {
    const written = (rules: Rules) =>
      token(
        {},
        {
          policies: { default: rules, web: {} },
          identities: { web: ['default', 'web'] },
        },
      );
    expect(() => written({ 'kv/data/*': ['read'] }).cannotReachAnythingElse()).toThrow('read on kv/data/any');
    // As many rules as the own one has, on the same paths.
    expect(() => written(OWN).cannotReachAnythingElse()).toThrow('must not reach anything else');
    written({ 'sys/tools/hash': ['update'] }).cannotReachAnythingElse();
  });
});
