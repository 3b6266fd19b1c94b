import { loadPolicyParser } from '../../../policies/policy-text';
import { undeclaredMountVariable } from '../../../review/rules/wir018-undeclared-mount';
import { DEVELOPMENT, type DeclaredWiring, declaredWiring, HTTP, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  ['VAULT_MOUNT', 'secret'],
  ['VAULT_MOUNT_PATH', 'apps'],
  ['VAULT_MOUNT_POINT', '"kv"'],
  ['VAULT_KV_MOUNT', 'kv/data'],
  ['VAULT_SECRET_BACKEND', 'KV'],
  ['KV_MOUNT', 'kv2'],
  ['BAO_MOUNT', 'kv/crm'],
])('%s=%s is found', (name, value) => {
  expect(wiringSeen(undeclaredMountVariable, { env: { [name]: value } })).toEqual([
    `app: '${name}' is '${value}', and no engine is mounted there`,
  ]);
});

test('the remedy is what was probably meant, or what there is', () => {
  const remedies = (VAULT_MOUNT: string) =>
    [...undeclaredMountVariable.check(declaredWiring({ env: { VAULT_MOUNT } }))].map(({ remedy }) => remedy);
  expect(remedies('"kv/data"')).toEqual(["did you mean 'kv'?"]);
  expect(remedies('customers')).toEqual(["there is 'kv'"]);
});

const theirs = { VAULT_ADDR: 'https://vault.example:8200' };
test("of somebody else's server only what is almost a mount is found", () => {
  expect(wiringSeen(undeclaredMountVariable, { env: { ...theirs, VAULT_MOUNT: 'customers' } })).toEqual([]);
  expect(wiringSeen(undeclaredMountVariable, { env: { ...theirs, VAULT_MOUNT: 'kv/data' } })).toHaveLength(1);
});

const env = { VAULT_MOUNT: 'customers' };
const engine = (type: string, block: object): DeclaredWiring => ({
  env,
  resource: { [type]: { x: { ...block } } },
});
test.each([
  ['a mount', {}],
  ['a mount with a slash, which WIR002 tells', { env: { VAULT_MOUNT: 'kv/' } }],
  ['an engine of another kind', engine('vault_aws_secret_backend', { path: 'customers' })],
  [
    'an engine by a call of the API',
    engine('vault_generic_endpoint', { path: 'sys/mounts/customers', data_json: '{}' }),
  ],
  ['an engine that an apply alone knows', engine('vault_aws_secret_backend', { path: '${var.path}' })],
  ['what a module may declare', { env, more: { module: { engines: { source: './engines' } } } }],
  ['another namespace', { env: { ...env, VAULT_NAMESPACE: 'team' } }],
  [
    "'secret' of a server for development",
    { name: 'shop-development', server: DEVELOPMENT, env: { ...HTTP, VAULT_MOUNT: 'secret' } },
  ],
  ['the mount of an auth method', { env: { VAULT_AUTH_MOUNT: 'approle' } }],
  ['what an apply alone knows', { env: { VAULT_MOUNT: '${var.mount}' } }],
  ['the kind of an engine', { env: { VAULT_KV_ENGINE: 'kv-v2', VAULT_ENGINE: 'file' } }],
  ['nothing', { env: { VAULT_MOUNT: '' } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(undeclaredMountVariable, declared)).toEqual([]);
});
