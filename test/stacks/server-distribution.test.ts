import { Distribution } from '../../constructs/distribution';
import { Inputs } from '../../stacks/inputs';
import { serverDistribution } from '../../stacks/server-distribution';
import { testApp, testPlatform } from '../helper';

const declared = Distribution.vault('hashicorp/vault:1.17.6');

/** The software of a server with these inputs. */
function chosen(values: object, own = declared): Distribution {
  const platform = testPlatform(testApp({ inputs: values }));
  return serverDistribution(platform, own, new Inputs(platform, 'inputs'));
}

test.each([
  [{}, 'vault', 'hashicorp/vault:1.17.6'],
  [{ images: { vault: 'hashicorp/vault:1.21.0' } }, 'vault', 'hashicorp/vault:1.21.0'],
  [
    { distribution: 'openbao', images: { vault: 'openbao/openbao:2.5.5' } },
    'openbao',
    'openbao/openbao:2.5.5',
  ],
  // A mirror may call it anything.
  [{ images: { vault: 'registry.example/secrets:1' } }, 'vault', 'registry.example/secrets:1'],
  [
    { distribution: 'openbao', images: { vault: 'registry.example/secrets:1' } },
    'openbao',
    'registry.example/secrets:1',
  ],
])('it is as declared, unless the inputs say otherwise: %j', (values, kind, image) => {
  expect(chosen(values)).toMatchObject({ kind, image });
});

test.each([
  ['hashicorp/vault:1.17.6', { distribution: 'openbao' }, 'OpenBao'],
  ['openbao/openbao:2.5.5', { images: { vault: 'openbao/openbao:2.5.5' } }, 'HashiCorp Vault'],
  [
    'mirror.example/openbao/openbao-hsm:2.5.5',
    { images: { vault: 'mirror.example/openbao/openbao-hsm:2.5.5' } },
    'HashiCorp Vault',
  ],
  ['quay.io/openbao:2.5.5', { images: { vault: 'quay.io/openbao:2.5.5' } }, 'HashiCorp Vault'],
])('fails on %s where the server is the other one: %j', (image, values, name) => {
  expect(() => chosen(values)).toThrow(
    new Error(
      `[shop-development] 'distribution' must be that of the server's image, got ${name} with '${image}'; set both 'distribution' and 'images.vault' of 'context.shop-development' in cdktf.json`,
    ),
  );
});

test('a platform takes the software of its server from there', () => {
  const context = { 'shop-development': { distribution: 'openbao' } };
  expect(() => testPlatform(testApp(context))).toThrow(/'distribution' must be that of the server's image/);
});
