import type { Construct } from 'constructs';
import type { MountableVolume, VolumeMount } from './container';
import { projectFile } from './project-file';

/** The folder in which a container finds the certificate of the authority; nothing else is there. */
const DIRECTORY = '/vault/tls';

/** The authority by which clients know the server, and how they come by its certificate. It is no secret. */
export class TrustedAuthority {
  /** Where a container finds it. */
  public readonly path = `${DIRECTORY}/ca.pem`;

  public constructor(
    /** The certificate for Terraform and people, relative to the project. */
    public readonly file: string,
    private readonly volume: MountableVolume,
  ) {}

  /** What a container mounts. Programs read the certificate once, so another one is another container. */
  public mountIn(scope: Construct): VolumeMount {
    return {
      // A name, without the resource: it belongs to another stack.
      volume: { volumeName: this.volume.volumeName },
      target: DIRECTORY,
      readOnly: true,
      fingerprint: `\${filesha256("${projectFile(scope, this.file)}")}`,
    };
  }
}
