import { loadPolicyParser } from '../../../policies/policy-text';
import { openFiles } from '../../../review/rules/hrd-b20-open-files';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [
    { env: undefined },
    "'VAULT_ENABLE_FILE_PERMISSIONS_CHECK' is not true: the server takes files that others can change",
  ],
  [
    { env: ['VAULT_ENABLE_FILE_PERMISSIONS_CHECK=false'] },
    "'VAULT_ENABLE_FILE_PERMISSIONS_CHECK' is not true: the server takes files that others can change",
  ],
  [
    { env: undefined, image: 'openbao/openbao:2.5.5' },
    "'BAO_ENABLE_FILE_PERMISSIONS_CHECK' is not true: the server takes files that others can change",
  ],
  [
    { upload: { file: '/vault/config/a.hcl', content: '' } },
    "'/vault/config/a.hcl' has the mode 0644, which lets others read it",
  ],
  [
    { upload: [{ file: '/tls/server-key.pem', content: '', permissions: '0604' }] },
    "'/tls/server-key.pem' has the mode 0604, which lets others read it",
  ],
])('%j is found', (container, seen) => {
  expect(seenOf(openFiles, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ env: ['VAULT_ENABLE_FILE_PERMISSIONS_CHECK=1'] }],
  [{ env: '${var.env}' }],
  [{ upload: { file: '/vault/config/a.hcl', content: '', permissions: '0400' } }],
  [{ upload: { file: '/tls/ca.pem', content: '' } }],
  [{ upload: { file: '/tls/key.pem', content: '', permissions: '${var.mode}' } }],
])('%j is not', (container) => {
  expect(seenOf(openFiles, { container })).toEqual([]);
});
