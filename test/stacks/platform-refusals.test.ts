import { Distribution } from '../../constructs/distribution';
import { redis } from '../../constructs/redis';
import { SecretFile } from '../../constructs/secret-file';
import { SecretValue } from '../../constructs/secret-value';
import { metricsRules } from '../../policies/system-rules';
import { synth, testApp, testPlatform } from '../helper';

const vault = (name: string, hostPort: number) => ({
  vault: {
    containerName: `${name}-vault`,
    distribution: Distribution.vault('hashicorp/vault:1.17'),
    hostPort,
  },
});
const service = { containerName: 'shop-billing', image: 'shop/billing:1' };

test.each(['Shop', 'shop_1', '1shop', '', 'a'.repeat(41)])('fails on the platform %j', (name) => {
  expect(() => testPlatform(testApp(), vault('shop', 8200), name)).toThrow(
    /^\[app\] 'platform' must be kebab-case, start with a letter and have 40 characters at most, got '.*'; write it as '/,
  );
});

test.each(['Billing', 'bill_ing', ''])('fails on the service %j', (name) => {
  const platform = testPlatform();
  platform.addMount('apps');
  expect(() => platform.addService(name, service)).toThrow(
    /^\[shop-development\] 'name' must be kebab-case, start with a letter and have 40 characters at most, got '/,
  );
});

describe('fails on a name that is taken', () => {
  const platform = testPlatform();
  const everything = platform.addMount('apps').everything();
  platform.addService('billing', { ...service, reads: [everything] });
  platform.addPolicy('operator', { manages: [everything] });
  platform.addBackingService('db', { containerName: 'shop-db', image: 'postgres:16.4', user: '999:999' });
  const next = { containerName: 'shop-next', image: 'shop/next:1', reads: [everything] };
  const { reads: _, ...backing } = { ...next, user: '1:1' };

  test.each([
    ['billing', 'services/billing', () => platform.addService('billing', next)],
    ['billing', 'services/billing', () => platform.addBackingService('billing', backing)],
    ['billing', 'services/billing', () => platform.addPolicy('billing', { allows: metricsRules() })],
    ['operator', 'access/operator-policy', () => platform.addService('operator', next)],
    ['db', 'services/db', () => platform.addService('db', next)],
    ['backend', 'services/backend', () => platform.addService('backend', next)],
    ['vault', 'services/vault', () => platform.addService('vault', next)],
    ['docker', 'services/docker', () => platform.addBackingService('docker', backing)],
  ])('%s of %s', (name, first, declare) => {
    expect(declare).toThrow(
      new Error(
        `[shop-development] 'name' must be unique, got '${name}', which 'shop-development-${first}' already declares; choose another name`,
      ),
    );
  });
});

test.each([
  ['apps', 'apps'],
  ['apps/team', 'apps'],
  ['teams', 'teams/payments'],
  ['vault', 'vault'],
])('fails on the mount %s beside %s', (path, first) => {
  const platform = testPlatform();
  platform.addMount('apps');
  platform.addMount('teams/payments');
  expect(() => platform.addMount(path)).toThrow(
    new Error(
      `[shop-development] 'mount' must be unique, got '${path}', which 'shop-development-access/${first.replace('/', '--')}' already declares; choose another path, not below it`,
    ),
  );
});

test('takes mounts that only begin alike', () => {
  const platform = testPlatform();
  platform.addMount('apps');
  expect(() => platform.addMount('apps-2')).not.toThrow();
});

test.each([
  ['none yet', 0, 'call addMount() before'],
  ['several mounts', 2, 'pass one of them'],
])('fails on a service without a mount where the platform has %s', (has, count, remedy) => {
  const platform = testPlatform();
  for (let i = 0; i < count; i += 1) platform.addMount(`mount-${i}`);
  expect(() => platform.addService('billing', service)).toThrow(
    new Error(
      `[shop-development] 'mount' must be given where the platform has ${has}, got nothing; ${remedy}`,
    ),
  );
});

