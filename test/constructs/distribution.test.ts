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

test.each([
  [
    Distribution.vault('hashicorp/vault:1.15.0'),
    'vault',
    '/vault',
    true,
    'api',
    ['SKIP_CHOWN', 'SKIP_SETCAP'],
  ],
  [
    Distribution.openBao('openbao/openbao:2.5.5'),
    'openbao',
    '/openbao',
    false,
    'configuration',
    ['SKIP_CHOWN'],
  ],
])(
  'what %# can do, and where it keeps what it writes',
  (distribution, kind, home, locks, audit, entrypoint) => {
    expect(distribution).toMatchObject({
      kind,
      dataDirectory: `${home}/file`,
      logsDirectory: `${home}/logs`,
      locksMemory: locks,
      auditEnabledBy: audit,
      entrypointVariables: Object.fromEntries(entrypoint.map((name) => [name, 'true'])),
    });
  },
);

test('another image is still the same distribution', () => {
  const mirrored = Distribution.openBao('openbao/openbao:2.5.5').withImage('registry.example/bao:2.5.5');
  expect(mirrored).toMatchObject({ name: 'OpenBao', binary: 'bao', image: 'registry.example/bao:2.5.5' });
});
