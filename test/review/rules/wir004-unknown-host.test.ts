import { loadPolicyParser } from '../../../policies/policy-text';
import { unknownHost } from '../../../review/rules/wir004-unknown-host';
import { declaredWiring, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test('a name of another server is found', () => {
  expect(wiringSeen(unknownHost, { env: { VAULT_ADDR: 'http://bizosaas-vault:8200' } })).toEqual([
    "app: 'VAULT_ADDR' is 'http://bizosaas-vault:8200', and nothing here is called 'bizosaas-vault'",
  ]);
});

test('the remedy is the name that was probably meant', () => {
  const remedies = (VAULT_ADDR: string) =>
    [...unknownHost.check(declaredWiring({ env: { VAULT_ADDR } }))].map(({ remedy }) => remedy);
  expect(remedies('https://valt:8200')).toEqual(["did you mean 'vault'?"]);
  expect(remedies('https://secrets-store:8200')).toEqual(["the server is called 'vault'"]);
});

const env = { VAULT_ADDR: 'https://safe:8200' };
test.each([
  ['the name of a container', { env: { VAULT_ADDR: 'https://vault:8200' } }],
  ['a name in other letters', { env: { VAULT_ADDR: 'https://Vault:8200' } }],
  ['an alias', { env, server: { networks_advanced: [{ name: 'shop', aliases: ['safe'] }] } }],
  ['a host name', { env, server: { hostname: 'safe' } }],
  ['a domain', { env: { VAULT_ADDR: 'https://safe.example:8200' } }],
  ['an IP address', { env: { VAULT_ADDR: 'https://10.0.0.7:8200' } }],
  ['a written host', { env, app: { host: [{ host: 'safe', ip: 'host-gateway' }] } }],
  ["a name on somebody else's network", { env, app: { networks_advanced: [{ name: 'theirs' }] } }],
  [
    'a name on a network that an apply alone knows',
    { env, app: { networks_advanced: [{ name: '${var.network}' }] } },
  ],
  [
    'a name where one is known at an apply only',
    { env, resource: { docker_container: { other: { name: '${var.name}', image: 'a' } } } },
  ],
  [
    'a name where a module may declare containers',
    { env, more: { module: { vault: { source: './vault' } } } },
  ],
  ['a name of a service of a swarm', { env, resource: { docker_service: { safe: { name: 'safe' } } } }],
  ['a name where no server is declared', { env, resource: { docker_container: { server: undefined } } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(unknownHost, declared)).toEqual([]);
});
