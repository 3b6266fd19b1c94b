interface DistributionNames {
  readonly binary: string;
  readonly configurationDirectory: string;
  readonly configurationVariable: string;
  readonly entrypointVariables: Readonly<Record<string, string>>;
}

/** The server's software: HashiCorp Vault or OpenBao. They speak one API and differ in names. */
export class Distribution {
  /** HashiCorp Vault, such as `hashicorp/vault:1.15.0`. */
  public static vault(image: string): Distribution {
    return new Distribution('HashiCorp Vault', image, {
      binary: 'vault',
      configurationDirectory: '/vault/config',
      configurationVariable: 'VAULT_LOCAL_CONFIG',
      entrypointVariables: { SKIP_CHOWN: 'true', SKIP_SETCAP: 'true' },
    });
  }

  /** OpenBao, such as `openbao/openbao:2.5.5`. */
  public static openBao(image: string): Distribution {
    return new Distribution('OpenBao', image, {
      binary: 'bao',
      configurationDirectory: '/openbao/config',
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
    public readonly name: string,
    public readonly image: string,
    private readonly names: DistributionNames,
  ) {}

  /** The command of server, agent and CLI. */
  public get binary(): string {
    return this.names.binary;
  }

  /** Where the official entrypoint looks for the server's configuration. */
  public get configurationDirectory(): string {
    return this.names.configurationDirectory;
  }

  /** The variable whose content the official entrypoint puts into that folder. */
  public get configurationVariable(): string {
    return this.names.configurationVariable;
  }

  /** Variables that keep the official entrypoint from changing owners and capabilities as root. */
  public get entrypointVariables(): Readonly<Record<string, string>> {
    return this.names.entrypointVariables;
  }

  /** The same software from another image: a mirror, or another version. */
  public withImage(image: string): Distribution {
    return new Distribution(this.name, image, this.names);
  }
}
