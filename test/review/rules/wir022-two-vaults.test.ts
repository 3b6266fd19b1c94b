import { loadPolicyParser } from '../../../policies/policy-text';
import { twoVaults } from '../../../review/rules/wir022-two-vaults';
import { AGENT_CONFIGURATION, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const OTHER = {
  other: {
    name: 'other',
    image: 'hashicorp/vault:1.17.6',
    command: ['server'],
    networks_advanced: [{ name: 'shop' }],
  },
};

test('an agent that logs in at another server is found', () => {
  const declared = {
    env: { VAULT_ADDR: 'https://other:8200' },
    resource: { docker_container: OTHER },
  };
  expect(wiringSeen(twoVaults, declared)).toEqual([
    "app: 'VAULT_ADDR' is 'https://other:8200', and its agent 'crm-agent' logs in at 'https://vault:8200'",
  ]);
});

test('two servers of somebody else are found', () => {
  const agentConfiguration = AGENT_CONFIGURATION.replace('vault:8200', 'vault.staging.example');
  const declared = {
    env: { VAULT_ADDR: 'https://vault.production.example' },
    agentEnv: { VAULT_ADDR: undefined },
    agentConfiguration,
  };
  expect(wiringSeen(twoVaults, declared)).toHaveLength(1);
});

test('an agent whose variable differs from its configuration is found', () => {
  expect(
    wiringSeen(twoVaults, {
      agentEnv: { VAULT_ADDR: 'https://other:8200' },
      resource: { docker_container: OTHER },
    }),
  ).toContain(
    "agent: 'VAULT_ADDR' is 'https://other:8200', and 'address' of its agent is 'https://vault:8200'",
  );
});

const agentAt = (host: string) => ({
  agentEnv: { VAULT_ADDR: undefined },
  agentConfiguration: AGENT_CONFIGURATION.replace('vault:8200', host),
});
test.each([
  ['one address', {}],
  ['another port of one server, which WIR005 tells', { env: { VAULT_ADDR: 'https://vault:8220' } }],
  [
    'an alias of one server',
    {
      env: { VAULT_ADDR: 'https://safe:8200' },
      server: { networks_advanced: [{ name: 'shop', aliases: ['safe'] }] },
    },
  ],
  ['an address that may be the same server', { env: { VAULT_ADDR: 'https://vault.shop.example:8200' } }],
  ['a container that asks its agent', { env: { VAULT_ADDR: 'http://crm-agent:8100' } }],
  ['a container that asks an agent beside it', { env: { VAULT_ADDR: 'http://127.0.0.1:8100' } }],
  ['nodes of one domain', { env: { VAULT_ADDR: 'https://two.example' }, ...agentAt('one.example') }],
  ['an IP address', { env: { VAULT_ADDR: 'https://10.0.0.7' }, ...agentAt('one.example') }],
  ['what an apply alone knows', { env: { VAULT_ADDR: '${var.address}' } }],
  [
    'no agent',
    {
      env: { VAULT_ADDR: 'https://other:8200' },
      resource: { docker_container: { ...OTHER, agent: undefined } },
    },
  ],
])('%s is not', (_, declared) => {
  expect(wiringSeen(twoVaults, declared)).toEqual([]);
});
