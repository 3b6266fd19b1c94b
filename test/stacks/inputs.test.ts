import { SecretValue } from '../../constructs/secret-value';
import { Inputs, strayInputs } from '../../stacks/inputs';
import { all, container, only } from '../constructs/synthesized';
import { STAGING, testApp, testPlatform } from '../helper';

const KEY = 'shop-development';

function inputs(values: unknown): Inputs {
  return new Inputs(testApp({ [KEY]: values }), KEY);
}

/** A platform with one service of one port and one of two. */
function platformWith(values: unknown) {
  const platform = testPlatform(testApp({ [KEY]: values }));
  const reads = [platform.addMount('apps').everything()];
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    ports: [8003],
    reads,
  });
  platform.addService('mail', {
    containerName: 'shop-mail',
    image: 'shop/mail:1',
    ports: [
      { host: 8025, container: 25 },
      { host: 8587, container: 587, address: '0.0.0.0' },
    ],
    reads,
  });
  return platform;
}

test('without inputs everything is as it is declared', () => {
  const none = inputs(undefined);
  expect(none.distribution).toBeUndefined();
  expect(none.image('billing', 'shop/billing:1')).toBe('shop/billing:1');
  expect(none.hostPort('billing', 8003)).toBe(8003);
  expect(none.subnet('172.28.99.0/24')).toBe('172.28.99.0/24');
  expect(none.allowDestroy).toBe(false);
});

test('the addresses of the network are replaced, and with them what identities are bound to', () => {
  const subnet = '10.9.0.0/16';
  const context = { 'shop-staging': { subnet } };
  const platform = testPlatform(testApp(context), { environment: STAGING });
  expect(platform.vault.clientSubnet).toBe(subnet);
  expect(only(platform.stacks[0], 'docker_network').ipam_config).toEqual([{ subnet }]);
});

test.each([
  [true, undefined],
  [false, { prevent_destroy: true }],
])('with allowDestroy %s what holds data may be destroyed, or not', (allowDestroy, lifecycle) => {
  const context = { 'shop-staging': { allowDestroy } };
  const platform = testPlatform(testApp(context), { environment: STAGING });
  platform.addMount('apps').addSecret('a', { password: SecretValue.generated() });
  platform.addBackingService('db', {
    containerName: 'shop-db',
    image: 'postgres:16.4',
    user: '999:999',
    data: { data: '/data' },
  });
  const [vault, access, services] = platform.stacks;
  const volume = (stack: typeof vault | typeof services, name: string) =>
    all(stack, 'docker_volume').find((one) => one.name === name);
  expect(
    [
      volume(vault, 'shop-vault-data'),
      volume(vault, 'shop-vault-logs'),
      volume(services, 'shop-db-data'),
      only(access, 'vault_mount'),
      only(access, 'vault_kv_secret_v2'),
      ...all(access, 'vault_audit'),
    ].map((one) => one?.lifecycle),
  ).toEqual(Array.from({ length: 7 }, () => lifecycle));
});

test('images and host ports are replaced, of the server too', () => {
  const platform = platformWith({
    images: { billing: 'registry.example/billing:2', vault: 'hashicorp/vault:1.21.0' },
    hostPorts: { billing: 9003, 'mail:587': 9587, vault: 8299 },
  });
  expect(container(platform, 'shop-billing')).toMatchObject({
    image: 'registry.example/billing:2',
    ports: [{ internal: 8003, external: 9003, ip: '127.0.0.1' }],
  });
  expect(container(platform, 'shop-mail').ports).toEqual([
    { internal: 25, external: 8025, ip: '127.0.0.1' },
    { internal: 587, external: 9587, ip: '0.0.0.0' },
  ]);
  expect(container(platform, 'shop-vault')).toMatchObject({
    image: 'hashicorp/vault:1.21.0',
    ports: [{ internal: 8200, external: 8299, ip: '127.0.0.1' }],
  });
  expect(platform.vault.hostAddress).toBe('http://127.0.0.1:8299');
  expect(platform.node.validate()).toEqual([]);
});

test('the input of one environment is none of another', () => {
  const platform = testPlatform(testApp({ 'depot-development': { images: { vault: 'x/y:1' } } }));
  expect(platform.vault.distribution.image).toBe('hashicorp/vault:1.17.6');
});

