import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import type { Environment } from '../../constructs/environment';
import { ServerMode } from '../../constructs/server-mode';
import { resources, STAGING, synth, testApp, testPlatform } from '../helper';
import { all } from './synthesized';

const VAULT = Distribution.vault('hashicorp/vault:1.17.6');
const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

function accessStack(distribution: Distribution, environment: Environment = STAGING) {
  const mode = ServerMode.configured({ audit: [AuditDevice.stdout(), AuditDevice.socket('collector:9090')] });
  const vault = { containerName: 'shop-vault', distribution, mode };
  return testPlatform(testApp(), { environment, vault }).stacks[1];
}

test('Terraform takes over the devices that the key ceremony enabled, and protects them', () => {
  const access = accessStack(VAULT);
  const protectedOnes = { prevent_destroy: true };
  const expected = [
    { path: 'stdout', type: 'file', options: { file_path: 'stdout' }, lifecycle: protectedOnes },
    {
      path: 'socket',
      type: 'socket',
      options: { address: 'collector:9090', socket_type: 'tcp' },
      lifecycle: protectedOnes,
    },
  ];
  expect(all(access, 'vault_audit')).toEqual(expect.arrayContaining(expected));
  expect(all(access, 'vault_audit')).toHaveLength(expected.length);
  const addresses = Object.entries(resources(synth(access), 'vault_audit')).map(([address, { path }]) => ({
    to: `vault_audit.${address}`,
    id: path,
  }));
  expect(synth(access).import).toEqual(expect.arrayContaining(addresses));
});

test('they may go where somebody said so', () => {
  expect(all(accessStack(VAULT, STAGING.withoutProtection()), 'vault_audit')[0]).not.toHaveProperty(
    'lifecycle',
  );
});

test('OpenBao, which refuses the API, has them in its configuration alone', () => {
  expect(all(accessStack(OPENBAO), 'vault_audit')).toEqual([]);
});

test.each([
  ['a development server', undefined],
  ['an external server', { external: { address: 'https://vault.example:8200', distribution: VAULT } }],
])('%s has none of ours', (_, vault) => {
  const [, access] = testPlatform(testApp(), vault && { vault }).stacks;
  expect(all(access, 'vault_audit')).toEqual([]);
});
