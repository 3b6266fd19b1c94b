import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { Container, type ContainerPlace, type Prerequisite } from './container';
import type { Distribution } from './distribution';
import { Health } from './health';
import type { Listener } from './listener';
import type { Seal } from './seal';
import type { Storage } from './storage';
import { ownedBy } from './volume';

export interface VaultServerProps {
  readonly place: ContainerPlace;
  /** Also the server's DNS name on the platform's network. */
  readonly containerName: string;
  readonly distribution: Distribution;
  readonly listener: Listener;
  readonly storage: Storage;
  readonly seal: Seal;
  /**
   * Port on the host's loopback by which Terraform and people reach the server.
   * @default 8200
   */
  readonly hostPort?: number;
  /** What must be there before. */
  readonly needs?: readonly Prerequisite[];
}

/** Without it the server refuses to answer Prometheus. The period is how long a metric is kept that is not updated. */
const TELEMETRY = JSON.stringify({ telemetry: { prometheus_retention_time: '24h', disable_hostname: true } });

/** A Vault server in a container. Everything that must reach it derives its address from here. */
export class VaultServer extends Construct {
  public readonly containerName: string;
  public readonly distribution: Distribution;
  /** The address for containers on the platform's network. */
  public readonly address: string;
  /** The address for Terraform and people on the Docker host. */
  public readonly hostAddress: string;
  /**
   * The token with which a development server starts, meant for Terraform alone. It is no secret: it is
   * derived from the platform's name, so it stands in the synthesized stacks.
   */
  public readonly developmentRootToken: string;

  public constructor(scope: Construct, id: string, props: VaultServerProps) {
    super(scope, id);
    const { place, distribution, listener } = props;
    const hostPort = props.hostPort ?? 8200;
    this.containerName = props.containerName;
    this.distribution = distribution;
    this.address = listener.address(props.containerName);
    this.hostAddress = listener.address('127.0.0.1', hostPort);
    this.developmentRootToken = `${place.platform}-dev-root-token`;

    new Container(this, 'container', {
      place,
      service: 'vault',
      containerName: props.containerName,
      image: distribution.image,
      command: [
        'server',
        ...props.seal.serverFlags(this.developmentRootToken),
        `-dev-listen-address=0.0.0.0:${listener.port}`,
      ],
      environment: { ...distribution.entrypointVariables, [distribution.configurationVariable]: TELEMETRY },
      user: distribution.user,
      readOnlyRootFilesystem: true,
      tmpfs: {
        '/tmp': 'rw,noexec,nosuid,nodev,size=16m',
        [distribution.configurationDirectory]: `rw,noexec,nosuid,nodev,size=1m,mode=0700,${ownedBy(distribution.user)}`,
      },
      memoryMiB: 512,
      ports: [{ host: hostPort, container: listener.port }],
      needs: props.needs,
      health: Health.command(distribution.binary, 'status', `-address=${listener.address('127.0.0.1')}`),
    });
    if (!props.storage.survivesRestart) {
      Annotations.of(this).addWarning(
        'development server: in memory, over HTTP, with a root token that everybody knows; a restart loses what is in it until the next deploy',
      );
    }
  }
}
