import type { IConstruct } from 'constructs';
import { type AddressRange, overlapping } from './address-range';
import { declaredTwice } from './validation-error';

/** What exists once on a Docker host, whichever platform declares it. */
export type HostResource = 'container name' | 'DNS name' | 'host port' | 'network' | 'volume' | 'Vault';

const hostsOfApp = new WeakMap<IConstruct, Map<string, Host>>();

/**
 * One Docker host. All platforms of an environment share it, so names and ports that two of them claim
 * are found at synth instead of by the second deploy.
 */
export class Host {
  /** The host of that name in the app that `scope` belongs to. */
  public static of(scope: IConstruct, name: string): Host {
    const { root } = scope.node;
    const hosts = hostsOfApp.get(root) ?? new Map<string, Host>();
    hostsOfApp.set(root, hosts);
    const host = hosts.get(name) ?? new Host();
    hosts.set(name, host);
    return host;
  }

  private readonly claims = new Map<string, IConstruct>();

  private readonly ranges: {
    readonly scope: IConstruct;
    readonly subnet: string;
    readonly range: AddressRange;
  }[] = [];

  private constructor() {}

  /** Claims a range of addresses for the network `scope`. Throws when it overlaps with another one's. */
  public claimRange(scope: IConstruct, subnet: string, range: AddressRange): void {
    const first = this.ranges.find((other) => overlapping(other.range, range));
    if (first)
      throw declaredTwice(scope, 'subnet', subnet, first.scope, `it overlaps with '${first.subnet}'`);
    this.ranges.push({ scope, subnet, range });
  }

  /** Claims a name or port for `scope`. Throws when another construct has it. */
  public claim(scope: IConstruct, resource: HostResource, value: string | number, remedy: string): void {
    const key = `${resource} ${value}`;
    const first = this.claims.get(key);
    if (first) throw declaredTwice(scope, resource, String(value), first, remedy);
    this.claims.set(key, scope);
  }
}
