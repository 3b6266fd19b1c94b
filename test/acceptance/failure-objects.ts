import { run } from './command';
import { type EngineObject, remove } from './engine';

/** Removes everything of a platform, whatever state it is in. Its name is nobody else's. */
export async function removeAll(platform: string): Promise<void> {
  for (const [kind, names] of await objectsOf(platform)) await remove(kind, names);
  const images = await run('docker', [
    'image',
    'ls',
    '--format',
    '{{.Repository}}:{{.Tag}}',
    `${platform}/*`,
  ]);
  for (const image of images.split('\n').filter((name) => name !== '')) {
    await run('docker', ['image', 'rm', image]);
  }
}

/** All that there is of a platform on the Docker host, by kind, in the order of removal. */
export async function objectsOf(
  prefix: string,
): Promise<readonly (readonly [EngineObject, readonly string[]])[]> {
  const named = async (kind: EngineObject, listing: readonly string[]) => {
    const names = (await run('docker', listing)).split('\n').filter((name) => name.startsWith(`${prefix}-`));
    return [kind, names] as const;
  };
  return [
    await named('container', ['ps', '--all', '--format', '{{.Names}}']),
    await named('volume', ['volume', 'ls', '--format', '{{.Name}}']),
    await named('network', ['network', 'ls', '--format', '{{.Name}}']),
  ];
}
