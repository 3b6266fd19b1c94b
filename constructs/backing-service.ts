import { Construct } from 'constructs';
import { checkEnvironment } from './checked-environment';
import { Container, type ContainerPlace, type VolumeMount } from './container';
import type { Health } from './health';
import type { Port } from './port';
import type { SecretFile } from './secret-file';
import type { ServiceIdentity } from './service-identity';
import { declaredTwice } from './validation-error';
import { TOKEN_FILE, VaultAgent } from './vault-agent';
import type { VaultServer } from './vault-server';
import { Volume } from './volume';

/** A program that knows no Vault: a database, a broker, a dashboard. */
export interface BackingServiceOptions {
  /** Unique on the Docker host; also the DNS name on the platform's network. */
  readonly containerName: string;
  readonly image: string;
  /** Numeric `uid:gid`; its group alone can read the files. */
  readonly user: string;
  /** Files that an agent renders from secrets. */
  readonly files?: readonly SecretFile[];
  /**
   * Whether the identity's token is put beside the files, at `/vault/secrets/token`.
   * @default false
   */
  readonly tokenFile?: boolean;
  /** Variables that hold no secrets; they may name the files. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly health?: Health;
  /**
   * Published on 127.0.0.1 unless `address` says otherwise.
   * @default - none
   */
  readonly ports?: readonly Port[];
  /** More DNS names on the network. */
  readonly aliases?: readonly string[];
  /** Folders that survive the container, each on a volume of its own, by the name of the volume. */
  readonly data?: Readonly<Record<string, string>>;
  /**
   * MiB.
   * @default 512
   */
  readonly memoryMiB?: number;
}

export interface BackingServiceProps extends BackingServiceOptions {
  readonly place: ContainerPlace;
  readonly server: VaultServer;
  /** Whose token the agent holds; needed where there is something to render. */
  readonly identity: ServiceIdentity | undefined;
  /** Containers that must be up and healthy before. */
  readonly needs?: readonly Container[];
}

/** A container that knows no Vault, with an agent that renders the files it reads. */
export class BackingService extends Construct {
  public readonly container: Container;

  public constructor(scope: Construct, id: string, props: BackingServiceProps) {
    super(scope, id);
    checkEnvironment(this, props.environment ?? {}, 'render it into a file with SecretFile');
    this.checkVariables(props);
    const agent = this.addAgent(props);
    // A program that is given a token asks Vault with it.
    const { authority } = props.server;
    const volumes = [
      ...this.addVolumes(props),
      ...(agent ? [agent.mount] : []),
      ...(props.tokenFile && authority ? [authority.mountIn(this)] : []),
    ];
    const needs = [...(props.needs ?? []), ...(agent ? [agent.container] : [])];
    this.container = new Container(this, 'container', { ...props, service: id, volumes, needs });
  }

  /** A variable of a file would replace one of the container without a word. */
  private checkVariables({ environment = {}, files = [] }: BackingServiceProps): void {
    const names = new Set(Object.keys(environment));
    for (const variable of files.flatMap(({ variables }) => variables)) {
      if (names.has(variable))
        throw declaredTwice(this, 'variables', variable, this, 'leave one of them out');
      names.add(variable);
    }
  }

  private addAgent(props: BackingServiceProps): VaultAgent | undefined {
    if (!props.identity) return undefined;
    return new VaultAgent(this, 'agent', {
      place: props.place,
      server: props.server,
      identity: props.identity,
      service: this.node.id,
      containerName: props.containerName,
      user: props.user,
      files: props.files ?? [],
      tokenFile: props.tokenFile ? TOKEN_FILE : undefined,
    });
  }

  private addVolumes(props: BackingServiceProps): VolumeMount[] {
    return Object.entries(props.data ?? {}).map(([name, target]) => {
      const volume = new Volume(this, name, {
        environment: props.place.environment,
        volumeName: `${props.containerName}-${name}`,
        holdsData: true,
      });
      return { volume, target };
    });
  }
}
