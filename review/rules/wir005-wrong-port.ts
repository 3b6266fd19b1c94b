import { isLoopback } from '../host-address';
import type { Rule } from '../rule';
import { listenersOf, type ServerListener } from '../server-listeners';
import { listeningAt, ofClients } from '../vault-clients';
import { serversOf, type VaultServer } from '../vault-servers';

export const wrongPort: Rule = {
  id: 'WIR005',
  level: 'error',
  title: 'Vault does not listen there',
  ...ofClients(
    function* ({ container, addresses }, environment) {
      for (const { where, text, address } of addresses) {
        if (!address) continue;
        for (const server of listeningAt(environment, container, address.host)) {
          const listeners = listenersOf(server);
          if (!listeners || listeners.some((one) => isReached(one, address.port))) continue;
          yield {
            seen: `${where} is '${text}', and '${server.container.name}' listens at ${shown(listeners)}${published(server, listeners, address.port)}`,
            remedy: remedyFor(listeners),
          };
        }
      }
    },
    (environment) => serversOf(environment).length > 0,
  ),
};

function isReached({ host, port }: ServerListener, asked: number): boolean {
  return port === asked && !isLoopback(host);
}

function shown(listeners: readonly ServerListener[]): string {
  return listeners.map(({ host, port }) => `'${host}:${port}'`).join(', ');
}

/** What is seen from outside is not what a network of containers sees. */
function published({ container }: VaultServer, listeners: readonly ServerListener[], port: number): string {
  if (listeners.some((one) => one.port === port)) return '';
  const isPublished = container.blocks('ports').some(({ external }) => Number(external) === port);
  return isPublished ? `; ${port} is its port on the host` : '';
}

function remedyFor(listeners: readonly ServerListener[]): string {
  const open = listeners.find(({ host }) => !isLoopback(host));
  return open ? `write port ${open.port}` : "let the server listen at '0.0.0.0:8200'";
}
