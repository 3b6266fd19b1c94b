import { type TerraformCalls, terraformCalls } from '../../policies/terraform-calls';
import { type TerraformJson, vaultBlocks } from '../../policies/terraform-json';

function callsOf(kind: 'resource' | 'data' | 'ephemeral', type: string, attributes: object): TerraformCalls {
  const stack = { [kind]: { [type]: { x: attributes } } } as TerraformJson;
  const [block] = vaultBlocks(stack);
  if (!block) throw new Error('no block');
  return terraformCalls(block);
}

/** `path: capabilities` of each call. */
function lines(calls: TerraformCalls['keep'] = []): string[] {
  return calls.map(({ path, capabilities }) => `${path}: ${capabilities.join(' ')}`);
}

const SECRET = { mount: 'apps', name: 'platform/database', disable_read: true };
const SECRET_ID = { role_name: 'shop', wrapping_ttl: '300s', with_wrapped_accessor: true };

const RESOURCES: [type: string, attributes: object, keep: string[], destroy: string[]][] = [
  [
    'vault_mount',
    { path: 'teams/pay', type: 'kv' },
    ['sys/mounts/teams/pay: read update', 'sys/mounts/teams/pay/tune: update'],
    ['sys/mounts/teams/pay: delete'],
  ],
  [
    'vault_kv_secret_v2',
    SECRET,
    ['apps/data/platform/database: create update'],
    ['apps/data/platform/database: delete'],
  ],
  [
    'vault_kv_secret_v2',
    { ...SECRET, delete_all_versions: true },
    ['apps/data/platform/database: create update'],
    ['apps/metadata/platform/database: delete'],
  ],
  [
    'vault_kv_secret_v2',
    { ...SECRET, custom_metadata: { max_versions: 5 } },
    ['apps/data/platform/database: create update', 'apps/metadata/platform/database: update'],
    ['apps/data/platform/database: delete'],
  ],
  [
    'vault_policy',
    { name: 'shop-store' },
    ['sys/policies/acl/shop-store: read update'],
    ['sys/policies/acl/shop-store: delete'],
  ],
  [
    'vault_auth_backend',
    { type: 'approle' },
    [
      'sys/auth/approle: update sudo',
      'sys/mounts/auth/approle: read',
      'sys/mounts/auth/approle/tune: read update',
    ],
    ['sys/auth/approle: delete sudo'],
  ],
  [
    'vault_approle_auth_backend_role',
    { role_name: 'shop' },
    ['auth/approle/role/shop: create read update', 'auth/approle/role/shop/role-id: read'],
    ['auth/approle/role/shop: delete'],
  ],
  [
    'vault_approle_auth_backend_role',
    { backend: 'robots', role_name: 'shop', role_id: 'shop-store' },
    ['auth/robots/role/shop: create read update', 'auth/robots/role/shop/role-id: read update'],
    ['auth/robots/role/shop: delete'],
  ],
  [
    'vault_approle_auth_backend_role_secret_id',
    SECRET_ID,
    ['auth/approle/role/shop/secret-id: update', 'auth/approle/role/shop/secret-id-accessor/lookup: update'],
    ['auth/approle/role/shop/secret-id-accessor/destroy: update'],
  ],
  [
    'vault_audit',
    { type: 'file' },
    ['sys/audit/file: update sudo', 'sys/audit: read sudo'],
    ['sys/audit/file: delete sudo'],
  ],
];

test.each(RESOURCES)('%s %j calls %j, and %j to be destroyed', (type, attributes, keep, destroy) => {
  const calls = callsOf('resource', type, attributes);
  expect([lines(calls.keep), lines(calls.destroy)]).toEqual([keep, destroy]);
});

test('the list of mounts is read', () => {
  const calls = callsOf('data', 'vault_generic_secret', { path: 'sys/mounts' });
  expect(lines(calls.keep)).toEqual(['sys/mounts: read']);
});

test('a secret id is issued wrapped, and nothing else has to be', () => {
  const { keep } = callsOf('resource', 'vault_approle_auth_backend_role_secret_id', SECRET_ID);
  expect(keep.map(({ path, wrapped }) => [path, wrapped])).toEqual([
    ['auth/approle/role/shop/secret-id', true],
    ['auth/approle/role/shop/secret-id-accessor/lookup', undefined],
  ]);
});

test.each<[string, object, Pick<TerraformCalls, 'engine' | 'heldBy'>]>([
  ['vault_mount', { path: 'apps' }, { engine: 'apps' }],
  ['vault_kv_secret_v2', SECRET, { engine: 'apps', heldBy: 'sys/mounts/apps' }],
  ['vault_approle_auth_backend_role', { role_name: 'shop' }, { heldBy: 'sys/auth/approle' }],
  ['vault_policy', { name: 'shop' }, {}],
])('%s %j is in %j', (type, attributes, expected) => {
  const { engine, heldBy } = callsOf('resource', type, attributes);
  expect({ engine, heldBy }).toEqual(expected);
});

