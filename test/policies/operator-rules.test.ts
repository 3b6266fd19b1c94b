import type { Capability } from '../../policies/capability';
import { OPERATOR_POLICY } from '../../policies/names';
import { operatorPolicy, refuseTooMuch, requiredCapabilities } from '../../policies/operator-rules';
import type { TerraformJson } from '../../policies/terraform-json';

type Attributes = Readonly<Record<string, unknown>>;

const ACCESS: TerraformJson = {
  provider: { vault: [{ address: 'https://127.0.0.1:8200' }] },
  data: { vault_generic_secret: { mounts: { path: 'sys/mounts' } } },
  resource: {
    vault_mount: { apps: { path: 'apps', type: 'kv' } },
    vault_kv_secret_v2: {
      database: {
        mount: '${vault_mount.apps.path}',
        name: 'platform/database',
        disable_read: true,
        delete_all_versions: true,
      },
    },
    vault_policy: { store: { name: 'shop-store' } },
    vault_auth_backend: { approle: { type: 'approle' } },
    vault_approle_auth_backend_role: {
      store: {
        backend: '${vault_auth_backend.approle.path}',
        role_name: 'shop-store',
        role_id: 'shop-store',
      },
    },
  },
};

const SERVICES: TerraformJson = {
  provider: { docker: [{}], vault: [{ address: 'https://127.0.0.1:8200' }] },
  resource: {
    docker_container: { store: { name: 'shop-store' } },
    vault_approle_auth_backend_role_secret_id: {
      store: {
        backend: 'approle',
        role_name: 'shop-store',
        wrapping_ttl: '300s',
        with_wrapped_accessor: true,
        cidr_list: ['172.18.0.0/16'],
      },
    },
  },
};

function policies(names: readonly string[]): TerraformJson {
  return {
    resource: {
      vault_policy: Object.fromEntries(names.map((name) => [name, { name }])),
    },
  };
}

/** What may be done at a path. */
function capabilities(path: string, ...stacks: readonly TerraformJson[]): readonly Capability[] {
  return (
    operatorPolicy(stacks)
      .rules()
      .find((rule) => rule.path === path)?.capabilities ?? []
  );
}

test('the policy says exactly what the deploy of a platform calls for, and why', () => {
  expect(operatorPolicy([{ resource: {} }, ACCESS, SERVICES]).render()).toMatchInlineSnapshot(`
    "# writes vault_kv_secret_v2.database
    path "apps/data/platform/database" {
      capabilities = ["create", "update"]
    }

    # removes vault_kv_secret_v2.database
    path "apps/metadata/platform/database" {
      capabilities = ["delete"]
    }

    # writes and removes vault_approle_auth_backend_role.store
    path "auth/approle/role/shop-store" {
      capabilities = ["create", "read", "update", "delete"]
    }

    # keeps the id of vault_approle_auth_backend_role.store
    path "auth/approle/role/shop-store/role-id" {
      capabilities = ["read", "update"]
    }

    # issues vault_approle_auth_backend_role_secret_id.store
    path "auth/approle/role/shop-store/secret-id" {
      capabilities = ["update"]
      min_wrapping_ttl = "1s"
    }

    # removes vault_approle_auth_backend_role_secret_id.store
    path "auth/approle/role/shop-store/secret-id-accessor/destroy" {
      capabilities = ["update"]
    }

    # looks up vault_approle_auth_backend_role_secret_id.store
    path "auth/approle/role/shop-store/secret-id-accessor/lookup" {
      capabilities = ["update"]
    }

    # makes the short-lived token that Terraform works with
    path "auth/token/create" {
      capabilities = ["update"]
    }

    # looks up the token that Terraform is given
    path "auth/token/lookup-self" {
      capabilities = ["read"]
    }

    # enables and disables vault_auth_backend.approle
    path "sys/auth/approle" {
      capabilities = ["update", "delete", "sudo"]
    }

    # reads data.vault_generic_secret.mounts
    path "sys/mounts" {
      capabilities = ["read"]
    }

    # mounts and unmounts vault_mount.apps
    path "sys/mounts/apps" {
      capabilities = ["read", "update", "delete"]
    }

    # tunes vault_mount.apps
    path "sys/mounts/apps/tune" {
      capabilities = ["update"]
    }

    # looks up vault_auth_backend.approle
    path "sys/mounts/auth/approle" {
      capabilities = ["read"]
    }

    # tunes vault_auth_backend.approle
    path "sys/mounts/auth/approle/tune" {
      capabilities = ["read", "update"]
    }

    # writes and removes vault_policy.store
    path "sys/policies/acl/shop-store" {
      capabilities = ["read", "update", "delete"]
    }
    "
  `);
});

