import { ofServers } from '../hardening';
import { locksMemory } from '../memory-lock';
import type { Rule } from '../rule';

/** What is swapped is on a disk in clear text, keys among it. */
export const swaps: Rule = {
  id: 'HRD-B04',
  level: 'warning',
  title: "the server's memory can be swapped to a disk",
  ...ofServers(function* (server) {
    const { container } = server;
    const memory = container.number('memory');
    const together = container.number('memory_swap');
    const isUnsure = memory === undefined || together === undefined;
    if (isUnsure || (memory > 0 && memory === together) || locksMemory(server)) return;
    yield {
      seen: `'memory' is ${memory} and 'memory_swap', which is both together, ${together}: the rest may be swapped`,
      remedy: "set 'memory_swap' to the same as 'memory'",
    };
  }),
};
