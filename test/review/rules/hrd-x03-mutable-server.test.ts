import { loadPolicyParser } from '../../../policies/policy-text';
import { mutableServer } from '../../../review/rules/hrd-x03-mutable-server';
import { isJudged, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const config = { container_path: '/vault/config', volume_name: 'config', read_only: true };

test('a storage in the container is found', () => {
  expect(seenOf(mutableServer, { container: { volumes: [config] } })).toEqual([
    "docker_container.server: the storage at '/vault/file' is in the container, and lost with it",
  ]);
});

test.each([{ create_before_destroy: true }, [{ create_before_destroy: 'true' }]])(
  '%j is found',
  (lifecycle) => {
    expect(seenOf(mutableServer, { container: { lifecycle } })).toEqual([
      "docker_container.server: 'create_before_destroy' is true: two servers are to write the same storage",
    ]);
  },
);

test.each([
  ['a volume above the storage', { volumes: [config, { container_path: '/vault', volume_name: 'all' }] }],
  ['volumes that are not known', { volumes: [config, '${var.volumes}'] }],
  ['another lifecycle', { lifecycle: { create_before_destroy: false, prevent_destroy: true } }],
])('%s is not', (_, container) => {
  expect(seenOf(mutableServer, { container })).toEqual([]);
});

test('a storage that is no folder is not judged', () => {
  const configuration = 'storage "postgresql" {\n  connection_url = "postgres://db"\n}';
  expect(isJudged(mutableServer, { configuration, container: { volumes: [config] } })).toBe(false);
});
