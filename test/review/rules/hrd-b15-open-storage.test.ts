import { loadPolicyParser } from '../../../policies/policy-text';
import { openStorage } from '../../../review/rules/hrd-b15-open-storage';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [
    { volumes: [{ container_path: '/vault/file', host_path: '/srv/vault' }] },
    "the storage at '/vault/file' is the folder '/srv/vault' of the host",
  ],
  [
    { mounts: [{ type: 'bind', target: '/vault', source: '/srv' }], volumes: undefined },
    "the storage at '/vault' is the folder '/srv' of the host",
  ],
])('%j is found', (container, seen) => {
  expect(seenOf(openStorage, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [
    {
      volumes: [
        { container_path: '/vault/file', volume_name: 'data' },
        { container_path: '/x', host_path: '/x' },
      ],
    },
  ],
  [{ volumes: undefined }],
])('%j is not', (container) => {
  expect(seenOf(openStorage, { container })).toEqual([]);
});

test.each([
  { volumes: [{ container_path: '/backup', volume_name: 'data', read_only: true }] },
  { mounts: [{ type: 'volume', target: '/backup', source: 'data' }] },
])('%j of another container is found', (more) => {
  const docker_container = { backup: { name: 'backup', image: 'restic:1.0.0', ...more } };
  expect(seenOf(openStorage, { resource: { docker_container } })).toEqual([
    "docker_container.server: the volume of the storage, 'data', is mounted by others: backup",
  ]);
});

test('volumes of the same container that have no name are not one', () => {
  const container = { volumes: [{ container_path: '/vault/file' }] };
  const docker_container = { crm: { name: 'crm', image: 'crm:1.0.0', volumes: [{ container_path: '/x' }] } };
  expect(seenOf(openStorage, { container, resource: { docker_container } })).toEqual([]);
});
