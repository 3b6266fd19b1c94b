import { Network as DockerNetwork } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import { violationOfNetworkName } from '../policies/names';
import type { Environment } from './environment';
import { Host } from './host';
import { requireName } from './validation-error';

export interface NetworkProps {
  readonly environment: Environment;
  readonly platform: string;
  /** Unique on the Docker host. */
  readonly networkName: string;
}

/** A platform's own bridge network: containers of other platforms cannot reach it. */
export class Network extends Construct {
  public readonly resource: DockerNetwork;

  public constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    requireName(this, 'network', props.networkName, violationOfNetworkName);
    Host.of(this, props.environment.host).claim(
      this,
      'network',
      props.networkName,
      'give each platform its own',
    );
    this.resource = new DockerNetwork(this, 'Resource', {
      name: props.networkName,
      driver: 'bridge',
      labels: [
        { label: 'platform', value: props.platform },
        { label: 'environment', value: props.environment.name },
      ],
    });
  }
}
