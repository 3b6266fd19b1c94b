import { Construct } from 'constructs';
import { violationOfLabel } from '../policies/names';
import { checkEnvironment } from './checked-environment';
import { Container, type ContainerPlace, mergeVariables, type VolumeMount } from './container';
import { type EnvironmentContract, refuseDerivedVariables } from './environment-contract';
import type { Health } from './health';
import type { KvMount } from './kv-mount';
import type { KvSecret } from './kv-secret';
import type { Port } from './port';
import { SECRETS_DIRECTORY } from './secret-file';
import type { ServiceIdentity } from './service-identity';
import { ServiceToken } from './service-token';
import { requireName } from './validation-error';
import { HOME_TOKEN_FILE, TOKEN_FILE, VaultAgent } from './vault-agent';

/** What every container of a service has in common, workers included. */
export interface ServiceContainerOptions {
  /** Unique on the Docker host; also the DNS name on the platform's network. */
  readonly containerName: string;
  /** Variables that have nothing to do with Vault, and no secrets. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  /**
   * Published on 127.0.0.1 unless `address` says otherwise.
   * @default - none
   */
  readonly ports?: readonly Port[];
  readonly health?: Health;
  /**
   * MiB.
   * @default 512
   */
  readonly memoryMiB?: number;
  /** More DNS names on the network. */
  readonly aliases?: readonly string[];
  readonly volumes?: readonly VolumeMount[];
}

export interface ServiceProps extends ServiceContainerOptions {
  readonly place: ContainerPlace;
  readonly image: string;
  readonly identity: ServiceIdentity;
  readonly contract: EnvironmentContract;
  /** The mount that the variables of the contract name. */
  readonly mount: KvMount;
  /**
   * Numeric `uid:gid`. Required where the token is in a file, which this group alone can read.
   * @default - the image's user
   */
  readonly user?: string;
  /** Secrets that the service reads and whose place it is told: each variable holds `<mount>/<path>`. */
  readonly secretPaths?: Readonly<Record<string, KvSecret>>;
  /** More containers of the same image and identity, by name. They inherit the service's environment. */
  readonly workers?: Readonly<Record<string, ServiceContainerOptions>>;
  /** Containers that must be up and healthy before. */
  readonly needs?: readonly Container[];
}

/**
 * An application that reads Vault itself: its container and its workers, each with the variables of the
 * platform's contract, derived from the mount and the identity that it was given.
 */
export class Service extends Construct {
  /** The service's own container, then its workers. */
  public readonly containers: readonly Container[];
  private token: ServiceToken | undefined;

  public constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    props.contract.validate(this);
    refuseDerivedVariables(this, Object.keys(props.secretPaths ?? {}));
    for (const worker of Object.keys(props.workers ?? {}))
      requireName(this, 'workers', worker, violationOfLabel);
    for (const secret of Object.values(props.secretPaths ?? {})) props.identity.grant('read', secret);
    this.containers = [
      this.addContainer('container', props, props),
      ...Object.entries(props.workers ?? {}).map(([name, worker]) =>
        this.addContainer(name, props, {
          ...worker,
          environment: mergeVariables(this, props.environment ?? {}, worker.environment ?? {}),
        }),
      ),
    ];
  }

  /** The service's own container. */
  public get container(): Container {
    return this.containers[0] as Container;
  }

  private addContainer(id: string, service: ServiceProps, options: ServiceContainerOptions): Container {
    const { environment: plain = {} } = options;
    checkEnvironment(this, plain, 'put it into a secret of the mount and let the service read it');
    const { server, path: mount } = service.mount;
    const file = tokenFileOf(service);
    const agent = file === undefined ? undefined : this.addAgent(id, service, options, file);
    const values = { address: server.address, mount, authority: server.authority?.path };
    const delivered =
      file === undefined ? { token: this.sharedToken(service).value } : { file, folder: SECRETS_DIRECTORY };
    const volumes = [
      ...(options.volumes ?? []),
      ...(agent ? [agent.mount] : []),
      ...(server.authority ? [server.authority.mountIn(this)] : []),
    ];
    const needs = [...(service.needs ?? []), ...(agent ? [agent.container] : [])];
    return new Container(this, id, {
      ...options,
      place: service.place,
      service: this.node.id,
      image: service.image,
      user: service.user,
      environment: mergeVariables(
        this,
        mergeVariables(this, service.contract.variables(values, delivered), this.secretPaths(service)),
        plain,
      ),
      volumes,
      needs,
    });
  }

  private secretPaths({ secretPaths = {} }: ServiceProps): Record<string, string> {
    return Object.fromEntries(
      Object.entries(secretPaths).map(([name, { mount, path }]) => [name, `${mount.path}/${path}`]),
    );
  }

  /** One token for all containers of the service: they are one identity. */
  private sharedToken(service: ServiceProps): ServiceToken {
    this.token ??= new ServiceToken(this, 'token', service.identity);
    return this.token;
  }

  private addAgent(
    id: string,
    service: ServiceProps,
    options: ServiceContainerOptions,
    tokenFile: string,
  ): VaultAgent {
    return new VaultAgent(this, `${id}-agent`, {
      place: service.place,
      server: service.mount.server,
      identity: service.identity,
      service: this.node.id,
      containerName: options.containerName,
      user: service.user,
      files: [],
      tokenFile,
    });
  }
}

/** Where an agent puts the token; nowhere on a server that forgets, where a variable holds it. */
function tokenFileOf({ contract, mount }: ServiceProps): string | undefined {
  if (contract.token.kind === 'file') return TOKEN_FILE;
  return mount.server.isLasting ? HOME_TOKEN_FILE : undefined;
}
