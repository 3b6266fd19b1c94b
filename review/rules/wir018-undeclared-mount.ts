import { nearestName } from '../../policies/nearest-name';
import { enginePathsOf } from '../engine-paths';
import type { Rule } from '../rule';
import { isOpen } from '../vault-address';
import { isOfOneVault, ofClients, serversCalled } from '../vault-clients';

/** A mount of somebody else's Vault may be declared elsewhere: there only what is almost a mount is found. */
export const undeclaredMountVariable: Rule = {
  id: 'WIR018',
  level: 'error',
  title: 'a container is told a mount that there is not',
  ...ofClients(
    function* (client, environment) {
      const { container, mounts, addresses } = client;
      const paths = enginePathsOf(environment) ?? [];
      if (!isOfOneVault(environment, client)) return;
      const isOwn = addresses.some(({ address }) => {
        const host = address?.host;
        return host !== undefined && serversCalled(environment, container, host).length > 0;
      });
      for (const [name, mount] of mounts) {
        const bare = mount.replace(/^\/+|\/+$/g, '');
        if (isOpen(mount) || paths.includes(bare)) continue;
        const meant = meantBy(bare, paths);
        if (meant === undefined && !isOwn) continue;
        yield {
          seen: `'${name}' is '${mount}', and no engine is mounted there`,
          remedy:
            meant === undefined
              ? `there is ${paths.map((path) => `'${path}'`).join(', ')}`
              : `did you mean '${meant}'?`,
        };
      }
    },
    (environment) => (enginePathsOf(environment)?.length ?? 0) > 0,
  ),
};

/** Quotes are part of a variable, and the parts of KV's API are none of its mount. */
function meantBy(mount: string, paths: readonly string[]): string | undefined {
  const plain = mount
    .replace(/^["'\s/]+|["'\s/]+$/g, '')
    .replace(/^v1\//, '')
    .replace(/\/(data|metadata)$/, '');
  return paths.includes(plain) ? plain : nearestName(plain.toLowerCase(), paths);
}