test('a token is required to be able to do just what the policy allows', () => {
  expect(requiredCapabilities([policies(['shop'])])).toEqual([
    { path: 'auth/token/create', capabilities: ['update'] },
    { path: 'auth/token/lookup-self', capabilities: ['read'] },
    {
      path: 'sys/policies/acl/shop',
      capabilities: ['read', 'update', 'delete'],
    },
  ]);
});

test.each<[string, TerraformJson[], string[]]>([
  ['nothing at all', [], []],
  ['containers alone', [{ provider: { docker: [{}] }, resource: { docker_container: { c: {} } } }], []],
  ['a provider alone', [{ provider: { vault: [{}] } }], ['auth/token/create', 'auth/token/lookup-self']],
  [
    'a provider without a child token',
    [{ provider: { vault: [{ skip_child_token: true }] } }],
    ['auth/token/lookup-self'],
  ],
  [
    'two of which one has a child token',
    [{ provider: { vault: [{ skip_child_token: true }, { alias: 'b' }] } }],
    ['auth/token/create', 'auth/token/lookup-self'],
  ],
])('the provider calls for its token with %s', (_, stacks, paths) => {
  expect(requiredCapabilities(stacks).map(({ path }) => path)).toEqual(paths);
});

test('fails on a provider of a namespace', () => {
  expect(() => operatorPolicy([{ provider: { vault: [{ namespace: 'team' }] } }])).toThrow(
    new Error(
      "'namespace' of the Vault provider must not be set, got one; policies here are those of one namespace",
    ),
  );
});

