import { isBelow } from '../container';
import { ofServers } from '../hardening';
import type { Rule } from '../rule';

/** What a server can change, whoever takes it over can change: programs, and its own configuration. */
export const writesToItsImage: Rule = {
  id: 'HRD-B02',
  level: 'warning',
  title: 'the server can write where it need not',
  ...ofServers(function* ({ container, product }) {
    if (container.flag('read_only') === false) {
      yield {
        seen: "'read_only' is not true: the server can change the programs of its image",
        remedy: 'set read_only = true, with a tmpfs at /tmp',
      };
    }
    for (const { path, isReadOnly } of container.mounts) {
      if (isReadOnly || !isBelow(path, `/${product}/config`)) continue;
      yield {
        seen: `the mount at '${path}' is not read-only: the server can change its own configuration`,
        remedy: 'set read_only = true for it',
      };
    }
  }),
};
