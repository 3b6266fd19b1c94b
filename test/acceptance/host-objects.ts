import { progress, run } from './command';
import { type EngineObject, existing, inspect, remove } from './engine';
import {
  containerNames,
  containersOf,
  type ExpectedPlatform,
  environmentOf,
  isLasting,
  nodesOf,
  usesTls,
} from './expectation';
import { Project } from './project';

/** Containers that copied files onto a volume of the server, and ended. */
export function preparedContainers(platform: ExpectedPlatform): string[] {
  if (!isLasting(platform)) return [];
  return [
    ...nodesOf(platform).map((node) => `${node}-config-files`),
    ...(usesTls(platform) ? [`${platform.vault.containerName}-ca-files`] : []),
  ];
}

/** The volumes of the server: empty for one that keeps everything in memory. */
export function serverVolumes(platform: ExpectedPlatform): string[] {
  if (!isLasting(platform)) return [];
  return [
    ...nodesOf(platform).flatMap((node) => ['config', 'data', 'logs'].map((name) => `${node}-${name}`)),
    ...(usesTls(platform) ? [`${platform.vault.containerName}-ca`] : []),
  ];
}

/** All volumes with a name of ours: those of the table, of the server, and of agents. */
export function volumesOf(platform: ExpectedPlatform): string[] {
  const ofAgents = containersOf(platform)
    .filter(({ container }) => container.agent)
    .flatMap(({ containerName }) => [
      `${containerName}-secrets`,
      ...(isLasting(platform) ? [`${containerName}-identity`] : []),
    ]);
  return [...new Set([...platform.volumes, ...serverVolumes(platform), ...ofAgents])].sort();
}

/** What a platform has on the Docker host, by kind. */
function objectsOf(platform: ExpectedPlatform): readonly (readonly [EngineObject, readonly string[]])[] {
  return [
    ['container', [...containerNames(platform), ...preparedContainers(platform)]],
    ['network', [platform.network]],
    ['volume', volumesOf(platform)],
  ];
}

/** The names of all objects of a platform that exist, with their kind. */
export async function remainsOf(platform: ExpectedPlatform): Promise<string[]> {
  const found = await Promise.all(
    objectsOf(platform).map(async ([kind, names]) =>
      (await existing(kind, names)).map((name) => `${kind} ${name}`),
    ),
  );
  return found.flat().sort();
}

/** What the first stack of a platform puts onto the Docker host, in the words of {@link remainsOf}. */
export function objectsOfServer(platform: ExpectedPlatform): string[] {
  return [
    ...[...nodesOf(platform), ...preparedContainers(platform)].map((name) => `container ${name}`),
    `network ${platform.network}`,
    ...serverVolumes(platform).map((name) => `volume ${name}`),
  ].sort();
}

/** Removes all environments of a platform from the Docker host: by label, and by the names of its objects. */
export async function removeEnvironment(platform: ExpectedPlatform): Promise<void> {
  const labelled = ['ps', '--all', '--format', '{{.Names}}', '--filter', `label=platform=${platform.name}`];
  const containers = (await run('docker', labelled)).split('\n').filter((name) => name !== '');
  const mounted =
    containers.length === 0 ? [] : [...(await inspect(containers)).values()].flatMap(({ Mounts }) => Mounts);
  await remove('container', containers);
  await remove('volume', [
    ...new Set([...volumesOf(platform), ...mounted.flatMap(({ Name }) => Name ?? [])]),
  ]);
  await remove('network', [platform.network]);
}

/**
 * Makes sure that the names of a platform are free. What a killed run left behind is removed; a developer's own
 * environment is not, since its database would be lost.
 */
export async function claimNames(platform: ExpectedPlatform): Promise<void> {
  const leftovers = Project.leftovers().filter((project) => project.isOf(platform.name));
  if (leftovers.length > 0) {
    progress(`${environmentOf(platform)}: removing what a killed run left`);
    await removeEnvironment(platform);
    for (const project of leftovers) project.forget(platform.name);
  }
  const remains = await remainsOf(platform);
  if (remains.length > 0) {
    throw new Error(
      `the tests deploy an environment of '${platform.name}', and one is here already: ${remains.join(', ')}; destroy it first`,
    );
  }
}
