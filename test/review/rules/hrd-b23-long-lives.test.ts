import { loadPolicyParser } from '../../../policies/policy-text';
import { longLives } from '../../../review/rules/hrd-b23-long-lives';
import { configured, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const role = (attributes: object) => ({
  resource: {
    vault_approle_auth_backend_role: {
      crm: { role_name: 'crm', token_policies: ['crm'], secret_id_ttl: 3600, token_ttl: 3600, ...attributes },
    },
  },
});
const CRM = 'vault_approle_auth_backend_role.crm: ';
const DAY = 86_400;

test.each([
  [{ token_ttl: 25 * 3600 }, 'its tokens live for 25 hours without being renewed'],
  [{ token_period: 2 * DAY }, 'its tokens live for 48 hours without being renewed'],
  [{ token_ttl: undefined }, 'its tokens live for 768 hours without being renewed'],
  [{ token_ttl: 0, token_max_ttl: 30 * 3600 }, 'its tokens live for 30 hours without being renewed'],
  [{ secret_id_ttl: undefined }, 'its secret ids never expire'],
  [{ secret_id_ttl: 91 * DAY }, 'its secret ids work from everywhere for 91 days'],
  [{ secret_id_ttl: 0, secret_id_bound_cidrs: ['10.0.0.0/8'] }, 'its secret ids never expire'],
])('%j is found', (attributes, seen) => {
  expect(seenOf(longLives, role(attributes))).toEqual([CRM + seen]);
});

test.each([
  [{ token_ttl: DAY }],
  [{ token_ttl: undefined, token_period: '86400' }],
  [{ token_ttl: 9 * DAY, token_explicit_max_ttl: 3600 }],
  [{ token_ttl: '${var.ttl}' }],
  [{ secret_id_ttl: 90 * DAY }],
  [{ secret_id_ttl: 365 * DAY, secret_id_bound_cidrs: ['10.0.0.0/8'] }],
  [{ secret_id_ttl: 0, secret_id_num_uses: 1 }],
  [{ secret_id_ttl: 0, bind_secret_id: false }],
  [{ secret_id_ttl: '${var.ttl}' }],
])('%j is not', (attributes) => {
  expect(seenOf(longLives, role(attributes))).toEqual([]);
});

test('without limits of its own a role has those of its method, else of the server', () => {
  const { resource } = role({ token_ttl: undefined });
  const method = (tune: object) => ({ vault_auth_backend: { approle: { type: 'approle', tune } } });
  expect(seenOf(longLives, { resource: { ...resource, ...method({ default_lease_ttl: '1h' }) } })).toEqual(
    [],
  );
  expect(seenOf(longLives, { resource: { ...resource, ...method([{ default_lease_ttl: '72h' }]) } })).toEqual(
    [`${CRM}its tokens live for 72 hours without being renewed`],
  );
  expect(seenOf(longLives, { resource, configuration: configured('default_lease_ttl = "1h"') })).toEqual([]);
});

test('roles of other methods are judged by their tokens', () => {
  const vault_jwt_auth_backend_role = {
    ci: { role_name: 'ci', token_ttl: 3 * DAY, token_policies: ['crm'] },
  };
  expect(seenOf(longLives, { resource: { vault_jwt_auth_backend_role } })).toEqual([
    'vault_jwt_auth_backend_role.ci: its tokens live for 72 hours without being renewed',
  ]);
});
