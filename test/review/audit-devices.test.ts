import { loadPolicyParser } from '../../policies/policy-text';
import { auditDevicesOf } from '../../review/audit-devices';
import { declaredServer } from './declared-server';

beforeAll(loadPolicyParser);

const seen = (declared: Parameters<typeof declaredServer>[0]) =>
  auditDevicesOf(declaredServer(declared)).map(({ name, file, isRaw }) => [name, file, isRaw]);

test('devices of Terraform are called by their path, else by their type', () => {
  const vault_audit = {
    a: { type: 'file', options: { file_path: '/vault/logs/a.log' } },
    b: { type: 'socket', path: 'b', options: { address: 'log:9090', log_raw: 'true' } },
    c: { type: 'file', path: 'c', options: '${var.options}' },
  };
  expect(seen({ resource: { vault_audit } })).toEqual([
    ['file', '/vault/logs/a.log', false],
    ['b', undefined, true],
    ['c', undefined, false],
  ]);
});

test.each([
  ['sys/audit/raw', [['raw', undefined, false]]],
  ['/sys/audit/raw/', [['raw', undefined, false]]],
  ['sys/audit-hash/raw', []],
])('a call of %s enables %j', (path, devices) => {
  const vault_generic_endpoint = { a: { path, data_json: '{}' } };
  expect(seen({ resource: { vault_audit: undefined, vault_generic_endpoint } })).toEqual(devices);
});

test.each([
  ['two labels', 'audit "file" "out" {\n  options {\n    file_path = "stdout"\n    log_raw = true\n  }\n}'],
  ['one label', 'audit "file" {\n  options = {\n    file_path = "stdout"\n    log_raw = "true"\n  }\n}'],
  ['JSON', '{"audit":{"file":{"out":{"options":{"file_path":"stdout","log_raw":true}}}}}'],
])('a stanza with %s is a device', (_, configuration) => {
  expect(seen({ resource: { vault_audit: undefined }, configuration })).toEqual([['file', 'stdout', true]]);
});
