import type { Attributes } from '../../policies/terraform-json';
import { type Container, containersOf, isBelow, mountOf } from '../../review/container';
import { reviewedStacks } from '../../review/reviewed-environment';

function containers(...all: readonly Attributes[]): readonly Container[] {
  const docker_container = Object.fromEntries(all.map((one, i) => [`c${i}`, one]));
  const vault_mount = { kv: { path: 'kv', type: 'kv' } };
  return containersOf(
    reviewedStacks(new Map([['shop-production', { resource: { docker_container, vault_mount } }]])),
  );
}
const container = (attributes: Attributes) => containers(attributes)[0] as Container;

test.each([
  [{}, 0, false],
  [{ memory: 512, read_only: true }, 512, true],
  [{ memory: '512', read_only: 'true' }, 512, true],
  [{ memory: '${var.memory}', read_only: '${var.strict}' }, undefined, undefined],
])('of %j the memory is %p and read_only is %p', (attributes, memory, isReadOnly) => {
  expect(container(attributes).number('memory')).toBe(memory);
  expect(container(attributes).flag('read_only')).toBe(isReadOnly);
});

test('variables have their values, and what is not known of them in brackets', () => {
  const { environment } = container({ env: ['A=1=2', 'B', 'C=x${var.y}'] });
  expect([...environment]).toEqual([
    ['A', '1=2'],
    ['B', ''],
    ['C', 'x\u27e8var.y\u27e9'],
  ]);
});

test('one block is a list of one, and what is not known is none', () => {
  expect(container({ ulimit: { name: 'core' } }).blocks('ulimit')).toEqual([{ name: 'core' }]);
  expect(container({ ulimit: '${var.limits}' }).blocks('ulimit')).toEqual([]);
  expect(container({ ulimit: '${var.limits}' }).isUnsure('ulimit')).toBe(true);
  expect(container({}).isUnsure('ulimit')).toBe(false);
});

test('volumes and mounts are both mounts, but for those in memory', () => {
  const one = container({
    volumes: [
      { container_path: '/data', volume_name: 'data' },
      { container_path: '/host', host_path: '/srv', read_only: true },
    ],
    mounts: [
      { type: 'bind', target: '/bound', source: '/etc' },
      { type: 'volume', target: '/volume', source: 'more', read_only: '${var.strict}' },
      { type: 'tmpfs', target: '/tmp' },
    ],
  });
  expect(one.mounts).toEqual([
    { path: '/data', volume: 'data', isReadOnly: false },
    { path: '/host', host: '/srv', isReadOnly: true },
    { path: '/bound', host: '/etc', isReadOnly: false },
    { path: '/volume', volume: 'more', isReadOnly: true },
  ]);
  expect(mountOf(one, '/data/raft')?.volume).toBe('data');
  expect(mountOf(one, '/elsewhere')).toBeUndefined();
});

test('the innermost mount is that of a path', () => {
  const one = container({
    volumes: [
      { container_path: '/', volume_name: 'root' },
      { container_path: '/vault/file/', volume_name: 'file' },
      { container_path: '/vault', volume_name: 'vault' },
    ],
  });
  expect(mountOf(one, '/vault/file')?.volume).toBe('file');
  expect(mountOf(one, '/vault/logs')?.volume).toBe('vault');
  expect(mountOf(one, '/etc')?.volume).toBe('root');
});

test.each([
  ['/a', '/a', true],
  ['/a/', '/a', true],
  ['/a/b', '/a/', true],
  ['/ab', '/a', false],
  ['/a', '/a/b', false],
  ['/a', '/', true],
])('%s is below %s: %p', (path, folder, expected) => {
  expect(isBelow(path, folder)).toBe(expected);
});

test('a container without a name is called by its label', () => {
  expect(containers({ name: 'one' }, {}).map(({ name }) => name)).toEqual(['one', 'c1']);
});
