import { loadPolicyParser } from '../../../policies/policy-text';
import { memoryLockRefused } from '../../../review/rules/hrd-x06-memory-lock-refused';
import { configured, isJudged, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each(['disable_mlock = false', 'disable_mlock = "0"'])('%s is found', (line) => {
  expect(seenOf(memoryLockRefused, { configuration: configured(line) })).toEqual([
    "docker_container.server: 'disable_mlock' is not true, and the container has no IPC_LOCK: the server does not start",
  ]);
});

test.each([
  { capabilities: { drop: ['ALL'], add: ['IPC_LOCK'] } },
  { capabilities: [{ add: ['CAP_IPC_LOCK'] }] },
  { capabilities: '${var.capabilities}' },
  { privileged: true },
  { ulimit: { name: 'memlock', soft: -1, hard: -1 } },
])('nothing is found with %j', (container) => {
  const configuration = configured('disable_mlock = false');
  expect(seenOf(memoryLockRefused, { container, configuration })).toEqual([]);
});

test('a server that is not to lock its memory is not judged, and OpenBao never is', () => {
  expect(isJudged(memoryLockRefused, {})).toBe(false);
  const container = {
    image: 'openbao/openbao:2.5.5',
    volumes: [{ container_path: '/openbao/config', volume_name: 'config', read_only: true }],
  };
  expect(isJudged(memoryLockRefused, { container, configuration: configured('disable_mlock = false') })).toBe(
    false,
  );
});
