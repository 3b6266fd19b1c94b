import { loadPolicyParser } from '../../../policies/policy-text';
import { mergedConfiguration } from '../../../review/rules/hrd-b19-merged-configuration';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ env: ['VAULT_LOCAL_CONFIG={"ui":true}'] }, 2],
  [{ upload: { file: '/vault/config/more.hcl', content: 'ui = true' } }, 2],
  [{ upload: { file: '/etc/vault.json', content: '{}' }, command: ['server', '-config=/etc/vault.json'] }, 2],
  [{ upload: { file: '/etc/vault.json', source: 'vault.json' }, command: ['server', '-config', '/etc'] }, 2],
])('%j beside the prepared file is found', (container, files) => {
  expect(seenOf(mergedConfiguration, { container })).toEqual([
    `docker_container.server: the configuration comes from ${files} files and variables`,
  ]);
});

test.each([
  [{ env: ['BAO_LOCAL_CONFIG={}', 'VAULT_LOCAL_CONFIG='] }],
  [{ upload: { file: '/vault/config/ca.pem', content: '' } }],
  [{ upload: { file: '/etc/agent.hcl', content: '' } }],
])('%j is not', (container) => {
  expect(seenOf(mergedConfiguration, { container })).toEqual([]);
});
