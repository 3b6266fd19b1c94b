import { didYouMean } from '../../policies/nearest-name';
import { knowsAllNames, namedContainersOf, writtenHosts } from '../container-networks';
import type { Rule } from '../rule';
import { isContainerName } from '../vault-address';
import { ofClients } from '../vault-clients';
import { serversOf } from '../vault-servers';

/** Judged where the server is declared here too: elsewhere others may be on the network. */
export const unknownHost: Rule = {
  id: 'WIR004',
  level: 'error',
  title: 'the host of Vault is called otherwise',
  ...ofClients(
    function* ({ container, addresses }, environment) {
      for (const { where, text, address } of addresses) {
        if (!address || !isContainerName(address)) continue;
        if (namedContainersOf(environment).has(address.host)) continue;
        if (writtenHosts(container).includes(address.host) || !knowsAllNames(environment, container))
          continue;
        const names = serversOf(environment).map((server) => server.container.name);
        yield {
          seen: `${where} is '${text}', and nothing here is called '${address.host}'`,
          remedy: didYouMean(
            address.host,
            names,
            `the server is called ${names.map((name) => `'${name}'`).join(', ')}`,
          ),
        };
      }
    },
    (environment) => serversOf(environment).length > 0,
  ),
};
