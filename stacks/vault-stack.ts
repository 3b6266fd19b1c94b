import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import type { Construct } from 'constructs';
import { ConfiguredServer } from '../constructs/configured-server';
import type { ContainerPlace } from '../constructs/container';
import { DevelopmentServer } from '../constructs/development-server';
import type { Distribution } from '../constructs/distribution';
import { ExternalServer, type ExternalServerProps } from '../constructs/external-server';
import { Network } from '../constructs/network';
import type { ServerMode } from '../constructs/server-mode';
import type { VaultServer } from '../constructs/vault-server';
import { PlatformStack } from './platform-stack';

/** The server of a platform, as it is run here. */
export interface OwnServerProps {
  readonly containerName: string;
  readonly distribution: Distribution;
  readonly hostPort: number;
  readonly mode: ServerMode;
}

export interface VaultStackProps {
  readonly place: ContainerPlace;
  /** Of the network. Docker chooses one for a development server, which binds nobody to it. */
  readonly subnet: string;
  readonly server: OwnServerProps | { readonly external: Omit<ExternalServerProps, 'place'> };
}

/** The network and the server: up before anything else can be planned. */
export class VaultStack extends PlatformStack {
  public readonly server: VaultServer;

  public constructor(scope: Construct, id: string, props: VaultStackProps) {
    super(scope, id, props.place.environment);
    new DockerProvider(this, 'docker');
    const { place, server } = props;
    const isLasting = 'external' in server || server.mode.configuration !== undefined;
    const network = new Network(this, 'network', {
      environment: place.environment,
      platform: place.platform,
      networkName: place.network,
      subnet: isLasting ? props.subnet : undefined,
    });
    this.server = this.addServer(props, network);
    this.addOverride('locals.vault', this.server.description);
  }

  private addServer({ place, server, subnet }: VaultStackProps, network: Network): VaultServer {
    if ('external' in server) return new ExternalServer(this, 'server', { place, ...server.external });
    const { mode, ...common } = server;
    const needs = [network];
    return mode.configuration
      ? new ConfiguredServer(this, 'server', { place, subnet, needs, ...common, ...mode.configuration })
      : new DevelopmentServer(this, 'server', { place, needs, ...common });
  }
}
