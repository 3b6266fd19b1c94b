import { loadPolicyParser } from '../../policies/policy-text';
import { type Container, containersOf } from '../../review/container';
import { agentBeside, agentsOf } from '../../review/vault-agents';
import { AGENT_CONFIGURATION, type DeclaredWiring, declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

const agents = (declared: DeclaredWiring) => [...agentsOf(declaredWiring(declared)).values()];
const CONFIGURATION = {
  address: 'https://vault:8200',
  authority: '/vault/tls/ca.pem',
  skipsVerification: false,
  sinks: ['/vault/secrets/token'],
  rendered: ['/vault/secrets/database'],
  secrets: ['kv/data/crm/database'],
};

const JSON_CONFIGURATION = JSON.stringify({
  vault: { address: 'https://vault:8200', ca_cert: '/vault/tls/ca.pem' },
  auto_auth: {
    method: { type: 'approle', config: {} },
    sinks: [],
    sink: [{ type: 'file', config: { path: '/vault/secrets/token' } }],
  },
  template: [{ destination: '/vault/secrets/database', contents: '{{ secret `kv/data/crm/database` }}' }],
});
const FILE = [{ file: '/etc/agent.hcl', content: AGENT_CONFIGURATION }];

test.each<[string, DeclaredWiring]>([
  ['a variable', {}],
  ['a variable with JSON', { agentConfiguration: JSON_CONFIGURATION }],
  ['a file', { agentEnv: { AGENT_CONFIGURATION: undefined }, agent: { upload: FILE } }],
  [
    'a volume that another container fills',
    {
      agentEnv: { AGENT_CONFIGURATION: undefined },
      agent: { volumes: [{ container_path: '/etc/agent', volume_name: 'agent' }] },
      resource: {
        docker_container: {
          filler: {
            name: 'f',
            image: 'a',
            upload: FILE,
            volumes: [{ container_path: '/x', volume_name: 'agent' }],
          },
        },
      },
    },
  ],
])('the configuration is read from %s', (_, declared) => {
  expect(agents(declared).map(({ configuration }) => configuration)).toEqual([CONFIGURATION]);
});

test('templates for variables of a program are read, and what is not there is left out', () => {
  const agentConfiguration = `auto_auth {
}
env_template "PASSWORD" {
  contents = "{{ with secret \\"kv/data/a\\" }}{{ end }}{{ secret \\"kv/data/b\\" }}"
}
vault {
  tls_skip_verify = true
}
`;
  expect(agents({ agentConfiguration })[0]?.configuration).toEqual({
    skipsVerification: true,
    sinks: [],
    rendered: [],
    secrets: ['kv/data/a', 'kv/data/b'],
  });
});

test.each<[string, DeclaredWiring]>([
  ['is broken', { agentConfiguration: 'auto_auth {' }],
  ['is known at an apply only', { agentConfiguration: '${var.agent}' }],
  ['is there twice', { agent: { upload: [{ file: '/a', content: 'auto_auth {\n}\n' }] } }],
])('none is known where it %s', (_, declared) => {
  const [agent, ...others] = agents(declared);
  expect([agent?.container.name, agent?.configuration, others]).toEqual(['crm-agent', undefined, []]);
});

test.each([
  [{ entrypoint: undefined, command: ['agent', '-config=/x'] }, 1],
  [{ entrypoint: undefined, command: ['proxy', '-config=/x'] }, 1],
  [{ image: 'openbao/openbao:2.5.5', command: ['exec bao proxy -config=/x'] }, 1],
  [{ entrypoint: ['/bin/vault'], command: ['status'] }, 0],
  [{ image: 'theirs/app:1.0.0', entrypoint: undefined, command: ['agent'] }, 0],
  [{ entrypoint: undefined, command: ['server'] }, 0],
])('with %j there are %i', (agent, count) => {
  expect(agents({ agent })).toHaveLength(count);
});

test('the agent beside a container is the one that writes into its volume', () => {
  const beside = (declared: DeclaredWiring, name = 'crm') => {
    const environment = declaredWiring(declared);
    const container = containersOf(environment).find((one) => one.name === name) as Container;
    return agentBeside(environment, container)?.container.name;
  };
  expect(beside({})).toBe('crm-agent');
  expect(beside({}, 'crm-agent')).toBeUndefined();
  expect(beside({}, 'vault')).toBeUndefined();
  const reading = [{ container_path: '/vault/secrets', volume_name: 'secrets', read_only: true }];
  expect(beside({ agent: { volumes: reading } })).toBeUndefined();
  expect(beside({ agent: { count: 2 } })).toBeUndefined();
});
