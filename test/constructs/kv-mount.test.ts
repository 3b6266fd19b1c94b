import { SecretValue } from '../../constructs/secret-value';
import { PRODUCTION, STAGING, synth, testApp, testPlatform } from '../helper';
import { only } from './synthesized';

test('a mount is a KV engine of version 2', () => {
  const platform = testPlatform();
  platform.addMount('apps', { description: 'what the shop keeps' });
  expect(only(platform.stacks[1], 'vault_mount')).toEqual({
    path: 'apps',
    type: 'kv',
    options: { version: '2' },
    description: 'what the shop keeps',
  });
});

test.each([
  [STAGING, { prevent_destroy: true }],
  [PRODUCTION, { prevent_destroy: true }],
  [PRODUCTION.withoutProtection(), undefined],
])('on a server that lasts, it has leases of its own and is protected: %#', (environment, lifecycle) => {
  const platform = testPlatform(testApp(), { environment });
  platform.addMount('apps');
  expect(only(platform.stacks[1], 'vault_mount')).toEqual({
    path: 'apps',
    type: 'kv',
    options: { version: '2' },
    default_lease_ttl_seconds: 3600,
    max_lease_ttl_seconds: 86400,
    ...(lifecycle && { lifecycle }),
  });
});

test('a server that lasts has no engine to take over: it gets a new one', () => {
  const platform = testPlatform(testApp(), { environment: STAGING });
  const mount = platform.adoptMount('secret');
  expect(only(platform.stacks[1], 'vault_mount')).toMatchObject({ path: 'secret', type: 'kv' });
  expect(JSON.stringify(synth(platform.stacks[1]).import)).not.toContain('vault_mount');
  expect(mount.adoptedDescription).toBeUndefined();
});

test('a mount that is taken over is known by the description that it has since', () => {
  const [platform, other] = [testPlatform(), testPlatform()];
  expect(platform.adoptMount('secret').adoptedDescription).toBe('');
  expect(other.adoptMount('secret', { description: 'all of it' }).adoptedDescription).toBe('all of it');
  expect(platform.addMount('apps').adoptedDescription).toBeUndefined();
});

test('a description is no template for Terraform', () => {
  const platform = testPlatform();
  platform.addMount('apps', { description: 'keys of ${tenant}' });
  expect(only(platform.stacks[1], 'vault_mount').description).toBe('keys of $${tenant}');
});

test('an adopted mount is imported, with the type that the server names, so that it is not replaced', () => {
  const platform = testPlatform();
  platform.adoptMount('secret');
  const access = synth(platform.stacks[1]);
  const [address] = Object.keys(access.resource.vault_mount ?? {});
  expect(access.import).toEqual([{ to: `vault_mount.${address}`, id: 'secret' }]);
  expect(only(platform.stacks[1], 'vault_mount')).toMatchObject({ type: 'kv', options: { version: '2' } });
});

test('secrets are known in the order of their declaration', () => {
  const apps = testPlatform().addMount('apps');
  apps.addSecret('b', { a: '1' });
  apps.addRuntimeSecret('c');
  apps.addSuppliedSecret('a');
  expect(apps.secrets.map(({ path }) => path)).toEqual(['b', 'c', 'a']);
});

test('one path may be declared in two mounts', () => {
  const platform = testPlatform();
  platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  expect(() => platform.addMount('tools').addRuntimeSecret('database')).not.toThrow();
});

test.each([
  ['/apps', "must not start or end with '/', which Vault strips", "write it as 'apps'"],
  ['sys', "must not be 'sys', which Vault keeps for itself", 'choose another name'],
  ['', 'must not be empty', "write it as 'apps'"],
])('fails on the mount %j', (path, rule, remedy) => {
  const platform = testPlatform();
  expect(() => platform.addMount(path)).toThrow(
    new Error(`[shop-development-access] 'mount' ${rule}, got '${path}'; ${remedy}`),
  );
});

describe('fails on a second secret of one path', () => {
  const apps = testPlatform().addMount('apps');
  apps.addSecret('database', { password: SecretValue.generated() });

  test.each([
    ['constant or generated', () => apps.addSecret('database', { host: 'db' })],
    ['supplied', () => apps.addSuppliedSecret('database')],
    ['written at run time', () => apps.addRuntimeSecret('database')],
  ])('%s', (_, declare) => {
    expect(declare).toThrow(
      new Error(
        "[shop-development-access/apps] 'path' must be unique, got 'database', which 'shop-development-access/apps/database' already declares; keep one of them",
      ),
    );
  });
});
