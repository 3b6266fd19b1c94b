import { networksOf } from '../container-networks';
import { isLoopback } from '../host-address';
import type { Rule } from '../rule';
import { vaultAddress } from '../vault-address';
import { ofClients } from '../vault-clients';

const RUNS_SERVER = /(?:^|[\s;&|/])(?:vault|bao)\s+server\b/;

export const looksInItself: Rule = {
  id: 'WIR003',
  level: 'error',
  title: 'a container looks for Vault in itself',
  ...ofClients(function* ({ container, addresses, agent }) {
    const { isHost, isJoined } = networksOf(container);
    if (isHost || isJoined || RUNS_SERVER.test(container.words.join(' '))) return;
    for (const { where, text } of addresses) {
      const host = vaultAddress(text)?.host;
      // A program beside an agent may ask the agent, which then has an address of its own.
      const isOfAgent = agent?.configuration?.address === text;
      if (host === undefined || !isLoopback(host) || (agent?.configuration?.address && !isOfAgent)) continue;
      yield {
        seen: `${where} is '${text}', which in a container is the container itself`,
        remedy: "write the name of Vault's container, or of its host",
      };
    }
  }),
};
