import { loadPolicyParser } from '../../../policies/policy-text';
import { refusedSecret } from '../../../review/rules/wir021-refused-secret';
import { AGENT_CONFIGURATION, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const SECRETS = {
  vault_kv_secret_v2: {
    database: { mount: 'kv', name: 'crm/database' },
    other: { mount: 'kv', name: 'billing/stripe' },
  },
};
const env = { DB_SECRET_PATH: 'kv/billing/stripe' };
const NO_AGENT = { docker_container: { agent: undefined } };
const TOKEN = { vault_token: { crm: { policies: ['crm'], display_name: 'crm' } } };

test.each([
  ['whose agent logs in by a role', { env, resource: SECRETS }, "role 'crm'"],
  [
    'whose agent has a secret id alone',
    { env, agentEnv: { ROLE_ID: undefined }, resource: SECRETS },
    "role 'crm'",
  ],
  [
    'whose agent has a role id by reference',
    {
      env,
      agentEnv: { WRAPPED_SECRET_ID: undefined, ROLE_ID: '${vault_approle_auth_backend_role.crm.role_id}' },
      resource: SECRETS,
    },
    "role 'crm'",
  ],
  [
    'with a token',
    {
      env: { ...env, VAULT_TOKEN: '${vault_token.crm.client_token}' },
      resource: { ...SECRETS, ...NO_AGENT, ...TOKEN },
    },
    "token 'crm'",
  ],
  [
    'that logs in itself',
    { env: { ...env, VAULT_ROLE_ID: 'crm' }, resource: { ...SECRETS, ...NO_AGENT } },
    "role 'crm'",
  ],
])('a container %s is found', (_, declared, who) => {
  expect(wiringSeen(refusedSecret, declared)).toEqual([
    `app: 'DB_SECRET_PATH' is 'kv/billing/stripe', which ${who} may not read`,
  ]);
});

test('a template of an agent is found', () => {
  const agentConfiguration = AGENT_CONFIGURATION.replace('crm/database', 'billing/stripe');
  expect(wiringSeen(refusedSecret, { agentConfiguration, resource: SECRETS })).toEqual([
    "agent: a template of its agent is 'kv/data/billing/stripe', which role 'crm' may not read",
  ]);
});

const policy = (text: string) => ({ vault_policy: { crm: { name: 'crm', policy: text } } });
test.each([
  ['that may read it', {}],
  ['of which nobody knows who it is', { env, resource: { ...SECRETS, ...NO_AGENT } }],
  [
    'that may read it by a wildcard',
    { env, resource: { ...SECRETS, ...policy('path "kv/data/*" {\n  capabilities = ["read"]\n}\n') } },
  ],
  ['whose policy is not known', { env, resource: { ...SECRETS, ...policy('${var.policy}') } }],
  [
    'with a policy that is not declared here',
    {
      env,
      resource: {
        ...SECRETS,
        vault_approle_auth_backend_role: {
          crm: { role_name: 'crm', role_id: 'crm', token_policies: ['crm', 'theirs'] },
        },
      },
    },
  ],
  [
    'that may read what is below',
    {
      env: { VAULT_SECRET_PATH: 'kv/tenants' },
      resource: {
        ...SECRETS,
        ...policy(
          'path "kv/data/crm/database" {\n  capabilities = ["read"]\n}\npath "kv/data/tenants/*" {\n  capabilities = ["read"]\n}\n',
        ),
      },
    },
  ],
  [
    'that may write it',
    {
      env,
      resource: {
        ...SECRETS,
        ...policy(
          'path "kv/data/crm/database" {\n  capabilities = ["read"]\n}\npath "kv/data/billing/stripe" {\n  capabilities = ["update"]\n}\n',
        ),
      },
    },
  ],
  ['that is told an auth method', { env: { VAULT_AUTH_PATH: 'approle', VAULT_ROLE_PATH: 'kv/x' } }],
  ['that fills in a name', { env: { DB_SECRET_PATH: 'kv/other/{tenant}/database' } }],
  ['of another namespace', { env: { ...env, VAULT_NAMESPACE: 'team' }, resource: SECRETS }],
])('a container %s is not', (_, declared) => {
  expect(wiringSeen(refusedSecret, declared)).toEqual([]);
});
