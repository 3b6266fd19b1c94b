import { loadPolicyParser } from '../../../policies/policy-text';
import { looksInItself } from '../../../review/rules/wir003-looks-in-itself';
import { AGENT_CONFIGURATION, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  'https://localhost:8200',
  'https://127.0.0.1:8200',
  'https://127.1.2.3:8200',
  'http://[::1]:8200',
])('%s is found', (VAULT_ADDR) => {
  expect(wiringSeen(looksInItself, { env: { VAULT_ADDR } })).toEqual([
    `app: 'VAULT_ADDR' is '${VAULT_ADDR}', which in a container is the container itself`,
  ]);
});

test('a port that the server has on the host is found', () => {
  const declared = {
    env: { VAULT_ADDR: 'https://localhost:8220' },
    server: { ports: [{ internal: 8200, external: 8220 }] },
  };
  expect(wiringSeen(looksInItself, declared)).toHaveLength(1);
});

test("an agent's own address is found", () => {
  const agentConfiguration = AGENT_CONFIGURATION.replace('vault:8200', 'localhost:8200');
  expect(wiringSeen(looksInItself, { agentConfiguration })).toEqual([
    "agent: 'address' of its agent is 'https://localhost:8200', which in a container is the container itself",
  ]);
});

const VAULT_ADDR = 'http://127.0.0.1:8200';
test.each([
  ['a container on the network of its host', { env: { VAULT_ADDR }, app: { network_mode: 'host' } }],
  [
    'a container on the network of another one',
    { env: { VAULT_ADDR }, app: { network_mode: 'container:crm-agent' } },
  ],
  [
    'a container that runs a server itself',
    { env: { VAULT_ADDR }, app: { command: ['sh', '-c', 'vault server -dev & run'] } },
  ],
  ['a program beside an agent', { agentEnv: { VAULT_ADDR: 'http://127.0.0.1:8200' } }],
  ['a port of an agent in the image', { env: { VAULT_ADDR: 'http://127.0.0.1:8100' } }],
  ['a server', { server: { env: ['VAULT_ADDR=https://127.0.0.1:8200'] } }],
  ['a name', { env: { VAULT_ADDR: 'https://vault:8200' } }],
  ['what an apply alone knows', { env: { VAULT_ADDR: '${var.address}' } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(looksInItself, declared)).toEqual([]);
});
