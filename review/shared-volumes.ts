import { type Container, containersOf, isBelow, type Mount, mountOf } from './container';
import { groupedBy } from './grouped-by';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';

/** A container that can write into a volume. */
export interface VolumeWriter {
  readonly container: Container;
  readonly mount: Mount;
}

/** By Docker's names of volumes. Readers are left out: all containers may read the certificate of an authority. */
const writersByVolume = remembered(
  (environment: ReviewedEnvironment): ReadonlyMap<string | undefined, readonly VolumeWriter[]> => {
    const writers = containersOf(environment).flatMap((container) =>
      container.mounts
        .filter(({ volume, isReadOnly }) => volume !== undefined && !isReadOnly)
        .map((mount): VolumeWriter => ({ container, mount })),
    );
    return groupedBy(writers, ({ mount }) => mount.volume);
  },
);

export function writersOf(environment: ReviewedEnvironment, volume: string): readonly VolumeWriter[] {
  return writersByVolume(environment).get(volume) ?? [];
}

/** Where a file is in a volume, from where it is in a container that mounts it. */
export function placeIn(mount: Mount, path: string): string {
  return path.slice(mount.path.replace(/\/+$/, '').length).replace(/^\/+|\/+$/g, '');
}

/** Whether it can be said that a path of a container is on no mount and is no file that is put there. */
export function isOfImage(container: Container, path: string): boolean {
  if (mountOf(container, path)) return false;
  const isUnsure = ['volumes', 'mounts', 'upload', 'tmpfs'].some((one) => container.isUnsure(one));
  if (isUnsure || container.blocks('volumes').some(({ from_container = '' }) => from_container)) return false;
  const temporary = [
    ...container.blocks('tmpfs').flatMap((one) => Object.keys(one)),
    ...container.blocks('mounts').map(({ type, target }) => (type === 'tmpfs' ? String(target) : '')),
  ];
  const put = container.blocks('upload').map(({ file }) => String(file));
  return (
    ![...temporary, ...put].some((one) => one !== '' && isBelow(path, one)) &&
    !put.some((one) => isBelow(one, path))
  );
}
