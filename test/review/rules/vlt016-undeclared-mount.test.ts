import { loadPolicyParser } from '../../../policies/policy-text';
import { undeclaredMount } from '../../../review/rules/vlt016-undeclared-mount';
import { declaredEnvironment, observations, path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

test('a rule is found about an engine that is not there', () => {
  expect(observations(undeclaredMount, { policies: { a: path('secret/data/crm', 'read') } })).toEqual([
    {
      stack: 'shop-production',
      address: 'vault_policy.a',
      constructPath: 'shop/a/Resource',
      seen: `path "secret/data/crm" { read } of policy a, line 1 is about no engine that is declared, for role 'a'`,
      remedy: "declare the engine, or write the path of one that is: 'kv'",
    },
  ]);
});

test.each(['kv2/data/crm', 'k/data/crm', 'secret/*', 'secret/+/x', 'system/policies'])(
  '%s is found',
  (text) => {
    expect(seen(undeclaredMount, { policies: { a: path(text, 'read') } })).toHaveLength(1);
  },
);

test.each([
  'kv/data/crm',
  'kv',
  'k*',
  '*',
  '+/data/crm',
  'sys/mounts',
  'auth/token/create',
  'identity/entity',
  'cubbyhole/x',
  '{{identity.entity.name}}/x',
])('%s is not', (text) => {
  expect(seen(undeclaredMount, { policies: { a: path(text, 'read') } })).toEqual([]);
});

test.each([
  ['another kind of engine', { vault_aws_secret_backend: { aws: { path: 'secret' } } }],
  ['a role of one', { vault_pki_secret_backend_role: { r: { backend: 'secret', name: 'r' } } }],
  ['a call of the API', { vault_generic_endpoint: { e: { path: 'sys/mounts/secret', data_json: '{}' } } }],
  ['a namespace', { vault_namespace: { n: { path: 'secret' } } }],
  ['something known at an apply only', { vault_aws_secret_backend: { aws: { path: '${random_id.x.hex}' } } }],
])('nothing is found where it is %s', (_, resource) => {
  expect(seen(undeclaredMount, { policies: { a: path('secret/data/crm', 'read') }, resource })).toEqual([]);
});

test('a server for development brings the engine secret', () => {
  const resource = {
    docker_container: {
      vault: { name: 'vault', image: 'hashicorp/vault:1.17', command: ['server', '-dev'] },
    },
  };
  const policies = { a: path('secret/data/crm', 'read'), b: path('secrets/data/crm', 'read') };
  const found = seen(undeclaredMount, { policies, resource, name: 'shop-development' });
  expect(found).toEqual([expect.stringContaining('secrets/data/crm')]);
});

test('an auth method of that path is no engine', () => {
  const resource = { vault_auth_backend: { a: { type: 'approle', path: 'secret' } } };
  expect(seen(undeclaredMount, { policies: { a: path('secret/data/crm', 'read') }, resource })).toHaveLength(
    1,
  );
});

test('nothing is judged where the stacks declare no engine', () => {
  expect(seen(undeclaredMount, { policies: { a: path('secret/data/crm', 'read') }, mounts: {} })).toEqual([]);
});

test('nothing is judged where a module may declare engines', () => {
  const environment = declaredEnvironment({ policies: { a: path('secret/data/crm', 'read') } });
  expect(undeclaredMount.applies?.(environment)).toBe(true);
  expect(undeclaredMount.applies?.({ ...environment, modules: ['engines'] })).toBe(false);
});
