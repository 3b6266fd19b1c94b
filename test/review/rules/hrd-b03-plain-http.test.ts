import { loadPolicyParser } from '../../../policies/policy-text';
import { plainHttp } from '../../../review/rules/hrd-b03-plain-http';
import { CONFIGURATION, configured, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const plain = (line: string) => CONFIGURATION.replace('tls_min_version = "tls13"', line);

test.each(['tls_disable = true', 'tls_disable = "true"', 'tls_disable = 1'])(
  'a listener with %s is found',
  (line) => {
    expect(seenOf(plainHttp, { configuration: plain(line) })).toEqual([
      "docker_container.server: the listener at '0.0.0.0:8200' has 'tls_disable'",
    ]);
  },
);

test('it is found in JSON of the environment, and in OpenBao', () => {
  const listener = '{"listener":[{"tcp":{"address":"[::]:8200","tls_disable":true}}]}';
  const container = {
    image: 'openbao/openbao:2.5.5',
    env: [`BAO_LOCAL_CONFIG=${listener}`],
    volumes: undefined,
  };
  expect(seenOf(plainHttp, { container })).toEqual([
    "docker_container.server: the listener at '[::]:8200' has 'tls_disable'",
  ]);
});

test('the address that clients are sent to is found', () => {
  expect(seenOf(plainHttp, { configuration: configured('api_addr = "http://vault:8200"') })).toEqual([
    "docker_container.server: 'api_addr' is 'http://vault:8200', without TLS",
  ]);
});

test.each([
  ['VAULT_ADDR=http://vault:8200', "'VAULT_ADDR' is 'http://vault:8200', without TLS"],
  ['BAO_ADDR=HTTP://vault', "'BAO_ADDR' is 'HTTP://vault', without TLS"],
  ['VAULT_SKIP_VERIFY=1', "'VAULT_SKIP_VERIFY' is true: whatever certificate the server shows is believed"],
])('%s of a service is found', (variable, seen) => {
  const docker_container = { crm: { name: 'crm', image: 'crm:1.0.0', env: [variable] } };
  expect(seenOf(plainHttp, { resource: { docker_container } })).toEqual([`docker_container.crm: ${seen}`]);
});

test.each([
  [
    { address: 'http://vault.shop.example:8200' },
    "'address' is 'http://vault.shop.example:8200', without TLS",
  ],
  [{ skip_tls_verify: true }, "'skip_tls_verify' is true: whatever certificate the server shows is believed"],
])('%j of the provider is found', (vault, seen) => {
  expect(seenOf(plainHttp, { vault })).toEqual([`provider.vault: ${seen}`]);
});

test.each([
  [
    'an agent in the same container',
    { container: { env: ['VAULT_ADDR=http://127.0.0.1:8100', 'VAULT_SKIP_VERIFY=false'] } },
  ],
  ['an address that is not known', { vault: { address: '${var.address}' } }],
  ['a tunnel of this machine', { vault: { address: 'http://localhost:8200/' } }],
  [
    'a listener that is reached from inside alone',
    { configuration: 'listener "tcp" {\n  tls_disable = true\n}' },
  ],
  [
    'a socket',
    { configuration: 'listener "unix" {\n  address = "/run/vault.sock"\n  tls_disable = true\n}' },
  ],
])('%s is not', (_, declared) => {
  expect(seenOf(plainHttp, declared)).toEqual([]);
});

test('an agent is judged by its configuration too', () => {
  const agentOf = (setting: string) => ({
    resource: {
      docker_container: {
        agent: {
          name: 'agent',
          image: 'hashicorp/vault:1.17.6',
          command: ['agent', '-config=/etc/agent.hcl'],
          upload: [{ file: '/etc/agent.hcl', content: `vault {\n  ${setting}\n}\nauto_auth {\n}\n` }],
        },
      },
    },
  });
  expect(seenOf(plainHttp, agentOf('address = "http://vault:8200"'))).toEqual([
    "docker_container.agent: 'address' of its agent is 'http://vault:8200', without TLS",
  ]);
  expect(seenOf(plainHttp, agentOf('tls_skip_verify = true'))).toEqual([
    "docker_container.agent: 'tls_skip_verify' of its agent is true: whatever certificate the server shows is believed",
  ]);
  expect(seenOf(plainHttp, agentOf('address = "https://vault:8200"'))).toEqual([]);
});
