import { Volume as DockerVolume } from '@cdktf/provider-docker/lib/volume';
import { Construct } from 'constructs';
import { violationOfDockerName } from '../policies/names';
import { DATA_LABEL } from './data-label';
import type { Environment } from './environment';
import { Host } from './host';
import { requireName } from './validation-error';

export interface VolumeProps {
  readonly environment: Environment;
  /** Unique on the Docker host. */
  readonly volumeName: string;
  /**
   * Keeps the volume in memory. The first user may write there, the group may read, and nobody else may do
   * anything. It lives as long as a container mounts it.
   * @default - on disk
   */
  readonly inMemoryFor?: { readonly writer: string; readonly readers: string };
  /**
   * Whether it holds what cannot be made again: outside development Terraform then refuses to destroy it.
   * @default false
   */
  readonly holdsData?: boolean;
}

/** A named Docker volume. */
export class Volume extends Construct {
  public readonly volumeName: string;
  public readonly resource: DockerVolume;

  public constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    this.volumeName = props.volumeName;
    requireName(this, 'volumeName', props.volumeName, violationOfDockerName);
    Host.of(this, props.environment.host).claim(
      this,
      'volume',
      props.volumeName,
      'volumes are shared by the whole Docker host',
    );
    this.resource = new DockerVolume(this, 'Resource', {
      name: props.volumeName,
      driver: props.inMemoryFor && 'local',
      driverOpts:
        props.inMemoryFor && tmpfsOptions(`uid=${props.inMemoryFor.writer},gid=${props.inMemoryFor.readers}`),
      // Whether it is protected or not: another label is another volume.
      labels: props.holdsData ? [{ label: DATA_LABEL, value: 'true' }] : undefined,
      lifecycle: props.holdsData ? props.environment.protection : undefined,
    });
  }
}

function tmpfsOptions(owners: string): Record<string, string> {
  return { type: 'tmpfs', device: 'tmpfs', o: `size=1m,mode=0750,${owners},noexec,nosuid,nodev` };
}

/** Mount options: Docker gives a file system in memory the owner of the folder below it, unless told otherwise. */
export function ownedBy(user: string): string {
  const [uid, gid] = user.split(':');
  return `uid=${uid},gid=${gid}`;
}
