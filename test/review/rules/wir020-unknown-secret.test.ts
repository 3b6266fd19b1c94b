import { loadPolicyParser } from '../../../policies/policy-text';
import { unknownSecret } from '../../../review/rules/wir020-unknown-secret';
import { AGENT_CONFIGURATION, declaredWiring, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const NOBODY = { docker_container: { agent: undefined } };
const unknown = (name: string, path: string, more = '') => [
  `app: '${name}' is '${path}', which is declared nowhere${more}`,
];

test.each([['kv/crm/databse'], ['kv/data/crm/databse'], ['kv/crm/databases'], ['crm/databaes']])(
  '%s is found, with what was probably meant',
  (path) => {
    const env = { DB_SECRET_PATH: path };
    expect(wiringSeen(unknownSecret, { env })).toEqual(unknown('DB_SECRET_PATH', path));
    const remedies = [...unknownSecret.check(declaredWiring({ env }))].map(({ remedy }) => remedy);
    expect(remedies).toEqual(["did you mean 'kv/crm/database'?"]);
  },
);

test('one that no policy is about is found where it is not known who the container is', () => {
  const declared = { env: { VAULT_SECRET_PATH: 'kv/billing/stripe' }, resource: NOBODY };
  expect(wiringSeen(unknownSecret, declared)).toEqual(
    unknown('VAULT_SECRET_PATH', 'kv/billing/stripe', ', and no policy is about it'),
  );
});

test('a template of an agent is found', () => {
  const agentConfiguration = AGENT_CONFIGURATION.replace('crm/database', 'crm/databse');
  expect(wiringSeen(unknownSecret, { agentConfiguration })).toEqual([
    "agent: a template of its agent is 'kv/data/crm/databse', which is declared nowhere",
  ]);
});

const POLICY = {
  vault_policy: { crm: { name: 'crm', policy: 'path "kv/data/*" {\n  capabilities = ["read"]\n}\n' } },
};
test.each([
  ['a secret', {}],
  ['its path in the API', { env: { DB_SECRET_PATH: 'kv/data/crm/database' } }],
  ['its path without the mount', { env: { DB_SECRET_PATH: 'crm/database' } }],
  ['a folder', { env: { DB_SECRET_PATH: 'kv/crm' } }],
  [
    'a secret that somebody writes by hand',
    { env: { DB_SECRET_PATH: 'kv/billing/stripe' }, resource: { ...POLICY, ...NOBODY } },
  ],
  ['what a program fills in', { env: { DB_SECRET_PATH: 'kv/tenants/{tenant}/databse' } }],
  ['a file', { env: { DB_SECRET_PATH: '/kv/crm/databse' } }],
  ['another variable', { env: { IMAGE: 'kv/crm/databse', STATIC_PATH: 'kv/crm/databse' } }],
  ['another mount', { env: { DB_SECRET_PATH: 'theirs/crm/databse', VAULT_MOUNT: undefined } }],
  ['another namespace', { env: { DB_SECRET_PATH: 'kv/crm/databse', VAULT_NAMESPACE: 'team' } }],
  ['what an apply alone knows', { env: { DB_SECRET_PATH: 'kv/${var.name}/databse' } }],
  [
    'a short name that is near to another',
    { env: { DB_SECRET_PATH: 'kv/crn/database' }, resource: { ...POLICY } },
  ],
  [
    'one that somebody wrote a rule for',
    {
      env: { DB_SECRET_PATH: 'kv/crm/databases' },
      resource: {
        vault_policy: {
          crm: { name: 'crm', policy: 'path "kv/data/crm/databases" {\n  capabilities = ["read"]\n}\n' },
        },
      },
    },
  ],
  ['the path of an auth method', { env: { VAULT_AUTH_PATH: 'crm/databse' } }],
  ['a name with another figure', { env: { DB_SECRET_PATH: 'kv/crm/database2' }, resource: { ...POLICY } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(unknownSecret, declared)).toEqual([]);
});
