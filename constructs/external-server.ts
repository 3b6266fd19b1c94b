import * as net from 'node:net';
import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { addressRange } from './address-range';
import { CertificateFolder } from './certificate-folder';
import type { ContainerPlace } from './container';
import type { Distribution } from './distribution';
import type { Environment } from './environment';
import { Host } from './host';
import { PreparedVolume } from './prepared-volume';
import { TrustedAuthority } from './trusted-authority';
import { ValidationError } from './validation-error';
import type { VaultDescription } from './vault-description';
import { VaultServer } from './vault-server';

export interface ExternalServerProps {
  readonly place: ContainerPlace;
  /** As containers and Terraform reach it, such as `https://vault.example:8200`. */
  readonly address: string;
  /** The agents' software: the same as the server's, or one that speaks its API. */
  readonly distribution: Distribution;
  /**
   * Whether `certificates/<platform>-<environment>/ca.pem` holds the server's authority.
   * @default true
   */
  readonly ownAuthority?: boolean;
  /**
   * From where the server sees this platform's containers, in CIDR notation: identities are bound to it. It is the
   * Docker host's own address, unless something else is between the two.
   * @default - they may log in from everywhere
   */
  readonly clientSubnet?: string;
}

/**
 * Somebody else's Vault, for this platform alone. It has mounts, policies and identities there, and does not run it: whoever does
 * writes the policy that `npm run vault -- policy` prints, and hands out a token with it.
 */
export class ExternalServer extends VaultServer {
  public readonly environment: Environment;
  public readonly distribution: Distribution;
  public readonly address: string;
  public readonly nodes: readonly string[];
  public readonly hostAddress: string;
  public readonly authority: TrustedAuthority | undefined;
  public readonly developmentRootToken: undefined;
  public readonly clientSubnet: string | undefined;
  public readonly description: VaultDescription;

  public constructor(scope: Construct, id: string, props: ExternalServerProps) {
    super(scope, id);
    const { place, address, distribution } = props;
    this.validate(props);
    Host.of(this, 'external').claim(
      this,
      'Vault',
      new URL(address).host,
      'mounts, policies and the auth method of two environments would meet there; give each a Vault of its own',
    );
    this.environment = place.environment;
    this.distribution = distribution;
    this.address = address;
    const { hostname, port, protocol } = new URL(address);
    this.nodes = [`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`];
    this.hostAddress = address;
    this.clientSubnet = props.clientSubnet;
    if (!props.clientSubnet && !place.environment.isDevelopment) {
      Annotations.of(this).addWarning(
        "'clientSubnet' is not set, so a stolen secret-id is of use from everywhere: name the addresses from which the server sees this host",
      );
    }
    const { ca } = new CertificateFolder(`${place.platform}-${place.environment.name}`);
    if (props.ownAuthority ?? protocol === 'https:') {
      const volume = new PreparedVolume(this, 'authority', {
        place,
        volumeName: `${place.platform}-${place.environment.name}-ca`,
        image: distribution.image,
        files: [
          { name: 'ca.pem', source: ca, remedy: 'put the certificate of the authority of the server there' },
        ],
        owner: '0:0',
        mode: '0444',
      });
      this.authority = new TrustedAuthority(ca, volume);
    }
    this.description = {
      distribution: distribution.kind,
      mode: 'external',
      development: place.environment.isDevelopment,
      addresses: [address],
      ...(this.authority && { ca }),
      storage: 'unknown',
      seal: 'unknown',
      audit: [],
      audit_enabled_by: distribution.auditEnabledBy,
      operator_access: [],
    };
  }

  private validate({ place, address, clientSubnet }: ExternalServerProps): void {
    let url: URL | undefined;
    try {
      url = new URL(address);
    } catch {
      // Said below.
    }
    if (
      !url ||
      // It is taken as it is written: a URL may also begin with blanks, or hold '${', which is Terraform's.
      !/^https?:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d+)?\/?$/i.test(address)
    ) {
      throw new ValidationError(
        this,
        "'address' of an external server must be scheme, host and port alone; write it as 'https://vault.example:8200'",
      );
    }
    if (url.protocol === 'http:' && !place.environment.isDevelopment) {
      throw new ValidationError(
        this,
        `'address' of an external server must use TLS outside development, got '${address}'; write it as 'https://${url.host}'`,
      );
    }
    if (clientSubnet !== undefined && !isPartOfTheWorld(clientSubnet)) {
      throw new ValidationError(
        this,
        `'clientSubnet' of an external server must be some addresses in CIDR notation, got '${clientSubnet}'; write it as '192.0.2.7/32'`,
      );
    }
  }
}

/** Whether it is a network, and not all there is. */
function isPartOfTheWorld(subnet: string): boolean {
  const bits = Number(/^[^/]+\/(\d{1,3})$/.exec(subnet)?.[1] ?? 0);
  const isIPv6 = net.isIPv6(subnet.slice(0, subnet.indexOf('/')));
  return bits > 0 && (isIPv6 ? bits <= 128 : addressRange(subnet) !== undefined);
}
