import { loadPolicyParser } from '../../../policies/policy-text';
import { swaps } from '../../../review/rules/hrd-b04-swaps';
import { configured, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [
    { memory_swap: undefined },
    "'memory' is 512 and 'memory_swap', which is both together, 0: the rest may be swapped",
  ],
  [
    { memory_swap: 1024 },
    "'memory' is 512 and 'memory_swap', which is both together, 1024: the rest may be swapped",
  ],
  [
    { memory_swap: -1 },
    "'memory' is 512 and 'memory_swap', which is both together, -1: the rest may be swapped",
  ],
  [
    { memory: undefined, memory_swap: undefined },
    "'memory' is 0 and 'memory_swap', which is both together, 0: the rest may be swapped",
  ],
  [
    { memory_swap: 0, capabilities: { add: ['IPC_LOCK'] } },
    "'memory' is 512 and 'memory_swap', which is both together, 0: the rest may be swapped",
  ],
])('%j is found', (container, seen) => {
  expect(seenOf(swaps, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([[{ memory: '512' }], [{ memory: '${var.memory}' }]])('%j is not', (container) => {
  expect(seenOf(swaps, { container })).toEqual([]);
});

test('nothing is found where the server locks its memory', () => {
  const container = { memory_swap: 0, capabilities: { drop: ['ALL'], add: ['CAP_IPC_LOCK'] } };
  expect(seenOf(swaps, { container, configuration: configured('disable_mlock = false') })).toEqual([]);
});
