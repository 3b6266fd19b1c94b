import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf } from './declared';

beforeAll(loadPolicyParser);

test.each<[Record<string, unknown>, readonly string[]]>([
  [{ path: 'apps', type: 'kv', options: { version: '2' } }, ['apps 2']],
  [{ path: 'apps/', type: 'kv', options: { version: 2 } }, ['apps 2']],
  [{ path: 'apps', type: 'kv-v2' }, ['apps 2']],
  [{ path: 'apps', type: 'kv', options: { version: '1' } }, ['apps 1']],
  [{ path: 'apps', type: 'kv' }, ['apps 1']],
  [{ path: 'apps', type: 'generic' }, ['apps 1']],
  [{ path: 'pki', type: 'pki' }, []],
  [{ path: '${var.path}', type: 'kv' }, []],
])('the engine %j is %j', (mount, expected) => {
  const { kvMounts } = accessOf({ vault_mount: { m: mount } });
  expect(kvMounts.map(({ path, version }) => `${path} ${version}`)).toEqual(expected);
});

test('engines are in the order in which the longest path comes first', () => {
  const mount = (path: string) => ({ path, type: 'kv-v2' });
  const { kvMounts } = accessOf({ vault_mount: { a: mount('b'), b: mount('a/long'), c: mount('a') } });
  expect(kvMounts.map(({ path }) => path)).toEqual(['a/long', 'a', 'b']);
});

test('an engine that is mounted elsewhere is known by what is done with it', () => {
  const { kvMounts, secrets } = accessOf({
    vault_kv_secret_backend_v2: { c: { mount: 'configured' } },
    vault_kv_secret_v2: { s: { mount: 'used', name: 'mail' } },
    vault_kv_secret: { s: { path: 'old/mail' } },
  });
  expect(kvMounts).toEqual([
    { path: 'configured', version: 2 },
    { path: 'used', version: 2 },
  ]);
  expect(secrets.map(({ apiPath }) => apiPath)).toEqual(['old/mail', 'used/data/mail']);
});

test('secrets are found however they are written', () => {
  const access = accessOf({
    vault_mount: {
      two: { path: 'two', type: 'kv-v2' },
      one: { path: 'one', type: 'kv' },
    },
    vault_kv_secret_v2: {
      a: { mount: '${vault_mount.two.path}', name: 'team/mail' },
      many: { mount: 'two', name: '${each.key}', for_each: '${toset(["x", "y"])}' },
      late: { mount: 'two', name: '${var.name}' },
    },
    vault_kv_secret: { b: { path: 'one/team/old' } },
    vault_generic_secret: {
      c: { path: '${vault_mount.two.path}/generic' },
      d: { path: 'one/generic' },
      other: { path: 'database/config/x' },
    },
    vault_generic_endpoint: {
      e: { path: 'two/data/endpoint', data_json: '{}' },
      f: { path: 'one/endpoint', data_json: '{}' },
      other: { path: 'two/config', data_json: '{}' },
    },
  });
  expect(access.secrets.map(({ mount, path, apiPath }) => [mount.path, path, apiPath])).toEqual([
    ['one', 'endpoint', 'one/endpoint'],
    ['one', 'generic', 'one/generic'],
    ['one', 'team/old', 'one/team/old'],
    ['two', 'endpoint', 'two/data/endpoint'],
    ['two', 'generic', 'two/data/generic'],
    ['two', 'team/mail', 'two/data/team/mail'],
    ['two', 'x', 'two/data/x'],
    ['two', 'y', 'two/data/y'],
  ]);
  expect(access.unknown).toEqual([
    "'name' of vault_kv_secret_v2.late is ${var.name}, which is known at an apply only; the secret is left out",
  ]);
});
