import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { Container, type ContainerPlace, type Prerequisite } from './container';
import type { Distribution } from './distribution';
import type { Environment } from './environment';
import { Health } from './health';
import { Listener } from './listener';
import { ValidationError } from './validation-error';
import type { VaultDescription } from './vault-description';
import { VaultServer } from './vault-server';
import { ownedBy } from './volume';

export interface DevelopmentServerProps {
  readonly place: ContainerPlace;
  /** Also the server's DNS name on the platform's network. */
  readonly containerName: string;
  readonly distribution: Distribution;
  /** Port on the host's loopback by which Terraform and people reach the server. */
  readonly hostPort: number;
  /** What must be there before. */
  readonly needs?: readonly Prerequisite[];
}

/** Without it the server refuses to answer Prometheus. The period is how long a metric is kept that is not updated. */
const TELEMETRY = JSON.stringify({ telemetry: { prometheus_retention_time: '24h', disable_hostname: true } });

/**
 * `server -dev`: in memory, over HTTP, initialised and unsealed by itself. Every restart begins empty, and the next
 * deploy writes everything again.
 */
export class DevelopmentServer extends VaultServer {
  public readonly environment: Environment;
  public readonly distribution: Distribution;
  public readonly address: string;
  public readonly nodes: readonly string[];
  public readonly hostAddress: string;
  public readonly authority: undefined;
  public readonly developmentRootToken: string;
  public readonly clientSubnet: undefined;
  public readonly description: VaultDescription;

  public constructor(scope: Construct, id: string, props: DevelopmentServerProps) {
    super(scope, id);
    const { place, distribution, containerName, hostPort } = props;
    const listener = Listener.http();
    if (!place.environment.isDevelopment) {
      throw new ValidationError(
        this,
        `'mode' must not be a development server outside development, got one in ${place.environment.name}; leave 'mode' out`,
      );
    }
    this.environment = place.environment;
    this.distribution = distribution;
    this.address = listener.address(containerName);
    this.nodes = [`${containerName}:${listener.port}`];
    this.hostAddress = listener.address('127.0.0.1', hostPort);
    this.developmentRootToken = `${place.platform}-dev-root-token`;
    this.description = {
      distribution: distribution.kind,
      mode: 'in-memory',
      development: true,
      addresses: [this.hostAddress],
      storage: 'in-memory',
      seal: 'none',
      audit: [],
      audit_enabled_by: distribution.auditEnabledBy,
      operator_access: [],
    };

    new Container(this, 'container', {
      place,
      service: 'vault',
      containerName,
      image: distribution.image,
      command: [
        'server',
        '-dev',
        // Without it the server ends right after its start where the image has no writable home.
        '-dev-no-store-token',
        `-dev-root-token-id=${this.developmentRootToken}`,
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
    Annotations.of(this).addWarning(
      'development server: in memory, over HTTP, with a root token that everybody knows; a restart loses what is in it until the next deploy',
    );
  }
}
