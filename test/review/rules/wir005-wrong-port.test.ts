import { loadPolicyParser } from '../../../policies/policy-text';
import { wrongPort } from '../../../review/rules/wir005-wrong-port';
import { CONFIGURATION } from '../declared-server';
import { DEVELOPMENT, HTTP, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const PORTS = [{ internal: 8200, external: 8220, ip: '127.0.0.1' }];

test('a port of the host is found, and told as that', () => {
  expect(
    wiringSeen(wrongPort, { env: { VAULT_ADDR: 'https://vault:8220' }, server: { ports: PORTS } }),
  ).toEqual([
    "app: 'VAULT_ADDR' is 'https://vault:8220', and 'vault' listens at '0.0.0.0:8200'; 8220 is its port on the host",
  ]);
});

test.each([
  ['https://vault:8201', {}, "'0.0.0.0:8200'"],
  ['https://vault', {}, "'0.0.0.0:8200'"],
  [
    'https://vault:8200',
    { configuration: 'listener "tcp" {\n tls_cert_file = "a"\n}\n' },
    "'127.0.0.1:8200'",
  ],
  [
    'http://vault:8200',
    { server: { command: ['server', '-dev', '-dev-listen-address=0.0.0.0:8300'] }, configuration: '' },
    "'0.0.0.0:8300'; 8200 is its port on the host",
  ],
  [
    'http://vault:8200',
    { server: { entrypoint: ['/bin/sh', '-c'], command: ['exec vault server -dev'] }, configuration: '' },
    "'127.0.0.1:8200'",
  ],
])('%s with %j is found', (VAULT_ADDR, declared, listens) => {
  const [seen] = wiringSeen(wrongPort, {
    env: { VAULT_ADDR },
    agentEnv: { VAULT_ADDR: undefined },
    ...declared,
    resource: { docker_container: { agent: undefined } },
  });
  expect(seen).toBe(`app: 'VAULT_ADDR' is '${VAULT_ADDR}', and 'vault' listens at ${listens}`);
});

test.each([
  ['the port of the listener', {}],
  [
    'one of two listeners',
    {
      configuration: `${CONFIGURATION}listener "tcp" {\n address = "0.0.0.0:8300"\n tls_cert_file = "a"\n}\n`,
      env: { VAULT_ADDR: 'https://vault:8300' },
    },
  ],
  ['a listener without a host', { configuration: CONFIGURATION.replace('0.0.0.0:8200', ':8200') }],
  [
    'a server whose configuration cannot be read',
    { configuration: '${var.configuration}', env: { VAULT_ADDR: 'https://vault:1' } },
  ],
  [
    'a listener that an apply alone knows',
    {
      configuration: CONFIGURATION.replace('0.0.0.0:8200', '${var.listener}'),
      env: { VAULT_ADDR: 'https://vault:1' },
    },
  ],
  [
    'a server with a proxy on its network',
    {
      env: { VAULT_ADDR: 'https://vault:443' },
      resource: {
        docker_container: { proxy: { name: 'proxy', image: 'nginx', network_mode: 'container:vault' } },
      },
    },
  ],
  [
    'a proxy',
    {
      env: { VAULT_ADDR: 'https://proxy:443' },
      resource: { docker_container: { proxy: { name: 'proxy', image: 'nginx' } } },
    },
  ],
  ['a server for development', { server: DEVELOPMENT, env: HTTP }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(wrongPort, declared)).toEqual([]);
});
