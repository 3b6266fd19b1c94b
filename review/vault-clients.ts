import { type Container, containersOf } from './container';
import { areConnected, namedContainersOf, networksOf } from './container-networks';
import { observation } from './hardening';
import { type MountVariable, mountVariablesOf } from './mount-variables';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';
import type { Observation, Rule } from './rule';
import { type VaultAddress, vaultAddress } from './vault-address';
import { agentsOf, type VaultAgent } from './vault-agents';
import { providersOf } from './vault-providers';
import { serversOf, type VaultServer } from './vault-servers';

/** A container that is told where Vault is, and is none itself. */
export interface VaultClient {
  readonly container: Container;
  /** Of its process. */
  readonly variables: ReadonlyMap<string, string>;
  readonly addresses: readonly ToldAddress[];
  /** Variables that name the KV engine in which it finds its secrets. */
  readonly mounts: readonly MountVariable[];
  /** What runs in it, where that is an agent. */
  readonly agent?: VaultAgent;
}

export interface ToldAddress {
  /** Where it is written, for a person. */
  readonly where: string;
  /** As it is written; what only Terraform knows is in brackets. */
  readonly text: string;
  /** What it says. @default it is none, or not known before an apply */
  readonly address?: VaultAddress;
}

/** OpenBao's programs read theirs first. */
const ADDRESSES: readonly string[] = ['VAULT_ADDR', 'BAO_ADDR'];

export const clientsOf = remembered((environment: ReviewedEnvironment): readonly VaultClient[] => {
  const servers = serverOf(environment);
  const agents = agentsOf(environment);
  return containersOf(environment).flatMap((container) => {
    if (servers.has(container)) return [];
    const agent = agents.get(container);
    const variables = container.environment;
    const addresses = addressesOf(variables, agent);
    if (addresses.length === 0) return [];
    const mounts = mountVariablesOf(variables);
    return { container, variables, addresses, mounts, ...(agent && { agent }) };
  });
});

function addressesOf(
  variables: ReadonlyMap<string, string>,
  agent: VaultAgent | undefined,
): readonly ToldAddress[] {
  const configured = agent?.configuration?.address ?? '';
  return [
    ...ADDRESSES.map((name) => told(`'${name}'`, variables.get(name) ?? '')),
    told("'address' of its agent", configured),
  ].filter(({ text }) => text !== '');
}

function told(where: string, text: string): ToldAddress {
  const address = vaultAddress(text);
  return { where, text, ...(address && { address }) };
}

/** The client that a container is. */
export function clientOf(environment: ReviewedEnvironment, container: Container): VaultClient | undefined {
  return clientByContainer(environment).get(container);
}

const clientByContainer = remembered(
  (environment: ReviewedEnvironment): ReadonlyMap<Container, VaultClient> =>
    new Map(clientsOf(environment).map((one) => [one.container, one])),
);

const serverOf = remembered(
  (environment: ReviewedEnvironment): ReadonlyMap<Container, VaultServer> =>
    new Map(serversOf(environment).map((one) => [one.container, one])),
);

/** What a host name stands for: all of its network that are called so, else all others. */
export function containersCalled(
  environment: ReviewedEnvironment,
  client: Container,
  host: string,
): readonly Container[] {
  const called = namedContainersOf(environment).get(host) ?? [];
  const near = called.filter((one) => areConnected(client, one) !== false);
  return near.length > 0 ? near : called;
}

/** Servers that a host name stands for, as far as nothing stands in front of one that shares its network. */
export function listeningAt(
  environment: ReviewedEnvironment,
  client: Container,
  host: string,
): readonly VaultServer[] {
  return hasJoined(environment) ? [] : serversCalled(environment, client, host);
}

const hasJoined = remembered((environment: ReviewedEnvironment): boolean =>
  containersOf(environment).some((one) => networksOf(one).isJoined),
);

/** Servers that a host name stands for. */
export function serversCalled(
  environment: ReviewedEnvironment,
  client: Container,
  host: string,
): readonly VaultServer[] {
  // Containers on the same networks find the same ones.
  const key = `${host}\0${networksOf(client).key}`;
  const known = foundServers(environment);
  const found =
    known.get(key) ??
    containersCalled(environment, client, host).flatMap((one) => serverOf(environment).get(one) ?? []);
  known.set(key, found);
  return found;
}

const foundServers = remembered((_: ReviewedEnvironment): Map<string, readonly VaultServer[]> => new Map());

/** Whether what the environment declares is what a client sees: its stacks know one Vault, and no namespaces. */
export function isOfOneVault(environment: ReviewedEnvironment, { variables }: VaultClient): boolean {
  const hasNamespace = ['VAULT_NAMESPACE', 'BAO_NAMESPACE'].some((name) => variables.get(name));
  return !hasNamespace && knowsOneVault(environment);
}

const knowsOneVault = remembered((environment: ReviewedEnvironment): boolean => {
  const stacks = providersOf(environment).map(({ stack }) => stack);
  return !environment.name.includes('@') && new Set(stacks).size === stacks.length;
});

/** Asks about each client. */
export function ofClients(
  flaws: (
    client: VaultClient,
    environment: ReviewedEnvironment,
  ) => Iterable<Pick<Observation, 'seen' | 'remedy'>>,
  isAbout: (environment: ReviewedEnvironment) => boolean = () => true,
): Required<Pick<Rule, 'applies' | 'check'>> {
  return {
    applies: (environment) => isAbout(environment) && clientsOf(environment).length > 0,
    *check(environment) {
      for (const client of clientsOf(environment)) {
        const { declared } = client.container;
        for (const flaw of flaws(client, environment)) yield observation(declared, flaw);
      }
    },
  };
}
