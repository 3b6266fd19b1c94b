import { AccessExpectation } from '../../access/expect-access';
import type { AnyCapability } from '../../policies/capability';
import type { Operation } from '../../policies/operation';
import { madeAccess } from './made-access';
import { failure, type Rules, secret, token } from './statements';

describe('conditions', () => {
  const wrapped = (minWrappingTtl: number) =>
    new AccessExpectation(
      madeAccess({
        policies: {
          web: {
            'kv/data/a': {
              capabilities: ['read'],
              conditions: { minWrappingTtl },
            },
          },
        },
      }),
    ).identity('web');

  test('hold for a request that is as they ask', () => {
    wrapped(60).can('read', secret('a'), { wrapTtl: 60 }).cannot('read', secret('a'), { wrapTtl: 59 });
    expect(failure(() => wrapped(60).can('read', secret('a')))).toMatchInlineSnapshot(`
      "'web' of shop-production must be able to read kv/data/a, got refused: the answer must be wrapped, for 60 s at least
        decided by path "kv/data/a" { read } of policy web, line 1"
    `);
  });

  test('fail for what is possible on a condition, unless the request is said', () => {
    expect(failure(() => wrapped(60).cannot('read', secret('a')))).toMatchInlineSnapshot(`
      "'web' of shop-production must not be able to read kv/data/a, got allowed on a condition: the answer must be wrapped, for 60 s at least
        decided by path "kv/data/a" { read } of policy web, line 1"
    `);
    wrapped(60).cannot('read', secret('a'), {});
  });

  test('of parameters are held to as well', () => {
    const conditions = {
      requiredParameters: ['ttl'],
      allowedParameters: new Map([['ttl', ['1h']]]),
    };
    const web = new AccessExpectation(
      madeAccess({
        policies: {
          web: { 'auth/x': { capabilities: ['update'], conditions } },
        },
      }),
    ).identity('web');
    web.can('update', 'auth/x', { parameters: { ttl: '1h' } });
    web.cannot('update', 'auth/x', { parameters: { ttl: '2h' } }).cannot('update', 'auth/x', {});
    expect(() => web.cannot('update', 'auth/x')).toThrow("on a condition: parameter 'ttl' must be given");
  });

  test('that no request can meet refuse', () => {
    const conditions = { minWrappingTtl: 60, maxWrappingTtl: 30 };
    new AccessExpectation(
      madeAccess({
        policies: {
          web: { 'kv/data/a': { capabilities: ['read'], conditions } },
        },
      }),
    )
      .identity('web')
      .cannot('read', secret('a'));
  });

  test('do not hide from the last statement that a path is reached', () => {
    expect(() => wrapped(60).cannotReachAnythingElse()).toThrow('read on kv/data/a');
  });
});

describe('what is root-protected', () => {
  test.each<[string, Operation]>([
    ['sys/raw/a', 'read'],
    ['sys/audit/file', 'update'],
    ['sys/audit/*', 'delete'],
    ['auth/token/accessors', 'list'],
  ])('%s is reached with sudo alone', (path, operation) => {
    const capability = operation as AnyCapability;
    token({ [path]: [capability] }).cannot(operation, path);
    expect(() => token({ [path]: [capability] }).can(operation, path)).toThrow('root-protected');
    token({ [path]: [capability, 'sudo'] })
      .can(operation, path)
      .cannotReachAnythingElse();
  });

  test('is not meant by a wider wildcard, and must be said where it is reached too', () => {
    const rules: Rules = { 'auth/*': ['update'] };
    token(rules)
      .can('update', 'auth/*')
      .cannot('update', 'auth/token/revoke-orphan')
      .cannotReachAnythingElse();
    const web = token({ 'auth/*': ['update', 'sudo'] }).can('update', 'auth/*');
    expect(failure(() => web.cannotReachAnythingElse())).toMatchInlineSnapshot(`
      "'web' of shop-production must not reach anything else, got
        sudo on auth/any
          by path "auth/*" { update, sudo } of policy web, line 1"
    `);
    web.can('sudo', 'auth/*').cannotReachAnythingElse();
    token(rules).cannot('sudo', 'auth/*');
  });
});
