import { loadPolicyParser } from '../../../policies/policy-text';
import { secretInCommand } from '../../../review/rules/hrd-b21-secret-in-command';
import { declaredServer, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [`vault login hvs.${'a'.repeat(24)}`, 'its command has a token in it'],
  [`export X=s.${'a'.repeat(24)}`, 'its command has a token in it'],
  ['VAULT_TOKEN=abc vault status', "its command has a value for 'VAULT_TOKEN' in it"],
  ['BAO_TOKEN="abc" bao status', "its command has a value for 'VAULT_TOKEN' in it"],
  [`vault operator unseal ${'A'.repeat(43)}=`, 'its command has a share of the unseal key in it'],
  ['server -dev -dev-root-token-id=root', 'its command has a root token in it'],
])('%s is found', (script, seen) => {
  expect(
    seenOf(secretInCommand, {
      resource: { docker_container: { a: { image: 'a:1.0.0', command: ['sh', '-c', script] } } },
    }),
  ).toEqual([`docker_container.a: ${seen}`]);
});

test.each([
  ['VAULT_TOKEN="$(cat /run/token)" vault status'],
  ['VAULT_TOKEN="$WRAPPED" vault unwrap'],
  ['VAULT_TOKEN=${var.token} vault status'],
  ['vault operator unseal -'],
  ['X_VAULT_TOKEN=abc'],
  ['cat /run/hvs.token'],
])('%s is not', (script) => {
  expect(
    seenOf(secretInCommand, {
      resource: { docker_container: { a: { image: 'a:1.0.0', command: ['sh', '-c', script] } } },
    }),
  ).toEqual([]);
});

test('a health check is a command, and what is found does not say what the secret is', () => {
  const token = `hvs.${'a'.repeat(24)}`;
  const healthcheck = { test: ['CMD-SHELL', `vault token lookup ${token}`] };
  const found = [...secretInCommand.check(declaredServer({ container: { healthcheck } }))];
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain(token);
});
