import { Distribution } from '../../constructs/distribution';

test.each([
  [
    Distribution.vault('hashicorp/vault:1.15.0'),
    'HashiCorp Vault',
    'vault',
    '/vault/config',
    'VAULT_LOCAL_CONFIG',
  ],
  [Distribution.openBao('openbao/openbao:2.5.5'), 'OpenBao', 'bao', '/openbao/config', 'BAO_LOCAL_CONFIG'],
])('the names of %# are those of its official image', (distribution, name, binary, folder, variable) => {
  expect(distribution).toMatchObject({
    name,
    binary,
    configurationDirectory: folder,
    configurationVariable: variable,
    user: '100:1000',
  });
});

test('another image is still the same distribution', () => {
  const mirrored = Distribution.openBao('openbao/openbao:2.5.5').withImage('registry.example/bao:2.5.5');
  expect(mirrored).toMatchObject({ name: 'OpenBao', binary: 'bao', image: 'registry.example/bao:2.5.5' });
});
