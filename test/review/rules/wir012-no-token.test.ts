import { loadPolicyParser } from '../../../policies/policy-text';
import { noToken } from '../../../review/rules/wir012-no-token';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const TLS = [{ container_path: '/vault/tls', volume_name: 'ca', read_only: true }];
const env = { VAULT_TOKEN_FILE: undefined };

test('a container without any is found', () => {
  expect(wiringSeen(noToken, { env, app: { volumes: TLS } })).toEqual([
    "app: 'VAULT_ADDR' is 'https://vault:8200', and nothing tells it a token, a file with one, or a role",
  ]);
});

test.each([
  ['a file', {}],
  ['a token', { env: { ...env, VAULT_TOKEN: '${var.token}' }, app: { volumes: TLS } }],
  ['a role', { env: { ...env, VAULT_ROLE: 'crm' }, app: { volumes: TLS } }],
  ['a role id', { env: { ...env, ROLE_ID: 'crm' }, app: { volumes: TLS } }],
  [
    'the address of an agent',
    { env: { ...env, VAULT_AGENT_ADDR: 'http://127.0.0.1:8100' }, app: { volumes: TLS } },
  ],
  [
    'a volume that may hold one',
    { env, app: { volumes: [...TLS, { container_path: '/app/run', volume_name: 'x' }] } },
  ],
  ['a volume of an agent', { env }],
  [
    'an uploaded file',
    { env, app: { volumes: TLS, upload: [{ file: '/root/.vault-token', content: 'x' }] } },
  ],
  ['an agent that it asks', { env: { ...env, VAULT_ADDR: 'http://crm-agent:8100' }, app: { volumes: TLS } }],
  [
    'variables that an apply alone knows',
    { app: { env: ['VAULT_ADDR=https://vault:8200', '${var.more}'], volumes: TLS } },
  ],
])('a container with %s is not', (_, declared) => {
  expect(wiringSeen(noToken, declared)).toEqual([]);
});