test('fails on names that nothing asks for, and lists those that are known', () => {
  const known =
    'hostPorts.billing, hostPorts.mail:25, hostPorts.mail:587, hostPorts.vault, images.billing, images.mail, images.vault';
  const platform = platformWith({ images: { biling: 'shop/billing:2' }, hostPorts: { mail: 9025 } });
  expect(platform.node.validate()).toEqual([
    `'context.shop-development' in cdktf.json must name inputs of the platform, got 'images.biling'; known are ${known}`,
    `'context.shop-development' in cdktf.json must name inputs of the platform, got 'hostPorts.mail'; known are ${known}`,
  ]);
});

test.each([
  ['distribution', 'hashicorp', '"vault" or "openbao"; write the one that the image of the server is of'],
  ['distribution', 1, '"vault" or "openbao"; write the one that the image of the server is of'],
  [
    'images',
    'shop/billing:2',
    'a map from service to image; write it as { "vault": "hashicorp/vault:1.17.6" }',
  ],
  [
    'images',
    { billing: 2 },
    'a map from service to image; write it as { "vault": "hashicorp/vault:1.17.6" }',
  ],
  ['images', null, 'a map from service to image; write it as { "vault": "hashicorp/vault:1.17.6" }'],
  ['hostPorts', 8003, 'a map from service to number; write it as { "vault": 8200 }'],
  ['hostPorts', { billing: '8003' }, 'a map from service to number; write it as { "vault": 8200 }'],
  ['subnet', 24, 'a network in CIDR notation; write it as "172.28.10.0/24"'],
  ['subnet', ['172.28.10.0/24'], 'a network in CIDR notation; write it as "172.28.10.0/24"'],
  ['allowDestroy', 'true', 'true or false; leave it out to protect what holds data'],
  ['allowDestroy', 1, 'true or false; leave it out to protect what holds data'],
])('fails on %s with the value %j', (field, value, rule) => {
  const [must, remedy] = rule.split('; ');
  expect(() => inputs({ [field]: value })).toThrow(
    new Error(
      `[app] 'context.shop-development.${field}' in cdktf.json must be ${must}, got ${JSON.stringify(value)}; ${remedy}`,
    ),
  );
});

test.each(['imagez', 'image', 'Images', 'constructor'])('fails on the field %s, which is none', (field) => {
  expect(() => inputs({ [field]: {} })).toThrow(
    new Error(
      `[app] 'context.shop-development' in cdktf.json must hold distribution, images, hostPorts, subnet, allowDestroy, got '${field}'; correct the name`,
    ),
  );
});

test.each(['billing', ['images'], 1, true])('fails on %j instead of an object', (values) => {
  expect(() => inputs(values)).toThrow(
    new Error(
      `[app] 'context.shop-development' in cdktf.json must be an object, got ${JSON.stringify(values)}; write it as { "images": { "vault": "hashicorp/vault:1.15.0" } }`,
    ),
  );
});

test('fails on a host port that is none', () => {
  expect(() => platformWith({ hostPorts: { billing: 70000 } })).toThrow(
    new Error(
      "[shop-development-services/billing/container] 'ports' must be whole numbers from 1 to 65535, got '70000'; write it as { host: 8003, container: 8000 }",
    ),
  );
});

test('fails on an image without a tag', () => {
  expect(() => platformWith({ images: { billing: 'shop/billing' } })).toThrow(
    /'image' must carry a tag or a digest, got 'shop\/billing'/,
  );
});

test('fails on inputs of an environment that is not declared', () => {
  const context = { 'shop-develpment': { images: {} }, featureFlag: 'true', aspects: { owner: 'ops' } };
  expect(strayInputs(context, ['shop-development'])).toEqual([
    "'context' in cdktf.json must hold inputs of declared environments, got 'shop-develpment'; known are shop-development",
  ]);
  for (const values of [{ subnet: '10.0.0.0/8' }, { allowDestroy: true }])
    expect(strayInputs({ 'shop-stagin': values }, ['shop-staging'])).toHaveLength(1);
  expect(strayInputs({ 'shop-development': { images: {} } }, ['shop-development'])).toEqual([]);
});
