import { loadPolicyParser } from '../../../policies/policy-text';
import { finalSlash } from '../../../review/rules/wir002-final-slash';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  [{ VAULT_ADDR: 'https://vault:8200/' }, "'VAULT_ADDR' is 'https://vault:8200/'"],
  [{ VAULT_MOUNT: 'kv/' }, "'VAULT_MOUNT' is 'kv/'"],
  [{ VAULT_MOUNT: '/kv' }, "'VAULT_MOUNT' is '/kv'"],
])('%j is found', (env, seen) => {
  expect(wiringSeen(finalSlash, { env })).toEqual([`app: ${seen}`]);
});

test.each([
  { VAULT_ADDR: 'https://vault:8200' },
  { VAULT_ADDR: 'https://tools.example/vault/' },
  { VAULT_MOUNT: 'teams/kv' },
  { STATIC_PATH: '/static/' },
])('%j is not', (env) => {
  expect(wiringSeen(finalSlash, { env })).toEqual([]);
});
