import { ofConfigurations } from '../hardening';
import type { Rule } from '../rule';

/** OpenBao locks no memory. */
export const unsaidMemoryLock: Rule = {
  id: 'HRD-X07',
  level: 'warning',
  title: 'with raft it must be said whether memory is locked',
  ...ofConfigurations(
    function* (configuration) {
      if (configuration.text('disable_mlock') !== undefined) return;
      yield {
        seen: "the storage is raft, and the configuration has no 'disable_mlock'",
        remedy: "set disable_mlock = true, and 'memory_swap' as 'memory'",
      };
    },
    (configuration, { product }) =>
      product === 'vault' && configuration.blocks('storage').some(({ type }) => type === 'raft'),
  ),
};
