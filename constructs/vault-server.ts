import { Construct } from 'constructs';
import type { Distribution } from './distribution';
import type { Environment } from './environment';
import type { TrustedAuthority } from './trusted-authority';
import type { VaultDescription } from './vault-description';

/** A Vault that a platform uses. Everything that must reach it derives its address from here. */
export abstract class VaultServer extends Construct {
  public abstract readonly environment: Environment;
  /** Its software; for a server of somebody else, that of the agents. */
  public abstract readonly distribution: Distribution;
  /** The address for containers on the platform's network. */
  public abstract readonly address: string;
  /** `host:port` of each node, for those who must ask every one. */
  public abstract readonly nodes: readonly string[];
  /** The address for Terraform and people on the Docker host. */
  public abstract readonly hostAddress: string;
  /** Whom clients trust. Not there for plain HTTP, and where the authorities of the images are enough. */
  public abstract readonly authority: TrustedAuthority | undefined;
  /**
   * The token with which an in-memory server starts, meant for Terraform alone. It is no secret: it is derived
   * from the platform's name, so it stands in the synthesized stacks. Other servers have none.
   */
  public abstract readonly developmentRootToken: string | undefined;
  /** From where identities may log in, in CIDR notation. Not there where everybody may. */
  public abstract readonly clientSubnet: string | undefined;
  public abstract readonly description: VaultDescription;

  /**
   * Whether it keeps what was written. Identities then log in by AppRole; Terraform does not read secrets back,
   * so that who deploys needs no right to.
   */
  public get isLasting(): boolean {
    return this.developmentRootToken === undefined;
  }
}
