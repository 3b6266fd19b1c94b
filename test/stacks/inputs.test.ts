import { Inputs, strayInputs } from '../../stacks/inputs';
import { container } from '../constructs/synthesized';
import { testApp, testPlatform } from '../helper';

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

test.each([
  ['openbao', 'openbao/openbao:2.5.5', 'OpenBao'],
  ['vault', 'registry.example/vault:1', 'HashiCorp Vault'],
])('the distribution %s is taken with its image', (distribution, image, name) => {
  const { vault } = platformWith({ distribution, images: { vault: image } });
  expect(vault.distribution).toMatchObject({ name, image });
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

const REMEDY =
  'distribution is "vault" or "openbao", images map a service to an image, hostPorts map a service to a number';
test.each([
  ['imagez', { a: 'b' }],
  ['distribution', 'hashicorp'],
  ['distribution', 1],
  ['images', 'shop/billing:2'],
  ['images', { billing: 2 }],
  ['images', null],
  ['hostPorts', 8003],
  ['hostPorts', { billing: '8003' }],
])('fails on %s with the value %j', (field, value) => {
  expect(() => inputs({ [field]: value })).toThrow(
    new Error(
      `[app] 'context.shop-development.${field}' in cdktf.json must be one of distribution, images, hostPorts, got ${JSON.stringify(value)}; ${REMEDY}`,
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
  expect(strayInputs({ 'shop-development': { images: {} } }, ['shop-development'])).toEqual([]);
});

test.each([
  [{ distribution: 'openbao' }, "OpenBao with 'hashicorp/vault:1.17.6'"],
  [{ images: { vault: 'openbao/openbao:2.5.5' } }, "HashiCorp Vault with 'openbao/openbao:2.5.5'"],
])('fails on a server of one distribution with the image of the other: %j', (values, got) => {
  expect(() => testPlatform(testApp({ 'shop-development': values }))).toThrow(
    `[shop-development] 'distribution' must be that of the server's image, got ${got}; set both 'distribution' and 'images.vault' of 'context.shop-development' in cdktf.json`,
  );
});
