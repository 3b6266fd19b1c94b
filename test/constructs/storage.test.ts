import { Storage } from '../../constructs/storage';

test.each([
  [Storage.raft(), { type: 'raft', nodes: 1, allowsLockedMemory: false }],
  [Storage.raft({ nodes: 3 }), { type: 'raft', nodes: 3, allowsLockedMemory: false }],
  [Storage.raft({ nodes: 5 }), { type: 'raft', nodes: 5, allowsLockedMemory: false }],
  [Storage.file(), { type: 'file', nodes: 1, allowsLockedMemory: true }],
])('raft has an odd number of nodes and maps its memory, a file has one node: %#', (storage, expected) => {
  expect(storage).toMatchObject(expected);
});

test('fails to compile: an even number of nodes, storage in memory, and a file with nodes', () => {
  // @ts-expect-error: an even number
  expect(() => Storage.raft({ nodes: 2 })).not.toThrow();
  // @ts-expect-error: a development server alone has its storage in memory
  expect(() => Storage.inMemory()).toThrow(TypeError);
  // @ts-expect-error: one server alone can use it
  expect(Storage.file({ nodes: 3 }).nodes).toBe(1);
});
