import { areConnected, namedContainersOf, networksOf, writtenHosts } from '../container-networks';
import type { Rule } from '../rule';
import { ofClients } from '../vault-clients';

/** Docker finds names on networks that somebody made, and not on its default one. */
export const noSharedNetwork: Rule = {
  id: 'WIR008',
  level: 'error',
  title: 'a container shares no network with its Vault',
  ...ofClients(function* ({ container, addresses }, environment) {
    for (const { where, text, address } of addresses) {
      const host = address?.host;
      const called = host === undefined ? [] : (namedContainersOf(environment).get(host) ?? []);
      if (called.length === 0 || writtenHosts(container).includes(host as string)) continue;
      if (called.some((one) => areConnected(container, one) !== false)) continue;
      const [own, its] = [container, called[0] as typeof container].map((one) => networksOf(one));
      yield {
        seen: `${where} is '${text}', and '${host}' is on ${shown(its?.names)}, the container on ${own?.isHost ? 'that of its host' : shown(own?.names)}`,
        remedy: 'put both on one network that is made for them',
      };
    }
  }),
};

function shown(names: readonly string[] = []): string {
  return names.length === 0 ? 'no network with names' : names.map((name) => `'${name}'`).join(', ');
}
