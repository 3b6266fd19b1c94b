import type { Container } from '../container';
import { networksOf } from '../container-networks';
import { isLoopback } from '../host-address';
import { remembered } from '../remembered';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';
import { listenersOf } from '../server-listeners';
import { ofClients } from '../vault-clients';
import { serversOf } from '../vault-servers';

const RUNS_SERVER = /(?:^|[\s;&|/])(?:vault|bao)\s+server\b/;

export const looksInItself: Rule = {
  id: 'WIR003',
  level: 'error',
  title: 'a container looks for Vault in itself',
  ...ofClients(function* ({ container, addresses, agent }, environment) {
    for (const { where, text, address } of addresses) {
      const { host, port = 0 } = address ?? {};
      if (host === undefined || !isLoopback(host) || mayAnswer(container)) continue;
      // A program beside an agent may ask the agent, which then has an address of its own.
      const isOfAgent = agent?.configuration?.address === text;
      if (agent?.configuration?.address && !isOfAgent) continue;
      if (!portsOf(environment).has(port)) continue;
      yield {
        seen: `${where} is '${text}', which in a container is the container itself`,
        remedy: "write the name of Vault's container, or of its host",
      };
    }
  }),
};

/** Whether something else than the container's own program may be there. */
function mayAnswer(container: Container): boolean {
  const { isHost, isJoined } = networksOf(container);
  return isHost || isJoined || RUNS_SERVER.test(container.words.join(' '));
}

/** Of Vault. At others an agent of the image may answer. */
const portsOf = remembered((environment: ReviewedEnvironment): ReadonlySet<number> => {
  const ports = serversOf(environment).flatMap((server) => [
    ...(listenersOf(server) ?? []).map(({ port }) => port),
    ...server.container
      .blocks('ports')
      .flatMap(({ internal, external }) => [Number(internal), Number(external)]),
  ]);
  return new Set([8200, ...ports]);
});
