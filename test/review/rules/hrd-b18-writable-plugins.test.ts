import { loadPolicyParser } from '../../../policies/policy-text';
import { writablePlugins } from '../../../review/rules/hrd-b18-writable-plugins';
import { configured, isJudged, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const configuration = configured('plugin_directory = "/plugins"');

test.each([
  [{ volumes: [{ container_path: '/plugins', volume_name: 'plugins', read_only: false }] }],
  [
    {
      volumes: [{ container_path: '/vault/config', volume_name: 'config', read_only: true }],
      read_only: false,
    },
  ],
  [{ tmpfs: { '/plugins': 'rw' } }],
])('%j is found', (container) => {
  // The volume of the configuration stays, or nobody could read it.
  const config = { container_path: '/vault/config', volume_name: 'config', read_only: true };
  const volumes = [config, ...('volumes' in container ? (container.volumes ?? []) : [])];
  expect(seenOf(writablePlugins, { container: { ...container, volumes }, configuration })).toEqual([
    "docker_container.server: 'plugin_directory' is '/plugins', which the server can write",
  ]);
});

test('a folder that is read-only is not, and neither is a server without plugins', () => {
  expect(seenOf(writablePlugins, { configuration })).toEqual([]);
  const volumes = [
    { container_path: '/vault/config', volume_name: 'config', read_only: true },
    { container_path: '/plugins', volume_name: 'plugins', read_only: true },
  ];
  expect(seenOf(writablePlugins, { container: { read_only: false, volumes }, configuration })).toEqual([]);
  expect(isJudged(writablePlugins, { container: { read_only: false } })).toBe(false);
});
