import { mountOf } from '../container';
import { ofConfigurations } from '../hardening';
import type { Rule } from '../rule';
import { storagePathOf } from '../server-storage';

/** An upgrade is a new container on the same volume, after the old one has ended. */
export const mutableServer: Rule = {
  id: 'HRD-X03',
  level: 'error',
  title: 'the server cannot be replaced without harm',
  ...ofConfigurations(
    function* (_, server) {
      const { container } = server;
      const path = storagePathOf(server) as string;
      if (!mountOf(container, path) && !container.isUnsure('volumes') && !container.isUnsure('mounts')) {
        yield {
          seen: `the storage at '${path}' is in the container, and lost with it`,
          remedy: 'mount a volume there',
        };
      }
      if (!container.blocks('lifecycle').some((one) => String(one.create_before_destroy) === 'true')) return;
      yield {
        seen: "'create_before_destroy' is true: two servers are to write the same storage",
        remedy: 'take it away',
      };
    },
    (_, server) => storagePathOf(server) !== undefined,
  ),
};
