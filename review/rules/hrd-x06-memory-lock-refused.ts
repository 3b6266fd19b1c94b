import { ofConfigurations } from '../hardening';
import { mayLockMemory } from '../memory-lock';
import type { Rule } from '../rule';

/** OpenBao locks no memory. */
export const memoryLockRefused: Rule = {
  id: 'HRD-X06',
  level: 'error',
  title: 'the server is to lock its memory, and may not',
  ...ofConfigurations(
    function* (_, { container }) {
      if (container.isUnsure('capabilities') || mayLockMemory(container)) return;
      yield {
        seen: "'disable_mlock' is not true, and the container has no IPC_LOCK: the server does not start",
        remedy:
          "add the capability IPC_LOCK; with raft set disable_mlock = true, and 'memory_swap' as 'memory'",
      };
    },
    (configuration, { product }) => product === 'vault' && !configuration.isTrue('disable_mlock'),
  ),
};
