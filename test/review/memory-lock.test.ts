import { loadPolicyParser } from '../../policies/policy-text';
import type { Attributes } from '../../policies/terraform-json';
import { locksMemory, mayLockMemory } from '../../review/memory-lock';
import { serversOf, type VaultServer } from '../../review/vault-servers';
import { configured, declaredServer } from './declared-server';

beforeAll(loadPolicyParser);

const LOCKS = configured('disable_mlock = false');
const ADDED = { capabilities: { drop: ['ALL'], add: ['IPC_LOCK'] } };
const server = (container: Attributes, configuration = LOCKS) =>
  serversOf(declaredServer({ container, configuration }))[0] as VaultServer;

test.each([
  [ADDED, true],
  [{ capabilities: [{ add: ['cap_ipc_lock'] }] }, true],
  [{ capabilities: { add: ['ALL'] } }, true],
  [{ privileged: true }, true],
  [{ ulimit: [{ name: 'memlock', soft: -1, hard: -1 }] }, true],
  [{ ulimit: [{ name: 'memlock', soft: 65_536, hard: -1 }] }, false],
  [{ capabilities: { add: ['NET_ADMIN'] } }, false],
  [{}, false],
])('with %j the kernel lets it lock memory: %p', (container, expected) => {
  expect(mayLockMemory(server(container).container)).toBe(expected);
});

test('memory is locked where the server is to and may', () => {
  expect(locksMemory(server(ADDED))).toBe(true);
  expect(locksMemory(server({}))).toBe(false);
  expect(locksMemory(server(ADDED, configured('disable_mlock = true')))).toBe(false);
  expect(locksMemory(server(ADDED, 'listener {'))).toBe(false);
  expect(locksMemory({ ...server(ADDED), product: 'openbao' })).toBe(false);
});