describe('what Terraform prevents from being destroyed', () => {
  const kept = { lifecycle: { prevent_destroy: true } };
  const secret = { mount: 'apps', name: 'database', disable_read: true };

  test.each<[type: string, attributes: Attributes, path: string, left: Capability[]]>([
    ['vault_mount', { path: 'apps' }, 'sys/mounts/apps', ['read', 'update']],
    ['vault_policy', { name: 'shop' }, 'sys/policies/acl/shop', ['read', 'update']],
    ['vault_kv_secret_v2', secret, 'apps/data/database', ['create', 'update']],
    ['vault_kv_secret_v2', { ...secret, delete_all_versions: true }, 'apps/metadata/database', []],
    ['vault_auth_backend', { type: 'approle' }, 'sys/auth/approle', ['update', 'sudo']],
    ['vault_audit', { type: 'file' }, 'sys/audit/file', ['update', 'sudo']],
    [
      'vault_approle_auth_backend_role',
      { role_name: 'shop' },
      'auth/approle/role/shop',
      ['create', 'read', 'update'],
    ],
    [
      'vault_approle_auth_backend_role_secret_id',
      { role_name: 'shop', wrapping_ttl: '60s', with_wrapped_accessor: true },
      'auth/approle/role/shop/secret-id-accessor/destroy',
      [],
    ],
  ])('cannot be destroyed by the policy: %s %j', (type, attributes, path, left) => {
    const free = { resource: { [type]: { x: attributes } } };
    const protectedOne = {
      resource: { [type]: { x: { ...attributes, ...kept } } },
    };
    expect(capabilities(path, protectedOne)).toEqual(left);
    expect(capabilities(path, free).length).toBeGreaterThan(left.length);
  });

  test('cannot be destroyed because another stack has it without', () => {
    const free = { resource: { vault_mount: { x: { path: 'apps' } } } };
    const protectedOne = {
      resource: { vault_mount: { x: { path: 'apps', ...kept } } },
    };
    expect(capabilities('sys/mounts/apps', free, protectedOne)).toEqual(['read', 'update']);
    expect(capabilities('sys/mounts/apps', protectedOne, free)).toEqual(['read', 'update']);
  });

  test.each<[string, Attributes, string, Capability[]]>([
    ['vault_kv_secret_v2', secret, 'sys/mounts/apps', ['read', 'update']],
    ['vault_approle_auth_backend_role', { role_name: 'shop' }, 'sys/auth/approle', ['update', 'sudo']],
  ])('does not go with its mount either: %s %j', (type, attributes, path, left) => {
    const resource: TerraformJson['resource'] = {
      vault_mount: { apps: { path: 'apps' } },
      vault_auth_backend: { approle: { type: 'approle' } },
      [type]: { x: { ...attributes, ...kept } },
    };
    expect(capabilities(path, { resource })).toEqual(left);
  });

  test.each<[taken: boolean, lifecycle: object, left: Capability[]]>([
    [true, kept, []],
    [true, {}, ['update', 'delete', 'sudo']],
    [false, kept, ['update', 'sudo']],
  ])('is not created either where it is taken over: %s %j', (taken, lifecycle, left) => {
    const stack = {
      resource: { vault_audit: { file: { type: 'file', ...lifecycle } } },
      import: [
        { to: 'vault_audit.other', id: 'x' },
        ...(taken ? [{ to: 'vault_audit.file', id: 'file' }] : []),
      ],
    };
    expect(capabilities('sys/audit/file', stack)).toEqual(left);
    expect(capabilities('sys/audit', stack)).toEqual(['read', 'sudo']);
  });

  test('leaves what is not protected as it is', () => {
    const resource = {
      vault_mount: {
        apps: { path: 'apps', ...kept },
        other: { path: 'other' },
      },
    };
    expect(capabilities('sys/mounts/other', { resource })).toEqual(['read', 'update', 'delete']);
  });
});

describe('reasons', () => {
  const reasons = (path: string, ...stacks: readonly TerraformJson[]) =>
    operatorPolicy(stacks)
      .rules()
      .find((rule) => rule.path === path)?.reasons;
  const audits = (...names: readonly string[]): TerraformJson => ({
    resource: {
      vault_audit: Object.fromEntries(names.map((name) => [name, { type: 'file', path: name, options: {} }])),
    },
  });

  test.each([
    [['a'], 'lists the audit devices for vault_audit.a'],
    [['b', 'a'], 'lists the audit devices for vault_audit.a, vault_audit.b'],
    [['c', 'b', 'a'], 'lists the audit devices for vault_audit.a and 2 more'],
  ])('name those who need a path: %j', (names, expected) => {
    expect(reasons('sys/audit', audits(...names))).toEqual([expected]);
  });

  test('of several resources at one path are in the order of their words', () => {
    const role = (name: string, attributes: object): TerraformJson => ({
      resource: { vault_approle_auth_backend_role: { [name]: { role_name: 'shop', ...attributes } } },
    });
    const stacks = [role('b', { role_id: 'x' }), role('a', {})];
    const expected = ['a', 'b'].map((name) => `keeps the id of vault_approle_auth_backend_role.${name}`);
    expect(reasons('auth/approle/role/shop/role-id', ...stacks)).toEqual(expected);
    expect(reasons('auth/approle/role/shop/role-id', ...stacks.reverse())).toEqual(expected);
  });

  test('of removing go away with it', () => {
    const resource = {
      vault_policy: {
        p: { name: 'shop', lifecycle: { prevent_destroy: true } },
      },
    };
    expect(reasons('sys/policies/acl/shop', { resource })).toEqual(['writes vault_policy.p']);
  });

  test('name an address of two stacks once', () => {
    expect(reasons('sys/audit', audits('a'), audits('a'))).toEqual([
      'lists the audit devices for vault_audit.a',
    ]);
  });
});

