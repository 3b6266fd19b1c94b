import { loadPolicyParser } from '../../policies/policy-text';
import { Container } from '../../review/container';
import type { Rule } from '../../review/rule';
import { RULES } from '../../review/rules';
import { AGENT_CONFIGURATION, DEVELOPMENT, type DeclaredWiring, HTTP, wiringSeen } from './declared-wiring';

beforeAll(loadPolicyParser);

const WIRING = RULES.filter(({ id }) => id.startsWith('WIR'));
const found = (declared: DeclaredWiring, rules: readonly Rule[] = WIRING) =>
  rules.flatMap((rule) => wiringSeen(rule, declared).map((seen) => `${rule.id} ${seen}`));

const NO_AGENT = { docker_container: { agent: undefined } };
const plainAgent = AGENT_CONFIGURATION.replace('https', 'http').replace(/ {2}ca_cert.*\n/, '');

const RIGHT: readonly (readonly [string, DeclaredWiring])[] = [
  ['an agent beside the application', {}],
  [
    'a token in the home of the application',
    {
      env: { VAULT_TOKEN_FILE: undefined, HOME: '/vault/secrets' },
      agentConfiguration: AGENT_CONFIGURATION.replace('secrets/token', 'secrets/.vault-token'),
    },
  ],
  [
    'a server for development, with tokens in variables',
    {
      name: 'shop-development',
      server: DEVELOPMENT,
      env: { ...HTTP, VAULT_TOKEN_FILE: undefined, VAULT_TOKEN: '${vault_token.crm.client_token}' },
      agentEnv: HTTP,
      agentConfiguration: plainAgent,
      resource: { vault_token: { crm: { policies: ['crm'] } } },
    },
  ],
  [
    "somebody else's server",
    {
      env: { VAULT_ADDR: 'https://vault.example:8200', VAULT_MOUNT: 'theirs', DB_SECRET_PATH: 'theirs/crm' },
      agentEnv: { VAULT_ADDR: 'https://vault.example:8200' },
      agentConfiguration: AGENT_CONFIGURATION.replace('vault:8200', 'vault.example:8200'),
      resource: { docker_container: { server: undefined, files: undefined } },
    },
  ],
  [
    'values that an apply alone knows',
    {
      env: {
        VAULT_ADDR: '${var.address}',
        VAULT_CACERT: '${var.ca}',
        VAULT_TOKEN_FILE: '${var.token_file}',
        VAULT_MOUNT: '${var.mount}',
        DB_SECRET_PATH: '${var.mount}/crm',
      },
      agentEnv: {
        VAULT_ADDR: '${var.address}',
        VAULT_CACERT: '${var.ca}',
        AGENT_CONFIGURATION: '${var.agent}',
      },
    },
  ],
  ['variables that an apply alone knows', { app: { env: '${var.env}' }, agent: { env: '${var.env}' } }],
  [
    'containers by count and for_each, with a network by its id',
    {
      app: {
        count: 2,
        name: 'crm-${count.index}',
        networks_advanced: [{ name: '${docker_network.shop.id}' }],
      },
      server: {
        for_each: ['vault'],
        name: '${each.key}',
        networks_advanced: [{ name: '${docker_network.shop.name}' }],
      },
    },
  ],
  [
    'OpenBao',
    {
      server: {
        image: 'openbao/openbao:2.5.5',
        volumes: [{ container_path: '/openbao/config', volume_name: 'config' }],
      },
      env: {
        VAULT_ADDR: undefined,
        VAULT_CACERT: undefined,
        BAO_ADDR: 'https://vault:8200',
        BAO_CACERT: '/vault/tls/ca.pem',
      },
      agentEnv: {
        VAULT_ADDR: undefined,
        VAULT_CACERT: undefined,
        BAO_ADDR: 'https://vault:8200',
        BAO_CACERT: '/vault/tls/ca.pem',
      },
      agent: { image: 'openbao/openbao:2.5.5', command: ['exec bao agent -config=/tmp/agent.hcl'] },
    },
  ],
  [
    'an agent with its configuration in a file',
    {
      agentEnv: { AGENT_CONFIGURATION: undefined, VAULT_ADDR: undefined },
      agent: {
        entrypoint: undefined,
        command: ['agent', '-config=/etc/agent.hcl'],
        upload: [{ file: '/etc/agent.hcl', content: AGENT_CONFIGURATION }],
      },
    },
  ],
  [
    'an application that logs in itself, on the network of its host',
    {
      env: { VAULT_ADDR: 'https://127.0.0.1:8200', VAULT_TOKEN_FILE: undefined, VAULT_ROLE: 'crm' },
      app: { networks_advanced: undefined, network_mode: 'host' },
      resource: NO_AGENT,
    },
  ],
];

test.each(RIGHT)('nothing is found in %s', (_, declared) => {
  expect(found(declared)).toEqual([]);
});

test('what an engineer types wrong is found once, each by its own rule', () => {
  const env = {
    VAULT_ADDR: 'https://vault:8220',
    VAULT_CACERT: '/certs/ca.pem',
    VAULT_TOKEN_FILE: '/vault/secrets/tokens',
    VAULT_MOUNT: 'secret',
    DB_SECRET_PATH: 'kv/crm/databse',
    DB_PASSWORD: 'hunter2',
  };
  const own = found({ env }).map((one) => one.split(' ').slice(0, 2).join(' '));
  expect(own).toEqual(['WIR005', 'WIR010', 'WIR011', 'WIR016', 'WIR018', 'WIR020'].map((id) => `${id} app:`));
});

test('how often containers are looked at grows with their number alone', () => {
  const volumes = (read_only: boolean) => [
    { container_path: '/vault/secrets', volume_name: 'secrets-${count.index}', read_only },
    { container_path: '/vault/tls', volume_name: 'ca', read_only: true },
  ];
  const services = (count: number): DeclaredWiring => ({
    app: { count, name: 'crm-${count.index}', volumes: volumes(true) },
    agent: { count, name: 'agent-${count.index}', volumes: volumes(false) },
  });
  const looks = (count: number) => {
    const asked = [
      jest.spyOn(Container.prototype, 'value'),
      ...(['environment', 'mounts', 'name', 'words'] as const).map((one) =>
        jest.spyOn(Container.prototype, one, 'get'),
      ),
    ];
    expect(found(services(count))).toEqual([]);
    const calls = asked.map((one) => one.mock.calls.length);
    for (const one of asked) one.mockRestore();
    return calls.reduce((sum, n) => sum + n);
  };
  const [few, many] = [looks(40), looks(400)];
  expect(few).toBeGreaterThan(40 * WIRING.length);
  // With every container against every other it were 100 times as much.
  expect(many).toBeLessThan(11 * few);
});
