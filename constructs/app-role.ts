import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { VaultServer } from './vault-server';

/** Where the auth method is, below `auth/`. */
export const APPROLE_PATH = 'approle';

/** A token ends a day after its agent did. Seconds. */
const TOKEN_PERIOD = 24 * 3600;

/**
 * A year: a secret-id is bound to the platform's subnet and lies where one agent alone can read it, and a host that
 * starts again after a month must find it valid. Without a time of its own it would end after the server's longest
 * lease (https://github.com/hashicorp/vault/issues/8020). Seconds.
 */
export const SECRET_ID_TTL = 365 * 24 * 3600;

export interface AppRoleProps {
  readonly server: VaultServer;
  /** Unique on its server. */
  readonly roleName: string;
  readonly policyName: string;
}

/**
 * The role by which an agent logs in for an identity. Its role-id is known at synth, since it is no secret: the
 * secret-id, which Terraform makes for each agent, is.
 */
export class AppRole extends Construct {
  public readonly roleName: string;
  public readonly roleId: string;

  public constructor(scope: Construct, id: string, props: AppRoleProps) {
    super(scope, id);
    this.roleName = props.roleName;
    this.roleId = props.roleName;
    const { clientSubnet } = props.server;
    const cidrs = clientSubnet === undefined ? undefined : [clientSubnet];
    new ApproleAuthBackendRole(this, 'Resource', {
      backend: APPROLE_PATH,
      roleName: this.roleName,
      roleId: this.roleId,
      bindSecretId: true,
      secretIdTtl: SECRET_ID_TTL,
      secretIdBoundCidrs: cidrs,
      tokenBoundCidrs: cidrs,
      tokenPolicies: [props.policyName],
      tokenPeriod: TOKEN_PERIOD,
      dependsOn: [authMethodOf(TerraformStack.of(this))],
    });
  }
}

/** The auth method of a stack, enabled once. */
function authMethodOf(stack: TerraformStack): AuthBackend {
  const id = 'approle';
  const existing = stack.node.tryFindChild(id);
  if (existing) return existing as AuthBackend;
  return new AuthBackend(stack, id, {
    type: 'approle',
    path: APPROLE_PATH,
    description: 'agents of services',
    tune: [
      // As long as a secret-id may live: the server's own limit is for tokens.
      { defaultLeaseTtl: '1h', maxLeaseTtl: `${SECRET_ID_TTL / 3600}h`, listingVisibility: 'hidden' },
    ],
  });
}
