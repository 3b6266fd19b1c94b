import { shownNames } from '../../access/notes';
import { containersOf } from '../container';
import { ofServers } from '../hardening';
import type { Rule } from '../rule';
import { storageMountOf } from '../server-storage';

/** The storage is encrypted; who can write it can still destroy it, or bring back what was revoked. */
export const openStorage: Rule = {
  id: 'HRD-B15',
  level: 'warning',
  title: "others can reach the server's storage",
  ...ofServers(
    function* (server, environment) {
      const { container } = server;
      const { path, host, volume } = storageMountOf(server) ?? {};
      if (host !== undefined) {
        yield {
          seen: `the storage at '${path}' is the folder '${host}' of the host`,
          remedy: 'use a volume with a name, which Docker alone can reach',
        };
      }
      const others = containersOf(environment).filter(
        (one) =>
          one !== container && one.mounts.some((mount) => volume !== undefined && mount.volume === volume),
      );
      if (others.length === 0) return;
      yield {
        seen: `the volume of the storage, '${volume}', is mounted by others: ${shownNames(others.map(({ name }) => name))}`,
        remedy: 'mount it in the server alone, and take snapshots by the API',
      };
    },
    (server) => storageMountOf(server) !== undefined,
  ),
};
