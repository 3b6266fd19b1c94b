import { nearestName } from '../../policies/nearest-name';
import { enginePathsOf } from '../engine-paths';
import { mountVariablesOf } from '../mount-variables';
import type { Rule } from '../rule';
import { isOpen, vaultAddress } from '../vault-address';
import { isOfOneVault, ofClients, serversCalled } from '../vault-clients';

/** A mount of somebody else's Vault may be declared elsewhere: there only what is almost a mount is found. */
export const undeclaredMountVariable: Rule = {
  id: 'WIR018',
  level: 'error',
  title: 'a container is told a mount that there is not',
  ...ofClients(
    function* (client, environment) {
      const { container, variables, addresses } = client;
      const paths = enginePathsOf(environment) ?? [];
      if (!isOfOneVault(environment, client)) return;
      const isOwn = addresses.some(({ text }) => {
        const host = vaultAddress(text)?.host;
        return host !== undefined && serversCalled(environment, container, host).length > 0;
      });
      for (const [name, mount] of mountVariablesOf(variables)) {
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
