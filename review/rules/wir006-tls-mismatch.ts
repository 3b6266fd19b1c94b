import { isLoopback } from '../host-address';
import type { Rule } from '../rule';
import { listenersOf } from '../server-listeners';
import { listeningAt, ofClients } from '../vault-clients';
import { serversOf } from '../vault-servers';

/** HTTP outside development is told by HRD-B03, whatever the server speaks. */
export const tlsMismatch: Rule = {
  id: 'WIR006',
  level: 'error',
  title: 'one side speaks TLS, and the other does not',
  ...ofClients(
    function* ({ container, addresses }, environment) {
      for (const { where, text, address } of addresses) {
        if (!address || (!environment.isDevelopment && address.scheme === 'http')) continue;
        for (const server of listeningAt(environment, container, address.host)) {
          const there = listenersOf(server)?.filter(
            ({ host, port }) => port === address.port && !isLoopback(host),
          );
          const isTls = address.scheme === 'https';
          if (!there || there.length === 0 || there.some((one) => one.isTls === isTls)) continue;
          yield {
            seen: `${where} is '${text}', and '${server.container.name}' speaks ${isTls ? 'HTTP' : 'HTTPS'} at ${address.port}`,
            remedy: isTls
              ? 'give its listener a certificate, or in development write http://'
              : 'write it with https://',
          };
        }
      }
    },
    (environment) => serversOf(environment).length > 0,
  ),
};
