import { loadPolicyParser } from '../../policies/policy-text';
import { clientsOf, isOfOneVault, type VaultClient } from '../../review/vault-clients';
import { type DeclaredWiring, declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

const told = (declared: DeclaredWiring) =>
  clientsOf(declaredWiring(declared)).map(({ container, addresses }) => [
    container.name,
    ...addresses.map(({ where, text }) => `${where} ${text}`),
  ]);

test('clients are containers that are told an address, and no servers', () => {
  const server = { env: ['VAULT_ADDR=https://127.0.0.1:8200'] };
  expect(told({ server })).toEqual([
    ['crm-agent', "'VAULT_ADDR' https://vault:8200", "'address' of its agent https://vault:8200"],
    ['crm', "'VAULT_ADDR' https://vault:8200"],
  ]);
  expect(told({ env: { VAULT_ADDR: undefined }, agentEnv: { VAULT_ADDR: '' } })).toEqual([
    ['crm-agent', "'address' of its agent https://vault:8200"],
  ]);
});

test('an address that an apply alone knows is told, and says nothing', () => {
  const clients = clientsOf(declaredWiring({ env: { VAULT_ADDR: 'https://${var.host}:8200' } }));
  expect(clients[1]?.addresses).toEqual([
    { where: "'VAULT_ADDR'", text: 'https://\u27e8var.host\u27e9:8200' },
  ]);
});

test.each<[string, DeclaredWiring, boolean]>([
  ['one provider', {}, true],
  ['a namespace', { env: { VAULT_NAMESPACE: 'team' } }, false],
  ['two providers', { more: { provider: { vault: [{}, { alias: 'b', namespace: 'b' }] } } }, false],
])('with %s the stacks know one Vault: %s', (_, declared, isOne) => {
  const environment = declaredWiring(declared);
  expect(isOfOneVault(environment, clientsOf(environment)[1] as VaultClient)).toBe(isOne);
});
