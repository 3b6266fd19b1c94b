import type { Deployment } from './deployment';
import { addedVariables, inspect } from './engine';
import {
  containerNames,
  containersOf,
  type ExpectedContainer,
  type ExpectedPlatform,
  nodesOf,
  TOKEN,
} from './expectation';
import type { Parts } from './parts';

/** As much of a container as a table row says. */
interface Facts {
  readonly status: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string | undefined>>;
  readonly restart: string;
  readonly memory: number;
  readonly log: unknown;
  readonly security: readonly string[];
  readonly capDrop: readonly string[];
  readonly capAdd: readonly string[];
  readonly privileged: boolean;
  readonly ports: readonly string[];
  readonly networks: readonly string[];
}

/** All containers of the platform as they run, in the shape of {@link expectedFacts}. */
export async function actualFacts({ platform }: Deployment): Promise<Record<string, Facts>> {
  const inspected = await inspect(containerNames(platform));
  return Object.fromEntries(
    [...inspected].map(([name, { State, Config, HostConfig, NetworkSettings }]) => [
      name,
      {
        status: State.Health ? `${State.Status}, ${State.Health.Status}` : State.Status,
        image: Config.Image,
        labels: {
          platform: Config.Labels.platform,
          environment: Config.Labels.environment,
          service: Config.Labels.service,
        },
        restart: HostConfig.RestartPolicy.Name,
        memory: HostConfig.Memory,
        log: HostConfig.LogConfig,
        security: HostConfig.SecurityOpt,
        capDrop: HostConfig.CapDrop,
        capAdd: HostConfig.CapAdd ?? [],
        privileged: HostConfig.Privileged,
        ports: Object.entries(HostConfig.PortBindings ?? {})
          .flatMap(([inside, bindings]) =>
            bindings.map(({ HostIp, HostPort }) => `${HostIp}:${HostPort}->${inside}`),
          )
          .sort(),
        networks: Object.keys(NetworkSettings.Networks),
      },
    ]),
  );
}

/** The table of all containers, agents and server included. */
export function expectedFacts({ platform, parts }: Deployment): Record<string, Facts> {
  const facts = (
    service: string,
    image: string | undefined,
    container: Omit<ExpectedContainer, 'variables'>,
  ) => ({
    status: container.checked ? 'running, healthy' : 'running',
    image: image ?? '',
    labels: { platform: platform.name, environment: platform.environment, service },
    restart: 'unless-stopped',
    memory: container.memoryMiB * 1024 * 1024,
    log: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    security: ['no-new-privileges:true'],
    capDrop: ['ALL'],
    capAdd: [],
    privileged: false,
    ports: Object.entries(container.ports ?? {})
      .map(([inside, host]) => `127.0.0.1:${host}->${inside}/tcp`)
      .sort(),
    networks: [platform.network],
  });
  const { vault } = platform;
  const servers = nodesOf(platform).map((node, i) => {
    const server = { memoryMiB: vault.memoryMiB, checked: true, ports: { 8200: vault.hostPort + i } };
    return [
      node,
      { ...facts('vault', parts.images.vault, server), capAdd: keptByServer(platform, parts) },
    ] as const;
  });
  const rows = containersOf(platform).flatMap(({ containerName, serviceName, container }) => [
    [containerName, facts(serviceName, parts.images[serviceName], container)] as const,
    ...(container.agent
      ? ([
          [
            `${containerName}-agent`,
            facts(serviceName, parts.images.vault, { memoryMiB: 128, checked: true }),
          ],
        ] as const)
      : []),
  ]);
  return Object.fromEntries([...servers, ...rows]);
}

/** HashiCorp Vault locks its memory where its storage allows it; OpenBao has given that up. */
function keptByServer({ vault }: ExpectedPlatform, { distribution }: Parts): string[] {
  return distribution === 'vault' && vault.storesInFiles ? ['CAP_IPC_LOCK'] : [];
}

/** The variables of all containers of services, with a word in place of a service's own token. */
export async function actualVariables(deployment: Deployment): Promise<Record<string, unknown>> {
  const { platform } = deployment;
  const names = containersOf(platform).map(({ containerName }) => containerName);
  const inspected = await inspect(names);
  const rows = [...inspected].map(async ([name, container]) => {
    const variables = await addedVariables(container);
    // Docker's own word for how the image reports health is none of ours.
    return [name, 'VAULT_TOKEN' in variables ? { ...variables, VAULT_TOKEN: TOKEN } : variables] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}

export function expectedVariables({ platform }: Deployment): Record<string, unknown> {
  return Object.fromEntries(
    containersOf(platform).map(({ containerName, container }) => [containerName, container.variables]),
  );
}
