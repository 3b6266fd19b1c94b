import type { KvTarget } from '../../access/stated-requests';
import { KV_VERBS, type KvVerb } from '../../policies/kv-access';
import type { Operation } from '../../policies/operation';
import { failure, secret, token, tree } from './statements';

/** Types refuse these in TypeScript; a test may be JavaScript. */
const untyped = <T>(text: string): T => text as T;

describe('fails instead of holding, whatever is allowed', () => {
  const web = () => token({ 'kv/data/a': ['read'] });

  test.each(['raed', 'Read', 'write', 'rotate', 'deny', ''])(
    "on operation '%s', which is none",
    (operation) => {
      expect(() => web().cannot(untyped<Operation>(operation), 'kv/data/a')).toThrow(
        `'operation' must be one of create, read, update,`,
      );
      expect(() => web().can(untyped<Operation>(operation), 'kv/data/a')).toThrow(`got '${operation}'`);
    },
  );

  test.each(['update', 'raed', 'manage', 'constructor'])("on verb '%s', which is none", (verb) => {
    expect(() => web().cannot(untyped<KvVerb>(verb), secret('a'))).toThrow(
      "'verb' must be one of read, write",
    );
    expect(() => web().can(untyped<KvVerb>(verb), secret('a'))).toThrow(`got '${verb}'`);
  });

  test('on no operation and no verb at all', () => {
    expect(() => web().cannot([], 'kv/data/a')).toThrow("'operation' must be at least one, got none");
    expect(() => web().can([], secret('a'))).toThrow("'operation' must be at least one, got none");
  });

  test.each(['', '/', '//kv/data/a'])("on path '%s', where no request arrives", (path) => {
    expect(() => web().cannot('read', path)).toThrow("'path' must be one that a request can have");
    expect(() => web().can('read', path)).toThrow("'path' must be one that a request can have");
    expect(() => web().cannot('list', path)).toThrow("'path' must be one that a request can have");
  });

  test.each<[string, string]>([
    ['v1/kv/data/a', "'path' must be without 'v1/', got 'v1/kv/data/a'"],
    ['/v1/kv/data/a', "'path' must be without 'v1/'"],
    ['kv/a', "got 'kv/a'; write 'kv/data/a' for the values"],
    ['/kv/a', "write 'kv/data/a' for the values"],
    ['kv/a/*', "write 'kv/data/a/*' for the values"],
    ['kv/x*', "write 'kv/data/x*' for the values"],
    ['kv/dat', "must be one of the API below the KV engine 'kv'"],
    ['kv/data/+*', "'path' must not contain '+*', which Vault refuses"],
  ])("on path '%s', where nothing is", (path, message) => {
    expect(() => web().cannot('read', path)).toThrow(message);
    expect(() => web().can('read', path)).toThrow(message);
  });

  test.each<[string, KvTarget]>([
    ["'target' must have a 'path' or a 'pattern', got neither", { mount: { path: 'kv' } }],
    ["'target' must have a 'path' or a 'pattern', got neither", secret('')],
    ["'path' of a target must not start with '/', got '/a'", secret('/a')],
  ])('on a target of which %s', (message, target) => {
    expect(() => web().cannot('read', target)).toThrow(message);
    expect(() => web().can('read', target)).toThrow(message);
  });

  test('on a verb for an engine that has no versions', () => {
    const old = token({ 'kv/a': ['read'] }, { version: 1 });
    expect(failure(() => old.cannot('read', secret('a')))).toMatchInlineSnapshot(
      `"'target' must be of a KV engine of version 2, got one of 'kv', which has version 1; state its paths"`,
    );
    old.can('read', 'kv/a').cannot('read', 'kv/b').cannotReachAnythingElse();
  });
});

test.each(['kv', 'kv/', 'kv/*', 'kv/d*', 'kv/+/a', 'kv/config', 'kv/data/a', '+/data/a', '*', '/kv/data/a'])(
  "'%s' is a path of the API",
  (path) => {
    token({}).cannot('read', path);
  },
);

test('what may be a typing mistake is asked about', () => {
  const web = token({});
  expect(failure(() => web.cannot(untyped<Operation>('raed'), 'kv/data/a'))).toMatchInlineSnapshot(
    `"'operation' must be one of create, read, update, patch, delete, list, scan, revoke, renew, rollback, help, subscribe, recover, sudo, got 'raed'; did you mean 'read'?"`,
  );
  expect(failure(() => web.cannot(untyped<KvVerb>('writes'), secret('a')))).toMatchInlineSnapshot(
    `"'verb' must be one of read, write, rotate, list, inspect, delete, destroy, got 'writes'; did you mean 'write'?"`,
  );
});

test('every verb comes to requests of a whole tree', () => {
  const web = token({ 'kv/*': ['create', 'read', 'update', 'delete', 'list'] });
  for (const verb of KV_VERBS) {
    web.can(verb, tree('a/')).can(verb, secret('a'));
    expect(() => web.cannot(verb, tree('a/'))).toThrow('got allowed');
  }
});
