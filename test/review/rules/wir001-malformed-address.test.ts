import { loadPolicyParser } from '../../../policies/policy-text';
import { malformedAddress } from '../../../review/rules/wir001-malformed-address';
import { AGENT_CONFIGURATION, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  ['vault:8200', 'without http:// or https://'],
  ['vault', 'without http:// or https://'],
  ['"https://vault:8200"', 'with quotes, which are part of it'],
  ["'https://vault:8200", 'with quotes, which are part of it'],
  [' https://vault:8200', 'with blanks around it'],
  ['https://vault:82000', 'which is no address of a server'],
  ['https:///v1', 'which is no address of a server'],
  ['ftp://vault:8200', 'which is no address of a server'],
  ['https://vault:8200/v1', "with '/v1', which clients add themselves"],
  ['https://vault:8200/ui/', "with '/ui/', which clients add themselves"],
])('%j is found', (VAULT_ADDR, why) => {
  const [seen, ...others] = wiringSeen(malformedAddress, { env: { VAULT_ADDR } });
  expect(seen).toMatch(/^app: 'VAULT_ADDR' is /);
  expect(seen).toContain(why);
  expect(others).toEqual([]);
});

test('a password in an address is found, untold', () => {
  const seen = wiringSeen(malformedAddress, { env: { VAULT_ADDR: 'https://crm:hunter2@vault:8200' } });
  expect(seen).toEqual(["app: 'VAULT_ADDR' holds credentials, which is no address of a server"]);
});

test('an address of OpenBao and one of an agent are found', () => {
  expect(wiringSeen(malformedAddress, { env: { BAO_ADDR: 'vault' } })).toHaveLength(1);
  const agentConfiguration = AGENT_CONFIGURATION.replace('https://vault', 'vault');
  expect(wiringSeen(malformedAddress, { agentConfiguration })).toEqual([
    "agent: 'address' of its agent is 'vault:8200', without http:// or https://",
  ]);
});

test.each([
  'https://vault:8200',
  'HTTPS://vault:8200/',
  'https://[::1]:8200',
  'https://tools.example/vault',
  'unix:///run/vault.sock',
  '${var.address}',
  'https://${var.host}:8200',
  '',
])('%j is not', (VAULT_ADDR) => {
  expect(wiringSeen(malformedAddress, { env: { VAULT_ADDR } })).toEqual([]);
});