const REFUSALS: [
  kind: 'resource' | 'data' | 'ephemeral',
  type: string,
  attributes: object,
  message: string,
][] = [
  [
    'resource',
    'vault_pki_secret_backend_role',
    {},
    "'type' of vault_pki_secret_backend_role.x must be one of which the calls to Vault are known, got 'vault_pki_secret_backend_role'; add it to policies/terraform-calls.ts",
  ],
  [
    'data',
    'vault_kv_secret_v2',
    SECRET,
    "'type' of data.vault_kv_secret_v2.x must be one of which the calls to Vault are known, got 'vault_kv_secret_v2'; add it to policies/terraform-calls.ts",
  ],
  [
    'ephemeral',
    'vault_kv_secret_v2',
    SECRET,
    "'type' of ephemeral.vault_kv_secret_v2.x must be one of which the calls to Vault are known, got 'vault_kv_secret_v2'; add it to policies/terraform-calls.ts",
  ],
  [
    'resource',
    'vault_token',
    { policies: ['shop'] },
    "'type' of vault_token.x must not be 'vault_token' on a server with operators, got one that stands in the state; let the service log in by itself",
  ],
  [
    'resource',
    'vault_policy',
    { name: 'shop', namespace: 'team' },
    '\'namespace\' of vault_policy.x must not be set, got "team"; policies here are those of one namespace',
  ],
  [
    'resource',
    'vault_kv_secret_v2',
    { ...SECRET, disable_read: undefined },
    "'disable_read' of vault_kv_secret_v2.x must be true, got nothing; otherwise Terraform reads the secret back, and so could whoever deploys",
  ],
  [
    'resource',
    'vault_kv_secret_v2',
    { ...SECRET, disable_read: '${true}' },
    '\'disable_read\' of vault_kv_secret_v2.x must be true, got "${true}"; otherwise Terraform reads the secret back, and so could whoever deploys',
  ],
  [
    'resource',
    'vault_approle_auth_backend_role_secret_id',
    { ...SECRET_ID, wrapping_ttl: undefined },
    "'wrapping_ttl' of vault_approle_auth_backend_role_secret_id.x must be set, got nothing; otherwise the secret id stands in the state",
  ],
  [
    'resource',
    'vault_approle_auth_backend_role_secret_id',
    { ...SECRET_ID, with_wrapped_accessor: false },
    "'with_wrapped_accessor' of vault_approle_auth_backend_role_secret_id.x must be true, got false; otherwise whoever deploys must be able to revoke any token",
  ],
  [
    'data',
    'vault_generic_secret',
    { path: 'apps/platform/database' },
    "'path' of data.vault_generic_secret.x must be one of 'sys/mounts', got 'apps/platform/database'; whoever deploys must not read secrets",
  ],
  [
    'resource',
    'vault_policy',
    { name: 'default' },
    "'name' of vault_policy.x must not be one of the built-in policies root, default, default-ceiling, response-wrapping, control-group, got 'default'; choose another name",
  ],
  [
    'resource',
    'vault_mount',
    { path: 'auth/approle' },
    "'path' of vault_mount.x must not be 'auth', which Vault keeps for itself, got 'auth/approle'; choose another name",
  ],
];

test.each(REFUSALS)('fails on %s %s %j', (kind, type, attributes, message) => {
  expect(() => callsOf(kind, type, attributes)).toThrow(new Error(message));
});

test.each([
  ['vault_mount', 'path', { type: 'kv' }],
  ['vault_kv_secret_v2', 'name', SECRET],
  ['vault_kv_secret_v2', 'mount', SECRET],
  ['vault_policy', 'name', {}],
  ['vault_auth_backend', 'path', { type: 'approle' }],
  ['vault_approle_auth_backend_role', 'role_name', {}],
  ['vault_approle_auth_backend_role', 'backend', { role_name: 'shop' }],
  ['vault_audit', 'path', { type: 'file' }],
])('fails on a %s whose %s would reach more than one path', (type, attribute, attributes) => {
  for (const wide of ['+', '*', 'a*', 'a/+', '+/a', 'a/../b', '/a', 'a/', 'a//b', 'a b', 'a"', '']) {
    expect(() => callsOf('resource', type, { ...attributes, [attribute]: wide })).toThrow(
      new RegExp(`^'${attribute}' of ${type}\\.x must `),
    );
  }
});
