import {
  type TerraformBlock,
  type TerraformJson,
  vaultBlocks,
  vaultProviders,
} from '../../policies/terraform-json';

/** The block with this address. */
function block(stack: TerraformJson, address: string): TerraformBlock {
  const found = vaultBlocks(stack).find((one) => one.address === address);
  if (!found) throw new Error(`no ${address}`);
  return found;
}

function policyNamed(name: unknown, more: TerraformJson['resource'] = {}): TerraformBlock {
  return block({ resource: { vault_policy: { p: { name } }, ...more } }, 'vault_policy.p');
}

test('blocks of the Vault provider are found by their addresses, and others are not', () => {
  const stack: TerraformJson = {
    resource: { vault_policy: { a: {}, b: {} }, docker_container: { c: {} } },
    data: { vault_generic_secret: { mounts: {} }, terraform_remote_state: { written: {} } },
    ephemeral: { random_password: { p: {} }, vault_kv_secret_v2: { s: {} } },
  };
  expect(vaultBlocks(stack).map(({ address }) => address)).toEqual([
    'vault_policy.a',
    'vault_policy.b',
    'data.vault_generic_secret.mounts',
    'ephemeral.vault_kv_secret_v2.s',
  ]);
});

test.each<[string, TerraformJson, unknown[]]>([
  ['none', { resource: { docker_container: { c: {} } }, provider: { docker: [{}] } }, []],
  ['one without settings', { resource: { vault_policy: { p: {} } } }, [{}]],
  [
    'those of a list',
    { provider: { vault: [{ alias: 'a' }, { alias: 'b' }] } },
    [{ alias: 'a' }, { alias: 'b' }],
  ],
  ['one that is no list', { provider: { vault: { address: 'http://x' } } }, [{ address: 'http://x' }]],
])('the configurations of the provider are %s', (_, stack, expected) => {
  expect(vaultProviders(stack)).toEqual(expected);
});

describe('text', () => {
  const others = {
    vault_mount: { apps: { path: 'apps' }, same: { path: '${vault_mount.apps.path}' } },
    vault_auth_backend: { 'approle-1': { type: 'approle' }, own: { type: 'approle', path: 'robots' } },
    vault_audit: { file: { type: 'file' } },
  };

  test.each([
    ['shop-store', 'shop-store'],
    ['', ''],
    ['${vault_mount.apps.path}', 'apps'],
    ['${vault_mount.same.path}', 'apps'],
    ['${vault_mount.apps.path}-${vault_mount.apps.path}/x', 'apps-apps/x'],
    ['${vault_auth_backend.own.path}', 'robots'],
    ['${vault_auth_backend.approle-1.path}', 'approle'],
    ['${vault_audit.file.path}', 'file'],
  ])('%p is %p', (written, expected) => {
    expect(policyNamed(written, others).literal('name')).toBe(expected);
  });

  test.each([
    ['${vault_mount.apps.accessor}'],
    ['${vault_mount.other.path}'],
    ['${vault_mounts.apps.path}'],
    ['${constructor.name.length}'],
    ['${vault_mount.constructor.name}'],
    ['${vault_policy.p.name}'],
    ['${vault_policy.q.name}'],
    ['${data.vault_generic_secret.mounts.id}'],
    ['${local.name}'],
    ['${var.name}'],
    ['a-${upper(vault_mount.apps.path)}'],
    ['${vault_mount.apps.path'],
    ['%{ if true }a%{ endif }'],
    ['$${vault_mount.apps.path}'],
    ['%%{a}'],
    [7],
    [['a']],
    [{ a: 'b' }],
  ])('fails on %p, which only Terraform can tell', (written) => {
    const loop = { vault_policy: { p: { name: written }, q: { name: '${vault_policy.p.name}' } } };
    expect(() => policyNamed(written, { ...others, ...loop }).literal('name')).toThrow(
      new Error(
        `'name' of vault_policy.p must be known at synth, got ${JSON.stringify(written)}; write it out, or refer to what is written out in the same stack`,
      ),
    );
  });

  test.each([[undefined], [null]])('fails on %p, which is nothing', (written) => {
    expect(() => policyNamed(written).literal('name')).toThrow(/'name' of vault_policy.p .+, got nothing;/);
  });
});

test.each([
  [undefined, false],
  [{}, false],
  [[], false],
  [{ prevent_destroy: false }, false],
  [{ prevent_destroy: null }, false],
  [{ prevent_destroy: true }, true],
  [[{ create_before_destroy: true }, { prevent_destroy: true }], true],
  [{ prevent_destroy: 'true' }, true],
  [{ prevent_destroy: '${var.keep}' }, true],
])('with the lifecycle %j, preventing its destruction is %p', (lifecycle, expected) => {
  const stack = { resource: { vault_policy: { p: { lifecycle } } } };
  expect(block(stack, 'vault_policy.p').preventsDestroy).toBe(expected);
});
