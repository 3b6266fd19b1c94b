import type { Flaw } from '../hardening';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';
import { isOpen } from '../vault-address';
import { agentBeside } from '../vault-agents';
import { clientOf, ofClients, serversCalled, type ToldAddress, type VaultClient } from '../vault-clients';

/** A token of one server is of no use at another. */
export const twoVaults: Rule = {
  id: 'WIR022',
  level: 'error',
  title: 'a container and its agent are sent to two Vaults',
  ...ofClients(function* (client, environment) {
    if (client.agent) yield* ofAgent(client, environment);
    else yield* ofServed(client, environment);
  }),
};

/** An agent takes the variable, whatever its configuration says. */
function* ofAgent(client: VaultClient, environment: ReviewedEnvironment): Iterable<Flaw> {
  const [first, ...others] = client.addresses;
  for (const other of others) {
    if (!first || isSame(environment, client, first, client, other)) continue;
    yield {
      seen: `${first.where} is '${first.text}', and ${other.where} is '${other.text}'`,
      remedy: 'write the same address in both, or leave the variable out',
    };
  }
}

function* ofServed(client: VaultClient, environment: ReviewedEnvironment): Iterable<Flaw> {
  const beside = agentBeside(environment, client.container);
  const agent = beside && clientOf(environment, beside.container);
  const [own, its] = [client.addresses[0], agent?.addresses[0]];
  if (!agent || !own || !its || isSame(environment, client, own, agent, its)) return;
  yield {
    seen: `${own.where} is '${own.text}', and its agent '${agent.container.name}' logs in at '${its.text}'`,
    remedy: 'write the same address for both',
  };
}

/** Whether both lead to a server that is the same, as far as that can be told. */
function isSame(
  environment: ReviewedEnvironment,
  one: VaultClient,
  { text, address: a }: ToldAddress,
  other: VaultClient,
  { text: otherText, address: b }: ToldAddress,
): boolean {
  if (text === otherText || isOpen(text) || isOpen(otherText)) return true;
  if (!a || !b || (a.host === b.host && a.port === b.port)) return true;
  const servers = serversCalled(environment, one.container, a.host);
  const others = serversCalled(environment, other.container, b.host);
  // A name and an address of the host may well be one server, and nodes of a cluster share their tokens.
  if (servers.length === 0 && others.length === 0) {
    const domains = [domainOf(a.host), domainOf(b.host)];
    return domains.includes('') || domains[0] === domains[1];
  }
  if (servers.length === 0 || others.length === 0) return true;
  return servers.some((server) => others.includes(server));
}

/** Nodes of one server are mostly called otherwise in one domain; an IP address says nothing. */
function domainOf(host: string): string {
  return /[a-z]/.test(host) && host.includes('.') ? host.slice(host.indexOf('.')) : '';
}
