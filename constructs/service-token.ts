import { Token } from '@cdktf/provider-vault/lib/token';
import { Construct } from 'constructs';
import type { ServiceIdentity } from './service-identity';

/** 32 days: the longest lease that a server grants by default, so the period is not cut. */
const PERIOD = '768h';

/**
 * A service's token in development: periodic, so it lives as long as it is renewed, and of the service's own
 * policy. It stays in the state and in the container's definition; other modes do without it.
 */
export class ServiceToken extends Construct {
  /** The expression for the token. */
  public readonly value: string;

  public constructor(scope: Construct, id: string, identity: ServiceIdentity) {
    super(scope, id);
    const token = new Token(this, 'Resource', {
      policies: [identity.policyName],
      period: PERIOD,
      renewable: true,
      displayName: identity.policyName,
      // Otherwise it ends with the short-lived token by which Terraform made it.
      noParent: true,
    });
    this.value = token.clientToken;
  }
}
