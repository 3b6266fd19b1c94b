import type { Json } from '../../../review/plan/plan';
import { type PlanInstance, PlanModules } from '../../../review/plan/plan-instances';
import { isCleared, withoutSecrets } from '../../../review/plan/plan-secrets';

const { root } = new PlanModules({});

function instance(type: string, values: Readonly<Record<string, Json>>): PlanInstance {
  return {
    address: `${type}.a`,
    kind: 'resource',
    type,
    name: 'a',
    module: root,
    values,
    sensitive: {},
    unknown: {},
  };
}

test.each([
  ['vault_kv_secret_v2', ['data', 'data_json', 'data_json_wo']],
  ['vault_kv_secret', ['data', 'data_json']],
  ['vault_generic_secret', ['data', 'data_json']],
  ['vault_generic_endpoint', ['data_json', 'write_data', 'write_data_json']],
  ['vault_approle_auth_backend_role_secret_id', ['secret_id', 'wrapping_token']],
  ['vault_token', ['client_token', 'wrapped_token']],
  ['vault_jwt_auth_backend', ['oidc_client_secret']],
  ['vault_ldap_auth_backend', ['bindpass', 'client_tls_key']],
  ['vault_database_secret_backend_connection', ['password']],
])('of %s nothing is kept of %j', (type, names) => {
  const secret = Object.fromEntries(names.map((name) => [name, 'plainly-none']));
  const kept = withoutSecrets(instance(type, { path: 'kv/a', name: 'a', ...secret }));
  const left = Object.keys(kept).filter((name) => names.includes(name));
  // Terraform's own word for it, `sensitive`, is heeded besides.
  expect(left).toEqual(type === 'vault_ldap_auth_backend' ? ['client_tls_key'] : []);
  expect(kept).toMatchObject({ path: 'kv/a', name: 'a' });
});

test.each([
  'token_policies',
  'token_ttl',
  'token_max_ttl',
  'token_explicit_max_ttl',
  'token_period',
  'token_no_default_policy',
  'token_type',
  'policies',
  'no_default_policy',
  'allowed_policies',
  'disallowed_policies_glob',
  'role_id',
  'secret_id_ttl',
  'secret_id_num_uses',
  'wrapping_ttl',
  'user_claim',
  'bound_claims',
  'member_entity_ids',
  'canonical_id',
])("'%s' is kept, since it decides who may do what", (name) => {
  expect(withoutSecrets(instance('vault_approle_auth_backend_role', { [name]: 'a' }))).toEqual({
    [name]: 'a',
  });
});

test.each([
  ['auth/people/users/ada', { policies: ['a'], token_policies: 'a,b', token_no_default_policy: true }],
  ['/auth/approle/role/a', { role_id: 'a', groups: 'b' }],
  ['sys/policies/acl/a', { policy: 'path "a" {}' }],
  ['sys/policy/a', { policy: 'path "a" {}' }],
  ['kv/data/a', {}],
  ['kv/auth/a', {}],
])('of what is written to %s the part is kept that decides: %j', (path, deciding) => {
  const all = { password: 'plainly-none', data: { policies: 'plainly-none' }, api_key: 'plainly-none' };
  const others = path.startsWith('kv/') ? { policies: 'plainly-none', policy: 'plainly-none' } : {};
  const text = JSON.stringify({ ...all, ...others, ...deciding });
  const one = instance('vault_generic_endpoint', { path, data_json: text });
  expect(withoutSecrets(one)).toEqual({ path, data_json: JSON.stringify(deciding) });
});

test.each(['random_password', 'local_file', 'http', 'external'])('of %s nothing is kept', (type) => {
  expect(withoutSecrets(instance(type, { result: 'plainly-none', path: 'a' }))).toEqual({});
});

test('what is no JSON is not kept', () => {
  const one = instance('vault_generic_endpoint', { path: 'auth/a/users/b', data_json: 'plainly-none' });
  expect(withoutSecrets(one)).toEqual({ path: 'auth/a/users/b' });
});

test('of a state that is read nothing is kept but where it is', () => {
  const one = instance('terraform_remote_state', {
    backend: 's3',
    config: { access: 'plainly-none' },
    outputs: { any: 'plainly-none' },
  });
  expect(withoutSecrets(one)).toEqual({ backend: 's3' });
});

test.each([
  ['vault_generic_endpoint', 'data_json', true],
  ['vault_generic_endpoint', 'write_data', false],
  ['vault_kv_secret_v2', 'data_json', false],
])('%s.%s may be looked at: %s', (type, attribute, expected) => {
  expect(isCleared(instance(type, {}), attribute)).toBe(expected);
});
