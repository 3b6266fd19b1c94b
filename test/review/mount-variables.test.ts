import { mountVariablesOf } from '../../review/mount-variables';

const names = (variables: Readonly<Record<string, string>>) =>
  mountVariablesOf(new Map(Object.entries(variables))).map(([name]) => name);

test.each([
  ...['VAULT_MOUNT', 'VAULT_MOUNT_PATH', 'VAULT_MOUNT_POINT', 'VAULT_KV_MOUNT', 'VAULT_KV_MOUNT_PATH'],
  ...[
    'VAULT_SECRET_BACKEND',
    'VAULT_SECRETS_ENGINE',
    'KV_MOUNT',
    'KV2_MOUNT_PATH',
    'BAO_MOUNT',
    'OPENBAO_KV_MOUNT_POINT',
  ],
])('%s names a mount', (name) => {
  expect(names({ [name]: 'apps' })).toEqual([name]);
});

test.each([
  ...[
    'MOUNT',
    'MOUNT_PATH',
    'VAULT_AUTH_MOUNT',
    'VAULT_BACKEND',
    'VAULT_ENGINE',
    'BACKEND_PATH',
    'SECRET_PATH',
  ],
  ...['VAULT_MOUNTS', 'KV', 'DATA_MOUNT_POINT'],
])('%s names none', (name) => {
  expect(names({ [name]: 'apps' })).toEqual([]);
});

test('the kind of an engine is no path, and an empty one is none', () => {
  expect(names({ VAULT_KV_ENGINE: 'kv-v2', VAULT_SECRETS_ENGINE: '2', VAULT_MOUNT: '' })).toEqual([]);
  expect(names({ VAULT_MOUNT: 'v2' })).toEqual(['VAULT_MOUNT']);
});
