import { loadPolicyParser } from '../../../policies/policy-text';
import { noAuthority } from '../../../review/rules/wir009-no-authority';
import { AGENT_CONFIGURATION, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const without = { VAULT_CACERT: undefined };

test('a name that no public authority signs for is found', () => {
  expect(wiringSeen(noAuthority, { env: without })).toEqual([
    "app: 'VAULT_ADDR' is 'https://vault:8200', and no variable names a certificate of an authority",
  ]);
});

test('an agent is found where neither its variables nor its configuration name one', () => {
  const agentConfiguration = AGENT_CONFIGURATION.replace(/ {2}ca_cert.*\n/, '');
  expect(
    wiringSeen(noAuthority, { agentEnv: { ...without, VAULT_ADDR: undefined }, agentConfiguration }),
  ).toHaveLength(1);
});

test.each([
  ['with one', {}],
  ['with one of OpenBao', { env: { ...without, BAO_CACERT: '/ca.pem' } }],
  ['with a folder of them', { env: { ...without, VAULT_CAPATH: '/certs' } }],
  ['with one for all programs', { env: { ...without, REQUESTS_CA_BUNDLE: '/ca.pem' } }],
  ['with an agent that names one', { agentEnv: without }],
  ['with a domain', { env: { ...without, VAULT_ADDR: 'https://vault.example:8200' } }],
  ['with HTTP', { env: { ...without, VAULT_ADDR: 'http://vault:8200' } }],
  ['that skips the check, which HRD-B03 tells', { env: { ...without, VAULT_SKIP_VERIFY: 'true' } }],
  [
    'with variables that an apply alone knows',
    { app: { env: ['VAULT_ADDR=https://vault:8200', '${var.ca}'] } },
  ],
])('a container %s is not', (_, declared) => {
  expect(wiringSeen(noAuthority, declared)).toEqual([]);
});
