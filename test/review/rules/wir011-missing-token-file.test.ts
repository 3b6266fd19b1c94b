import { loadPolicyParser } from '../../../policies/policy-text';
import { missingTokenFile } from '../../../review/rules/wir011-missing-token-file';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const HOME = { VAULT_TOKEN_FILE: undefined, HOME: '/vault/secrets' };
const NO_AGENT = { docker_container: { agent: undefined } };

test.each([
  [
    'a path that is on no volume',
    { env: { VAULT_TOKEN_FILE: '/run/token' } },
    "'VAULT_TOKEN_FILE' is '/run/token', where the container mounts nothing",
  ],
  [
    'another name than that of the sink',
    { env: { VAULT_TOKEN_FILE: '/vault/secrets/.vault-token' } },
    "'VAULT_TOKEN_FILE' is '/vault/secrets/.vault-token', in volume 'secrets', and the agent writes 'token', 'database' there",
  ],
  [
    'a home in which the token is called otherwise',
    { env: HOME },
    "the token of its home is '/vault/secrets/.vault-token', in volume 'secrets', and the agent writes 'token', 'database' there",
  ],
  [
    'a volume into which nothing writes',
    { resource: NO_AGENT },
    "'VAULT_TOKEN_FILE' is '/vault/secrets/token', in volume 'secrets', into which nothing writes",
  ],
  [
    'an agent that mounts the volume elsewhere',
    { agent: { volumes: [{ container_path: '/elsewhere', volume_name: 'secrets' }] } },
    "'VAULT_TOKEN_FILE' is '/vault/secrets/token', in volume 'secrets', and the agent writes nothing there",
  ],
])('%s is found', (_, declared, seen) => {
  expect(wiringSeen(missingTokenFile, declared)).toEqual([`app: ${seen}`]);
});

test.each([
  ['what the agent writes', {}],
  [
    'what the agent writes at another path of the same volume',
    {
      env: { VAULT_TOKEN_FILE: '/run/vault/token' },
      app: { volumes: [{ container_path: '/run/vault/', volume_name: 'secrets', read_only: true }] },
    },
  ],
  ['what a template of the agent writes', { env: { VAULT_TOKEN_FILE: '/vault/secrets/database' } }],
  [
    'a file that its own command writes',
    { env: { VAULT_TOKEN_FILE: '/run/token' }, app: { command: ['sh', '-c', 'login > /run/token; serve'] } },
  ],
  [
    'a file of the host',
    {
      env: { VAULT_TOKEN_FILE: '/run/token' },
      app: { volumes: [{ host_path: '/srv/token', container_path: '/run/token' }] },
    },
  ],
  [
    'an uploaded file',
    { env: { VAULT_TOKEN_FILE: '/run/token' }, app: { upload: [{ file: '/run/token', content: 'x' }] } },
  ],
  [
    'a volume that it can write into',
    { app: { volumes: [{ container_path: '/vault/secrets', volume_name: 'secrets' }] }, resource: NO_AGENT },
  ],
  ['a volume that is made elsewhere', { resource: { ...NO_AGENT, docker_volume: {} } }],
  [
    'an agent whose configuration is not known',
    { env: { VAULT_TOKEN_FILE: '/vault/secrets/other' }, agentConfiguration: '${var.agent}' },
  ],
  ['a path that an apply alone knows', { env: { VAULT_TOKEN_FILE: '${var.file}' } }],
  [
    'a file of a program that logs in itself',
    { env: { VAULT_TOKEN_FILE: '/tmp/token', VAULT_ROLE_ID: 'crm' } },
  ],
  ['a home in the image', { env: { VAULT_TOKEN_FILE: undefined, HOME: '/root' } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(missingTokenFile, declared)).toEqual([]);
});
