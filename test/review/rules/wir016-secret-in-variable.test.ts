import { loadPolicyParser } from '../../../policies/policy-text';
import { secretInVariable } from '../../../review/rules/wir016-secret-in-variable';
import { declaredWiring, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  ['DB_PASSWORD', 'hunter2', 'a secret, by its name'],
  ['DB_PASSWORD', '${var.db_password}', 'a secret, by its name'],
  ['OPENROUTER_API_KEY', '${var.key}', 'a secret, by its name'],
  ['DATABASE_URL', 'postgres://crm:hunter2@db:5432/crm', 'a URL with a password'],
  [
    'DATABASE_URL',
    'postgres://crm:${random_password.db.result}@db:5432/crm',
    'what Terraform took from a secret',
  ],
  ['DATABASE_URL', 'postgres://crm:${var.db}@db:5432/crm', 'a URL with a password'],
  ['OPTIONS', '--key sk-or-v1-0123456789', 'an API key'],
  ['PGOPTIONS', '${random_password.db.result}', 'what Terraform took from a secret'],
  ['DB', '${data.vault_kv_secret_v2.db.data["value"]}', 'what Terraform took from a secret'],
  ['VAULT_TOKEN', '${vault_token.crm.client_token}', 'what Terraform took from a secret'],
  ['VAULT_TOKEN', '${var.token}', 'a secret, by its name'],
  [
    'LOGIN',
    '${vault_approle_auth_backend_role_secret_id.crm.secret_id}',
    'what Terraform took from a secret',
  ],
  ['AWS_SECRET_ACCESS_KEY', 'abcdefgh', 'a secret, by its name'],
])('%s=%s is found, untold', (name, value, what) => {
  const resource = { vault_token: { crm: { policies: ['crm'] } } };
  expect(wiringSeen(secretInVariable, { env: { [name]: value }, resource })).toEqual([
    `app: '${name}' holds ${what}`,
  ]);
});

test.each([
  ['DB_PASSWORD_FILE', '/vault/secrets/database'],
  ['DB_SECRET_PATH', 'kv/crm/database'],
  ['DB_PASSWORD', ''],
  ['SESSION_TOKEN', 'true'],
  ['TOKEN', '/run/token'],
  ['DATABASE_URL', 'postgres://db:5432/crm'],
  ['MYSQL_ALLOW_EMPTY_PASSWORD', 'yes'],
  ['ACCESS_TOKEN_EXPIRE_MINUTES', '1440'],
  ['REFRESH_TOKEN_LIFETIME', '${var.lifetime}'],
  ['SESSION_TOKEN_REFRESH', '15m'],
  ['VAULT_SECRET_BACKEND', 'kv'],
  ['DB_VAULT_SECRET', 'kv/crm/database'],
  ['GREETING', '${var.greeting}'],
  ['PORT', '${random_integer.port.result}'],
  ['WRAPPED_SECRET_ID', '${vault_approle_auth_backend_role_secret_id.crm.wrapping_token}'],
  [
    'TEMPLATE',
    'url = "postgres://crm:{{ .Data.data.password }}@db"\npassword=\\"{{ .Data.data.password }}\\";',
  ],
])('%s=%s is not', (name, value) => {
  expect(wiringSeen(secretInVariable, { env: { [name]: value } })).toEqual([]);
});

test('what hardening tells is not told twice', () => {
  expect(wiringSeen(secretInVariable, { env: { VAULT_TOKEN: 'a-token' } })).toEqual([]);
  expect(wiringSeen(secretInVariable, { server: { env: ['AWS_SECRET_ACCESS_KEY=abcdefgh'] } })).toEqual([]);
  expect(wiringSeen(secretInVariable, { env: { VAULT_TOKEN: '${var.root_token}' } })).toEqual([]);
  const alone = { resource: { docker_container: { server: undefined } }, more: { provider: {} } };
  expect(wiringSeen(secretInVariable, { env: { VAULT_TOKEN: 'a-token' }, ...alone })).toHaveLength(1);
});

test('development has none', () => {
  expect(wiringSeen(secretInVariable, { name: 'shop-development', env: { DB_PASSWORD: 'hunter2' } })).toEqual(
    [],
  );
});

test('no finding tells the secret', () => {
  const env = { DB_PASSWORD: 'hunter2', DATABASE_URL: 'postgres://crm:hunter2@db/crm' };
  const found = [...secretInVariable.check(declaredWiring({ env }))];
  expect(found).toHaveLength(2);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});
