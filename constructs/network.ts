import { Network as DockerNetwork } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import { violationOfNetworkName } from '../policies/names';
import { addressRange } from './address-range';
import type { Environment } from './environment';
import { Host } from './host';
import { requireName, ValidationError } from './validation-error';

export interface NetworkProps {
  readonly environment: Environment;
  readonly platform: string;
  /** Unique on the Docker host. */
  readonly networkName: string;
  /**
   * The IPv4 addresses of its containers, in CIDR notation.
   * @default - Docker chooses
   */
  readonly subnet?: string;
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
    if (props.subnet !== undefined) this.checkSubnet(props.subnet, props.environment.host);
    this.resource = new DockerNetwork(this, 'Resource', {
      name: props.networkName,
      driver: 'bridge',
      ipamConfig: props.subnet === undefined ? undefined : [{ subnet: props.subnet }],
      labels: [
        { label: 'platform', value: props.platform },
        { label: 'environment', value: props.environment.name },
      ],
    });
  }

  private checkSubnet(subnet: string, host: string): void {
    const range = addressRange(subnet);
    if (!range || range.bits < 8 || range.bits > 28) {
      throw new ValidationError(
        this,
        `'subnet' must be an IPv4 network of 8 to 28 bits in CIDR notation, got '${subnet}'; write it as '172.28.10.0/24'`,
      );
    }
    Host.of(this, host).claimRange(this, subnet, range);
  }
}
