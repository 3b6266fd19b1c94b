import { addressRange, overlapping } from '../constructs/address-range';
import type { ExistingNetwork } from './docker';

/** A network that a stack will make. */
export interface DeclaredNetwork {
  readonly networkName: string;
  /** The labels that tell this environment's networks from others. */
  readonly platform: string;
  readonly environment: string;
  /** In CIDR notation; none where Docker chooses. */
  readonly subnets: readonly string[];
}

/**
 * The subnets that other networks of the engine have: Docker would refuse to make one more. That of this very
 * environment is not in the way, since Terraform keeps or replaces it.
 */
export function subnetProblems(
  environment: string,
  wanted: readonly DeclaredNetwork[],
  existing: readonly ExistingNetwork[],
): string[] {
  return wanted.flatMap((network) => {
    const strangers = existing.filter((other) => !isSameEnvironment(network, other));
    return network.subnets.flatMap((subnet) => {
      const [taken] = strangers.flatMap(({ networkName, subnets }) =>
        subnets.filter((other) => overlap(subnet, other)).map((other) => `'${other}' of '${networkName}'`),
      );
      if (taken === undefined) return [];
      return `'subnet' of ${network.networkName} must overlap with no other network, got '${subnet}' beside ${taken}; remove that network, or choose another subnet in context.${environment}.subnet of cdktf.json`;
    });
  });
}

function isSameEnvironment(one: DeclaredNetwork, other: ExistingNetwork): boolean {
  return one.platform === other.platform && one.environment === other.environment;
}

/** Addresses of both families do not meet. */
function overlap(one: string, other: string): boolean {
  const [a, b] = [one, other].map((subnet) => addressRange(subnet.includes('/') ? subnet : `${subnet}/32`));
  return a !== undefined && b !== undefined && overlapping(a, b);
}
