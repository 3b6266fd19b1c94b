import { loadPolicyParser } from '../../../policies/policy-text';
import { otherSecretInCommand } from '../../../review/rules/wir017-other-secret-in-command';
import { declaredWiring, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const command = (...words: readonly string[]) => ({ app: { command: words } });

test.each([
  [['serve', '--password=hunter2'], "a value for 'password'"],
  [['serve', '--db-password', 'hunter2'], "a value for 'db-password'"],
  [['redis-server', '--requirepass', 'hunter2'], "a value for 'requirepass'"],
  [['sh', '-c', 'DB_PASSWORD=hunter2 serve'], "a value for 'DB_PASSWORD'"],
  [['sh', '-c', 'export API_KEY="abc"; serve'], "a value for 'API_KEY'"],
  [['serve', '--password=${var.password}'], "a value for 'password'"],
  [['serve', 'postgres://crm:hunter2@db/crm'], 'a URL with a password'],
  [['serve', 'postgres://crm:${random_password.db.result}@db/crm'], 'a URL with a password'],
  [['sh', '-c', 'vault write auth/approle/login role_id=crm secret_id=abc'], "a value for 'secret_id'"],
  [['serve', 'sk-or-v1-0123456789'], 'an API key'],
])('%j is found, untold', (words, what) => {
  expect(wiringSeen(otherSecretInCommand, command(...words))).toEqual([`app: its command has ${what} in it`]);
});

test('a health check is a command, and what is found does not say what the secret is', () => {
  const app = { healthcheck: { test: ['CMD', 'redis-cli', '--password', 'hunter2'] } };
  const found = [...otherSecretInCommand.check(declaredWiring({ app }))];
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test.each([
  [['serve', '--password-file=/run/password']],
  [['serve', '--password=/run/password']],
  [['sh', '-c', 'serve --password "$(cat /run/password)" --verbose']],
  [['sh', '-c', 'serve --password $PASSWORD next']],
  [['sh', '-c', 'DB_PASSWORD=$(cat /run/password) serve']],
  [['sh', '-c', 'DB_PASSWORD="$${PASSWORD}" serve']],
  [['sh', '-c', 'DB_PASSWORD= serve']],
  [['sh', '-c', 'connect postgres://crm:$PASSWORD@db/crm']],
  [['sh', '-c', 'connect postgres://crm:$(cat /run/password)@db/crm']],
  [['serve', '--token-ttl=1h']],
  // These HRD-B21 tells.
  [['sh', '-c', 'VAULT_TOKEN=abc serve']],
  [['sh', '-c', `vault login hvs.${'a'.repeat(24)}`]],
  [['server', '-dev', '-dev-root-token-id=root']],
])('%j is not', (words) => {
  expect(wiringSeen(otherSecretInCommand, command(...words))).toEqual([]);
});

test('development has none', () => {
  expect(
    wiringSeen(otherSecretInCommand, { name: 'shop-development', ...command('serve', '--password=x') }),
  ).toEqual([]);
});
