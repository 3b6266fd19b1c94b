import { DATA_LABEL } from '../../constructs/data-label';
import { lastDeployIn, NEVER_DEPLOYED } from '../../operations/last-deploy';

test('reads versions and accessors from the outputs of a state, and nothing else', () => {
  const state = {
    version: 4,
    outputs: {
      supplied_versions: { value: { 'apps/mail': 1234567 }, type: ['object', {}] },
      mount_accessors: { value: { apps: 'kv_1a2b' }, type: ['object', {}] },
      other: { value: 'a token', sensitive: true },
    },
    resources: [],
  };
  expect(lastDeployIn(JSON.stringify(state))).toEqual({
    suppliedVersions: { 'apps/mail': 1234567 },
    mountAccessors: { apps: 'kv_1a2b' },
    holdsVaultObjects: false,
    objects: [],
  });
});

test('reads what Terraform made in Vault, and volumes with data, by their names alone', () => {
  const of = (type: string, name: string, attributes: object, mode = 'managed') => ({
    mode,
    type,
    name,
    instances: [{ schema_version: 0, attributes }],
  });
  const label = (name: string) => ({ labels: [{ label: name, value: 'true' }] });
  const state = {
    resources: [
      of('vault_mount', 'apps', { path: 'apps', type: 'kv', accessor: 'kv_1', options: { version: '2' } }),
      of('vault_approle_auth_backend_role_secret_id', 'web', {
        backend: 'approle',
        role_name: 'web',
        wrapping_ttl: '5m',
        with_wrapped_accessor: true,
        wrapping_token: 'hvs.hidden',
        secret_id: 'hidden',
      }),
      { mode: 'managed', type: 'vault_policy', name: 'none', instances: [] },
      of('vault_generic_secret', 'mounts', { path: 'sys/mounts', data_json: 'hidden' }, 'data'),
      of('docker_volume', 'data', { name: 'web-data', ...label(DATA_LABEL) }),
      of('docker_volume', 'secrets', { name: 'web-secrets', labels: [] }),
      of('docker_volume', 'other', { name: 'other', ...label('other') }),
      of('docker_container', 'web', { name: 'web', env: ['TOKEN=hidden'] }),
    ],
  };
  const lastDeploy = lastDeployIn(JSON.stringify(state));
  expect(lastDeploy?.objects).toEqual([
    { type: 'vault_mount', name: 'apps', attributes: { path: 'apps', type: 'kv' } },
    {
      type: 'vault_approle_auth_backend_role_secret_id',
      name: 'web',
      attributes: { backend: 'approle', role_name: 'web', wrapping_ttl: '5m', with_wrapped_accessor: true },
    },
    { type: 'docker_volume', name: 'data', attributes: { name: 'web-data' } },
  ]);
  expect(JSON.stringify(lastDeploy)).not.toContain('hidden');
});

test.each([
  [{ mode: 'managed', type: 'vault_token' }, true],
  [{ mode: 'data', type: 'vault_generic_secret' }, false],
  [{ mode: 'managed', type: 'docker_container' }, false],
])('of a state with %j it is %s that it holds objects of the server', (resource, holds) => {
  expect(lastDeployIn(JSON.stringify({ resources: [resource] }))?.holdsVaultObjects).toBe(holds);
});

test.each([
  [
    'as Terraform shows one that is not there',
    '{"version":4,"outputs":{},"resources":[],"check_results":null}',
  ],
  ['of a stack that was destroyed', '{"version":4,"serial":9,"outputs":{},"resources":[]}'],
  ['without either', '{}'],
])('a state %s says nothing', (_, state) => {
  expect(lastDeployIn(state)).toEqual(NEVER_DEPLOYED);
});

test.each(['', 'hvs.not-a-token', '{"resources":[', 'null'])('what is no state is not read: %j', (text) => {
  expect(lastDeployIn(text)).toBeUndefined();
});
