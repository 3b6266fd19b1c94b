import type { DistributionKind } from './distribution';

/**
 * What the commands for people need to know about a server, written as the local value `vault` into its stack.
 * Terraform ignores it. Nothing in it is secret.
 */
export interface VaultDescription {
  /** HashiCorp Vault and OpenBao differ in how audit devices are enabled. */
  readonly distribution: DistributionKind;
  /**
   * `in-memory`: a development server that initialises and unseals itself. `configured`: must be initialised and
   * unsealed. `external`: somebody else runs it.
   */
  readonly mode: 'in-memory' | 'configured' | 'external';
  /** Whether the environment is a development environment. */
  readonly development: boolean;
  /** How the Docker host reaches each node; the first is the one that Terraform uses. */
  readonly addresses: readonly string[];
  /** The certificate of the authority, relative to the project. Not there for plain HTTP. */
  readonly ca?: string;
  /** The folder of the server's certificates, relative to the project. Not there for plain HTTP and `external`. */
  readonly certificates?: string;
  /** The names that the server's certificate must cover, and the IP addresses. */
  readonly certificate_names?: readonly string[];
  readonly storage: 'in-memory' | 'file' | 'raft' | 'unknown';
  /** The type of the seal in the server's configuration. Shares unseal only `shamir`. */
  readonly seal:
    | 'none'
    | 'shamir'
    | 'transit'
    | 'static'
    | 'awskms'
    | 'azurekeyvault'
    | 'gcpckms'
    | 'unknown';
  /** The audit devices, and whether the configuration or the API enables them. */
  readonly audit: readonly AuditDeviceDescription[];
  readonly audit_enabled_by: 'configuration' | 'api';
  /** How people and CI get an operator's token. */
  readonly operator_access: readonly OperatorAccessDescription[];
}

export interface AuditDeviceDescription {
  readonly path: string;
  readonly type: 'file' | 'socket';
  readonly options: Readonly<Record<string, string>>;
}

export type OperatorAccessDescription =
  | {
      readonly type: 'userpass';
      readonly path: string;
      readonly users: readonly string[];
      /** Of the tokens, such as `1h`. */
      readonly token_ttl: string;
      readonly token_max_ttl: string;
    }
  | {
      readonly type: 'jwt';
      readonly path: string;
      /** Parameters of `auth/<path>/config`: discovery or JWKS address, bound issuer. */
      readonly config: Readonly<Record<string, string>>;
      readonly role: string;
      readonly bound_audiences: readonly string[];
      readonly bound_claims: Readonly<Record<string, string>>;
      readonly user_claim: string;
      readonly token_ttl: string;
      readonly token_max_ttl: string;
    };

export { OPERATOR_POLICY } from '../policies/names';