test('the stacks of before and after together allow what either calls for', () => {
  const role = (attributes: object): TerraformJson => ({
    resource: {
      vault_approle_auth_backend_role: {
        r: { role_name: 'shop', ...attributes },
      },
    },
  });
  const [before, after] = [role({}), role({ role_id: 'shop' })];
  for (const stacks of [
    [before, after],
    [after, before],
  ]) {
    expect(capabilities('auth/approle/role/shop/role-id', ...stacks)).toEqual(['read', 'update']);
  }
  expect(capabilities('sys/policies/acl/old', policies(['old']), policies(['new']))).toContain('delete');
  expect(capabilities('sys/policies/acl/new', policies(['old']), policies(['new']))).toContain('update');
});

describe('the last look', () => {
  const engines = new Set(['apps', 'teams/pay']);

  test.each<[path: string, capabilities: Capability[], found: string]>([
    ['apps/data/database', ['create', 'read'], 'read what is in a secrets engine'],
    ['apps/subkeys/database', ['read'], 'read what is in a secrets engine'],
    ['teams/pay/config', ['read'], 'read what is in a secrets engine'],
    ['teams/pay/export/encryption-key/a', ['read'], 'read what is in a secrets engine'],
    ['teams/+/data/a', ['read'], 'read what is in a secrets engine'],
    ['a*', ['read'], 'read what is in a secrets engine'],
    ['sys/policies/acl/operator', ['update'], 'reach the policy itself'],
    ['sys/policies/acl/op*', ['update'], 'reach the policy itself'],
    ['sys/policies/+/operator', ['read'], 'reach the policy itself'],
    ['sys/policy/+', ['update'], 'reach the policy itself'],
    ['sys/mounts/apps', ['update', 'sudo'], "have 'sudo' where Vault does not ask for it"],
    ['sys/auth', ['read', 'sudo'], "have 'sudo' where Vault does not ask for it"],
    ['sys/raw/apps', ['read', 'sudo'], "have 'sudo' where Vault does not ask for it"],
  ])('fails on "%s" with %j', (path, given, found) => {
    expect(() => refuseTooMuch({ path, capabilities: given, reason: 'writes vault_x.y' }, engines)).toThrow(
      new Error(
        `policy 'operator' must not ${found}, got '${path}', which writes vault_x.y; take it out of the stacks`,
      ),
    );
  });

  test.each<[path: string, capabilities: Capability[]]>([
    ['apps/data/database', ['create', 'update', 'delete']],
    ['teams/data/a', ['read']],
    ['apps-2/data/a', ['read']],
    ['sys/mounts/apps', ['read', 'update', 'delete']],
    ['sys/policies/acl/operator-2', ['update']],
    ['sys/auth/approle', ['update', 'sudo']],
    ['sys/audit', ['read', 'sudo']],
    ['sys/audit/file', ['update', 'sudo']],
  ])('passes "%s" with %j', (path, given) => {
    expect(() => refuseTooMuch({ path, capabilities: given, reason: '' }, engines)).not.toThrow();
  });

  test('fails on stacks that would write the policy of those who deploy', () => {
    expect(() => operatorPolicy([policies([OPERATOR_POLICY])])).toThrow(
      new Error(
        "policy 'operator' must not reach the policy itself, got 'sys/policies/acl/operator', which writes and removes vault_policy.operator; take it out of the stacks",
      ),
    );
  });
});

test('fails on the stacks of a development server, whose services are given tokens', () => {
  const stack = {
    resource: { vault_token: { store: { policies: ['shop-store'] } } },
  };
  expect(() => operatorPolicy([ACCESS, stack])).toThrow(
    /'type' of vault_token\.store must not be 'vault_token'/,
  );
});
