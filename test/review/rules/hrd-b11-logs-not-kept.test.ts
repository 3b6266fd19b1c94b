import { loadPolicyParser } from '../../../policies/policy-text';
import { logsNotKept } from '../../../review/rules/hrd-b11-logs-not-kept';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [
    { log_opts: undefined },
    "its log has no 'max-size': it grows until the disk is full, and then nothing can be written",
  ],
  [
    { log_opts: undefined, log_driver: undefined },
    "its log has no 'max-size': it grows until the disk is full, and then nothing can be written",
  ],
  [{ log_driver: 'none' }, "'log_driver' is 'none': what the server writes is lost"],
])('%j is found', (container, seen) => {
  expect(seenOf(logsNotKept, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ log_opts: undefined, log_driver: 'journald' }],
  [{ log_opts: { 'max-size': '${var.size}' } }],
  [{ log_opts: '${var.options}' }],
  [{ volumes: '${var.volumes}' }],
])('%j is not', (container) => {
  expect(seenOf(logsNotKept, { container })).toEqual([]);
});

test('a file in no volume is found', () => {
  const container = { volumes: [{ container_path: '/vault/file', volume_name: 'data' }] };
  expect(seenOf(logsNotKept, { container })).toEqual([
    "vault_audit.file: audit device 'file' writes to '/vault/logs/file.log', which is lost with container 'vault'",
  ]);
});

test('a device that is the only one is found', () => {
  const resource = { vault_audit: { out: { type: 'file', options: { file_path: 'stdout' } } } };
  expect(seenOf(logsNotKept, { resource })).toEqual([
    "vault_audit.out: 'file' is the only audit device: where it cannot write, Vault answers nobody",
  ]);
  expect(seenOf(logsNotKept, { resource, more: { module: { audit: {} } } })).toEqual([]);
});

test('a device of the kernel and one that writes to a socket lose nothing', () => {
  const vault_audit = {
    a: { type: 'file', path: 'a', options: { file_path: '/dev/stdout' } },
    b: { type: 'socket', path: 'b', options: { address: 'log:9090' } },
  };
  expect(seenOf(logsNotKept, { resource: { vault_audit } })).toEqual([]);
});
