import { type Container, containersOf } from './container';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';
import type { Observation, Rule } from './rule';
import type { ServerConfiguration } from './server-configuration';
import { serversOf, type VaultServer } from './vault-servers';

/** What HashiCorp's list for production asks for and is not so, and how to mend it. */
export interface Flaw {
  readonly seen: string;
  readonly remedy: string;
}

type Judging = Required<Pick<Rule, 'applies' | 'check'>>;

/** Asks about each server that is declared, outside development. */
export function ofServers(
  flaws: (server: VaultServer, environment: ReviewedEnvironment) => Iterable<Flaw>,
  isAbout: (server: VaultServer, environment: ReviewedEnvironment) => boolean = () => true,
): Judging {
  const judged = (environment: ReviewedEnvironment) =>
    environment.isDevelopment ? [] : serversOf(environment).filter((one) => isAbout(one, environment));
  return {
    applies: (environment) => judged(environment).length > 0,
    *check(environment) {
      for (const server of judged(environment)) {
        const { declared } = server.container;
        for (const flaw of flaws(server, environment)) yield observation(declared, flaw);
      }
    },
  };
}

/** Asks about each server whose configuration can be read. */
export function ofConfigurations(
  flaws: (configuration: ServerConfiguration, server: VaultServer) => Iterable<Flaw>,
  isAbout: (configuration: ServerConfiguration, server: VaultServer) => boolean = () => true,
): Judging {
  return ofServers(
    (server) => flaws(server.configuration as ServerConfiguration, server),
    (server) => server.configuration !== undefined && isAbout(server.configuration, server),
  );
}

/** Asks about each container, whatever is in it. */
export function ofContainers(flaws: (container: Container) => Iterable<Flaw>): Judging {
  return {
    applies: (environment) => !environment.isDevelopment && containersOf(environment).length > 0,
    *check(environment) {
      for (const container of containersOf(environment)) {
        for (const flaw of flaws(container)) yield observation(container.declared, flaw);
      }
    },
  };
}

/** Where something is declared, and what is wrong with it. */
export function* observations(declared: ReviewedBlock, flaws: Iterable<Flaw>): Iterable<Observation> {
  for (const flaw of flaws) yield observation(declared, flaw);
}

/** The same of one thing. */
export function observation(
  { stack, block, constructPath }: ReviewedBlock,
  { seen, remedy }: Flaw,
): Observation {
  return {
    stack,
    address: block.address,
    ...(constructPath !== undefined && { constructPath }),
    seen,
    remedy,
  };
}
