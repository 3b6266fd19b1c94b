import { loadPolicyParser } from '../../../policies/policy-text';
import { tlsMismatch } from '../../../review/rules/wir006-tls-mismatch';
import { CONFIGURATION } from '../declared-server';
import { DEVELOPMENT, HTTP, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const PLAIN = CONFIGURATION.replace(/ {2}tls_cert_file.*\n/, '  tls_disable = true\n');
const name = 'shop-development';
const NO_AGENT = { docker_container: { agent: undefined } };

test.each([
  ['https to a listener without TLS', { configuration: PLAIN, resource: NO_AGENT }],
  ['https to a server for development', { name, server: DEVELOPMENT, configuration: '', resource: NO_AGENT }],
])('%s is found', (_, declared) => {
  expect(wiringSeen(tlsMismatch, declared)).toEqual([
    "app: 'VAULT_ADDR' is 'https://vault:8200', and 'vault' speaks HTTP at 8200",
  ]);
});

test('http to a listener with TLS is found in development', () => {
  expect(wiringSeen(tlsMismatch, { name, env: HTTP })).toEqual([
    "app: 'VAULT_ADDR' is 'http://vault:8200', and 'vault' speaks HTTPS at 8200",
  ]);
});

test.each([
  ['both with TLS', {}],
  ['both without', { name, configuration: PLAIN, env: HTTP, agentEnv: HTTP, resource: NO_AGENT }],
  ['http outside development, which HRD-B03 tells', { env: HTTP }],
  [
    'a server for development with TLS',
    { name, server: { command: ['server', '-dev-tls'] }, configuration: '' },
  ],
  ['another port', { name, env: { VAULT_ADDR: 'http://vault:80' } }],
  ['somebody else', { name, env: { VAULT_ADDR: 'http://vault.example:8200' } }],
  [
    'what an apply alone knows',
    { name, configuration: CONFIGURATION.replace('0.0.0.0:8200', '${var.listener}'), env: HTTP },
  ],
])('%s is not', (_, declared) => {
  expect(wiringSeen(tlsMismatch, declared)).toEqual([]);
});
