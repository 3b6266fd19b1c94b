import type { BackingService, BackingServiceOptions } from '../constructs/backing-service';
import type { Distribution } from '../constructs/distribution';
import type { Environment } from '../constructs/environment';
import type { EnvironmentContract } from '../constructs/environment-contract';
import type { ExternalServerProps } from '../constructs/external-server';
import type { Grants } from '../constructs/grants';
import type { KvMount } from '../constructs/kv-mount';
import type { ServerMode } from '../constructs/server-mode';
import type { Service, ServiceProps } from '../constructs/service';

/** A Vault server of this platform. */
export interface PlatformVaultProps {
  /**
   * Unique on the Docker host; also the server's DNS name on the platform's network. Several nodes are called
   * after it, with a number.
   */
  readonly containerName: string;
  readonly distribution: Distribution;
  /**
   * Port on the host's loopback, of several nodes the first. Unique on the Docker host.
   * @default 8200
   */
  readonly hostPort?: number;
  /**
   * How it runs.
   * @default - ServerMode.development() in development, ServerMode.configured() elsewhere
   */
  readonly mode?: ServerMode;
}

/** A Vault server that somebody else runs. */
export interface PlatformExternalVaultProps {
  readonly external: Omit<ExternalServerProps, 'place'>;
}

export interface PlatformProps {
  readonly environment: Environment;
  /** Name of the platform's Docker network. Unique on the Docker host. */
  readonly network: string;
  /**
   * The IPv4 addresses of that network, in CIDR notation. Unique on the Docker host. Identities are bound to it, so
   * that a stolen credential is of no use on another machine or network; this host itself is the network's gateway.
   * A development server binds nobody, and Docker chooses.
   */
  readonly subnet: string;
  readonly vault: PlatformVaultProps | PlatformExternalVaultProps;
  /** How the applications of this platform find Vault. */
  readonly contract: EnvironmentContract;
  /**
   * What the names of all policies begin with.
   * @default `<platform>-`
   */
  readonly policyPrefix?: string;
}

/** An application that reads Vault itself. */
export interface PlatformServiceProps
  extends Grants,
    Omit<ServiceProps, 'place' | 'identity' | 'contract' | 'mount' | 'needs'> {
  /**
   * The mount that the service is told about.
   * @default - the platform's only mount
   */
  readonly mount?: KvMount;
  /** Services that must be up and healthy before. */
  readonly needs?: readonly PlatformService[];
}

/** A program that knows no Vault, and what its agent may do beyond reading the secrets of its files. */
export interface PlatformBackingServiceProps extends BackingServiceOptions, Pick<Grants, 'allows'> {
  /**
   * Name of its policy, after the platform's prefix.
   * @default - the service's name
   */
  readonly policyName?: string;
  /** Services that must be up and healthy before. */
  readonly needs?: readonly PlatformService[];
}

export interface AddMountOptions {
  readonly description?: string;
}

/** Anything of a platform that runs. */
export type PlatformService = Service | BackingService;
