import type { ExpectedPlatform, ExpectedService } from './expectation';

/**
 * A platform as its fact sheet wants it outside development: the same services, paths and rights, with TLS on every
 * connection and a token of its own for each service, in a file in memory.
 *
 * @param nodes how many servers keep the data
 */
export function outsideDevelopment(
  platform: ExpectedPlatform,
  environment: 'staging' | 'production',
  nodes: 1 | 3,
): ExpectedPlatform {
  const { vault } = platform;
  const { rootToken: _, storesInFiles: __, ...server } = vault;
  return {
    ...platform,
    environment,
    vault: {
      ...server,
      address: vault.address.replace('http://', 'https://'),
      memoryMiB: 1024,
      ...(nodes > 1 && {
        nodes: Array.from({ length: nodes }, (_, i) => `${vault.containerName}-${i + 1}`),
      }),
    },
    services: Object.fromEntries(
      Object.entries(platform.services).map(([name, service]) => [name, withAgents(service)]),
    ),
  };
}

function withAgents(service: ExpectedService): ExpectedService {
  return {
    ...service,
    containers: Object.fromEntries(
      Object.entries(service.containers).map(([name, container]) => [
        name,
        {
          ...container,
          variables: overTls(container.variables),
          // The client library runs in applications: their agents write the token.
          ...(service.standIn === 'app' && { agent: true as const }),
        },
      ]),
    ),
  };
}

/** Where a token was in a variable, the client library now finds it in the home of the container. */
function overTls(variables: Readonly<Record<string, string>>): Record<string, string> {
  const { VAULT_ADDR: address, VAULT_TOKEN: token, ...others } = variables;
  if (address === undefined) return others;
  return {
    ...others,
    VAULT_ADDR: address.replace('http://', 'https://'),
    VAULT_CACERT: '/vault/tls/ca.pem',
    ...(token !== undefined && { HOME: '/vault/secrets' }),
  };
}
