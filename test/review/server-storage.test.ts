import { loadPolicyParser } from '../../policies/policy-text';
import type { Attributes } from '../../policies/terraform-json';
import { canWrite, storageMountOf, storagePathOf } from '../../review/server-storage';
import { serversOf, type VaultServer } from '../../review/vault-servers';
import { declaredServer } from './declared-server';

beforeAll(loadPolicyParser);

const server = (configuration?: string, container: Attributes = {}) =>
  serversOf(declaredServer({ container, configuration }))[0] as VaultServer;

test.each([
  ['storage "raft" {\n  path = "/data"\n}', '/data'],
  ['backend "file" {\n  path = "/data"\n}', '/data'],
  ['storage "inmem" {}', undefined],
  ['ui = true', undefined],
  ['cannot be read', '/vault/file'],
])('of %j the storage is at %p', (configuration, path) => {
  expect(storagePathOf(server(configuration))).toBe(path);
});

test('its mount is the one that it is on', () => {
  expect(storageMountOf(server())?.volume).toBe('data');
  expect(storageMountOf(server('storage "inmem" {}'))).toBeUndefined();
});

test.each([
  ['/vault/file/raft', {}, true],
  ['/vault/config/a.hcl', {}, false],
  ['/etc', {}, false],
  ['/etc', { read_only: false }, true],
  ['/etc', { read_only: '${var.strict}' }, false],
  ['/tmp/a', { tmpfs: { '/tmp': 'rw' } }, true],
])('%s with %j can be written: %p', (path, container, expected) => {
  expect(canWrite(server(undefined, container), path)).toBe(expected);
});