describe('fails on what belongs to another platform', () => {
  const app = testApp();
  const shop = testPlatform(app, vault('shop', 8200), 'shop');
  const depot = testPlatform(app, vault('depot', 8210), 'depot');
  shop.addMount('apps');
  const apps = depot.addMount('apps');
  const database = apps.addSecret('database', { password: SecretValue.generated() });

  test('a mount', () => {
    expect(() => shop.addService('a', { ...service, mount: apps })).toThrow(
      new Error(
        "[shop-development] 'mount' of 'a' must belong to this platform, got 'depot-development-access/apps'; pass one that addMount() of this platform returned",
      ),
    );
  });

  const message = (name: string) =>
    new Error(
      `[shop-development-access/${name}-policy] 'secret' must belong to the Vault server 'shop-development-vault/server', got one of 'depot-development-vault/server'; declare it in a mount of this platform`,
    );

  test.each([
    ['b', () => shop.addService('b', { ...service, reads: [database] })],
    ['c', () => shop.addService('c', { ...service, secretPaths: { DATABASE: database } })],
    ['d', () => shop.addPolicy('d', { manages: [apps.everything()] })],
    [
      'e',
      () =>
        shop.addBackingService('e', {
          ...service,
          user: '1:1',
          files: [SecretFile.value('password', database.value('password'))],
        }),
    ],
  ])('a secret: %s', (name, declare) => {
    expect(declare).toThrow(message(name));
  });

  test('its network', () => {
    expect(() => testPlatform(app, { ...vault('third', 8220), network: 'shop-network' }, 'third')).toThrow(
      new Error(
        "[third-development-vault/network] 'network' must be unique, got 'shop-network', which 'shop-development-vault/network' already declares; give each platform its own",
      ),
    );
  });

  test('the host port of its server', () => {
    expect(() => testPlatform(app, vault('fourth', 8200), 'fourth')).toThrow(
      new Error(
        "[fourth-development-vault/server/container] 'host port' must be unique, got '8200', which 'shop-development-vault/server/container' already declares; give one of them another host port",
      ),
    );
  });

  test('the container name of its server', () => {
    expect(() => testPlatform(app, vault('shop', 8230), 'fifth')).toThrow(
      new Error(
        "[fifth-development-vault/server/container] 'container name' must be unique, got 'shop-vault', which 'shop-development-vault/server/container' already declares; container names are shared by the whole Docker host",
      ),
    );
  });
});

test.each(['root', 'default', 'default-ceiling'])('fails on the policy %s', (name) => {
  const platform = testPlatform(testApp(), { policyPrefix: '' });
  expect(() => platform.addPolicy(name, { allows: metricsRules() })).toThrow(
    `[shop-development-access/${name}-policy] 'policyName' must not be one of the built-in policies`,
  );
});

test('takes such a name behind the prefix of the platform', () => {
  const platform = testPlatform();
  platform.addPolicy('default', { allows: metricsRules() });
  expect(platform.identities.get('default')?.policyName).toBe('shop-default');
  expect(() => synth(platform.stacks[1])).not.toThrow();
});

test('fails when a service needs one of another platform', () => {
  const app = testApp();
  const other = testPlatform(app, vault('other', 8300), 'other');
  const cache = other.addBackingService(
    'cache',
    redis({ containerName: 'other-cache', image: 'redis:7.4.1' }),
  );
  const platform = testPlatform(app);
  expect(() =>
    platform.addBackingService('web', { containerName: 'web', image: 'web:1', user: '1:1', needs: [cache] }),
  ).toThrow(
    "[shop-development] 'needs' of 'web' must be services of this platform, got 'other-development-services/cache'; Terraform cannot order the containers of two states",
  );
});

test('fails when a name on the network means two containers', () => {
  const platform = testPlatform();
  platform.addBackingService('cache', {
    ...redis({ containerName: 'cache', image: 'redis:7.4.1' }),
    aliases: ['store'],
  });
  expect(() =>
    platform.addBackingService('web', { containerName: 'store', image: 'web:1', user: '1:1' }),
  ).toThrow(
    "[shop-development-services/web/container] 'DNS name' must be unique, got 'store on shop-network', which 'shop-development-services/cache/container' already declares; Docker would answer with both in turn",
  );
});

test("fails on a new mount 'secret', which a development server has", () => {
  expect(() => testPlatform().addMount('secret')).toThrow(
    new Error(
      "[shop-development] 'mount' must be one that the server does not have yet, got 'secret', which a development server brings; take it over with adoptMount()",
    ),
  );
});

test('fails on rules for a container that has neither files nor a token', () => {
  const declare = { containerName: 'web', image: 'web:1', user: '1:1', allows: metricsRules() };
  expect(() => testPlatform().addBackingService('web', declare)).toThrow(
    new Error(
      "[shop-development] 'allows' of 'web' must be of use to somebody, got rules for a container without files or token; set tokenFile",
    ),
  );
});

test('fails when a platform is declared twice in an environment', () => {
  const app = testApp();
  testPlatform(app);
  expect(() => testPlatform(app)).toThrow(
    "[app] 'platform' must be unique, got 'shop', which 'shop-development' already declares; choose another name",
  );
});
