import { loadPolicyParser } from '../../../policies/policy-text';
import { writesToItsImage } from '../../../review/rules/hrd-b02-writes-to-its-image';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ read_only: false }, "'read_only' is not true: the server can change the programs of its image"],
  [{ read_only: undefined }, "'read_only' is not true: the server can change the programs of its image"],
  [
    { volumes: [{ container_path: '/vault/config', volume_name: 'config', read_only: false }] },
    "the mount at '/vault/config' is not read-only: the server can change its own configuration",
  ],
  [
    { volumes: [{ container_path: '/vault/config/tls', host_path: '/tls' }] },
    "the mount at '/vault/config/tls' is not read-only: the server can change its own configuration",
  ],
])('%j is found', (container, seen) => {
  expect(seenOf(writesToItsImage, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ read_only: 'true' }],
  [{ read_only: '${var.strict}' }],
  [{ volumes: [{ container_path: '/vault/file', volume_name: 'data' }] }],
])('%j is not', (container) => {
  expect(seenOf(writesToItsImage, { container })).toEqual([]);
});
