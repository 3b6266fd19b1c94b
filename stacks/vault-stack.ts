import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import type { Construct } from 'constructs';
import { Network } from '../constructs/network';
import { VaultServer, type VaultServerProps } from '../constructs/vault-server';
import { PlatformStack } from './platform-stack';

/** The network and the server: up before anything else can be planned. */
export class VaultStack extends PlatformStack {
  public readonly server: VaultServer;

  public constructor(scope: Construct, id: string, props: VaultServerProps) {
    super(scope, id);
    new DockerProvider(this, 'docker');
    const { place } = props;
    const network = new Network(this, 'network', {
      environment: place.environment,
      platform: place.platform,
      networkName: place.network,
    });
    this.server = new VaultServer(this, 'server', { ...props, needs: [network] });
  }
}
