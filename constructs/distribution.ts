export type DistributionKind = 'vault' | 'openbao';

/** What people call each, and the command of its server, agent and CLI. */
export const DISTRIBUTIONS = {
  vault: { name: 'HashiCorp Vault', binary: 'vault' },
  openbao: { name: 'OpenBao', binary: 'bao' },
} as const satisfies Readonly<Record<DistributionKind, { readonly name: string; readonly binary: string }>>;

interface DistributionNames {
  readonly kind: DistributionKind;
  readonly home: string;
  readonly configurationVariable: string;
  readonly entrypointVariables: Readonly<Record<string, string>>;
}

/**
 * The server's software: HashiCorp Vault or OpenBao. They speak one API and differ in names, and in a few things
 * that they can do. What is said here of the images is in their own Dockerfiles and entrypoints.
 */
export class Distribution {
  /** HashiCorp Vault, such as `hashicorp/vault:1.15.0`. */
  public static vault(image: string): Distribution {
    return new Distribution(image, {
      kind: 'vault',
      home: '/vault',
      configurationVariable: 'VAULT_LOCAL_CONFIG',
      entrypointVariables: { SKIP_CHOWN: 'true', SKIP_SETCAP: 'true' },
    });
  }

  /** OpenBao, such as `openbao/openbao:2.5.5`. */
  public static openBao(image: string): Distribution {
    return new Distribution(image, {
      kind: 'openbao',
      home: '/openbao',
      configurationVariable: 'BAO_LOCAL_CONFIG',
      entrypointVariables: { SKIP_CHOWN: 'true' },
    });
  }

  /**
   * The user that both official images create for the server. Starting as this user, the entrypoint has
   * nothing to give up and needs no capability for it.
   */
  public readonly user = '100:1000';

  private constructor(
    public readonly image: string,
    private readonly names: DistributionNames,
  ) {}

  public get kind(): DistributionKind {
    return this.names.kind;
  }

  /** For people. */
  public get name(): string {
    return DISTRIBUTIONS[this.kind].name;
  }

  /** The command of server, agent and CLI. */
  public get binary(): string {
    return DISTRIBUTIONS[this.kind].binary;
  }

  /** Where the official entrypoint looks for the server's configuration. */
  public get configurationDirectory(): string {
    return `${this.names.home}/config`;
  }

  /** A folder of the image that belongs to {@link user}; so does an empty volume that is mounted there. */
  public get dataDirectory(): string {
    return `${this.names.home}/file`;
  }

  /** The same, for audit logs. */
  public get logsDirectory(): string {
    return `${this.names.home}/logs`;
  }

  /** The variable whose content the official entrypoint puts into the configuration folder. */
  public get configurationVariable(): string {
    return this.names.configurationVariable;
  }

  /** Variables that keep the official entrypoint from changing owners and capabilities as root. */
  public get entrypointVariables(): Readonly<Record<string, string>> {
    return this.names.entrypointVariables;
  }

  /** Whether the server keeps its memory out of swap itself. OpenBao has given this up. */
  public get locksMemory(): boolean {
    return this.kind === 'vault';
  }

  /**
   * What enables audit devices. OpenBao refuses the API, since whoever may enable a device may write files; its
   * devices are in the configuration, and it audits from the very first request.
   */
  public get auditEnabledBy(): 'configuration' | 'api' {
    return this.kind === 'openbao' ? 'configuration' : 'api';
  }

  /** The same software from another image: a mirror, or another version. */
  public withImage(image: string): Distribution {
    return new Distribution(image, this.names);
  }
}
