import { Construct } from 'constructs';
import { BackingService } from '../constructs/backing-service';
import type { Container, ContainerPlace } from '../constructs/container';
import type { Environment } from '../constructs/environment';
import type { EnvironmentContract } from '../constructs/environment-contract';
import { applyGrants, type Grants } from '../constructs/grants';
import { KvMount } from '../constructs/kv-mount';
import type { KvSecret } from '../constructs/kv-secret';
import { ServerMode } from '../constructs/server-mode';
import { Service } from '../constructs/service';
import { ServiceIdentity } from '../constructs/service-identity';
import { declaredTwice, requireName, ValidationError } from '../constructs/validation-error';
import type { VaultServer } from '../constructs/vault-server';
import { violationOfLabel } from '../policies/names';
import { AccessStack } from './access-stack';
import { Inputs } from './inputs';
import type {
  AddMountOptions,
  PlatformBackingServiceProps,
  PlatformProps,
  PlatformService,
  PlatformServiceProps,
} from './platform-props';
import { serverDistribution } from './server-distribution';
import { ServicesStack } from './services-stack';
import { VaultStack, type VaultStackProps } from './vault-stack';

/**
 * A set of services around one Vault server, in one environment. It becomes three stacks:
 * `<platform>-<environment>-vault`, `-access` and `-services`, deployed in that order.
 */
export class Platform extends Construct {
  public readonly platformName: string;
  public readonly environment: Environment;
  public readonly vault: VaultServer;
  private readonly vaultStack: VaultStack;
  private readonly accessStack: AccessStack;
  private readonly servicesStack: ServicesStack;
  private readonly place: ContainerPlace;
  private readonly contract: EnvironmentContract;
  private readonly policyPrefix: string;
  private readonly inputs: Inputs;
  private readonly declaredMounts: KvMount[] = [];
  private readonly declaredServices = new Map<string, PlatformService>();
  private readonly declaredIdentities = new Map<string, ServiceIdentity>();

  /** @param name kebab-case; part of every stack's name */
  public constructor(scope: Construct, name: string, props: PlatformProps) {
    const id = `${name}-${props.environment.name}`;
    requireName(scope, 'platform', name, violationOfLabel);
    const first = scope.node.tryFindChild(id);
    if (first) throw declaredTwice(scope, 'platform', name, first, 'choose another name');
    super(scope, id);
    this.platformName = name;
    this.inputs = new Inputs(this, id);
    this.environment = this.inputs.allowDestroy ? props.environment.withoutProtection() : props.environment;
    this.contract = props.contract;
    this.policyPrefix = props.policyPrefix ?? `${name}-`;
    this.place = { platform: name, environment: this.environment, network: props.network };
    // Children of the app: cdktf names a nested stack by its id and its dependencies by their path, which the
    // command line then does not find.
    this.vaultStack = new VaultStack(scope, `${id}-vault`, {
      place: this.place,
      subnet: this.inputs.subnet(props.subnet),
      server: this.serverOf(props.vault),
    });
    this.vault = this.vaultStack.server;
    this.accessStack = new AccessStack(scope, `${id}-access`, this.vault);
    this.accessStack.addDependency(this.vaultStack);
    this.servicesStack = new ServicesStack(scope, `${id}-services`, this.vault);
    this.servicesStack.addDependency(this.accessStack);
  }

  /** The stacks, in the order of their deploy. */
  public get stacks(): readonly [VaultStack, AccessStack, ServicesStack] {
    return [this.vaultStack, this.accessStack, this.servicesStack];
  }

  /** Services by name, in the order of their declaration. */
  public get services(): ReadonlyMap<string, PlatformService> {
    return new Map(this.declaredServices);
  }

  /** Policies by the name of who holds them. */
  public get identities(): ReadonlyMap<string, ServiceIdentity> {
    return new Map(this.declaredIdentities);
  }

  public get mounts(): readonly KvMount[] {
    return [...this.declaredMounts];
  }

  /** The secrets of all mounts. */
  public get secrets(): readonly KvSecret[] {
    return this.declaredMounts.flatMap((mount) => mount.secrets);
  }

  /** Mounts a KV v2 engine. */
  public addMount(path: string, options: AddMountOptions = {}): KvMount {
    if (path === 'secret' && !this.vault.isLasting) {
      throw new ValidationError(
        this,
        "'mount' must be one that the server does not have yet, got 'secret', which a development server brings; take it over with adoptMount()",
      );
    }
    return this.mount(path, { ...options, adopt: false });
  }

  /** Takes over the KV v2 engine that a development server brings at `secret`. Other servers get a new one. */
  public adoptMount(path: string, options: AddMountOptions = {}): KvMount {
    return this.mount(path, { ...options, adopt: !this.vault.isLasting });
  }

  /** Adds an application that reads Vault itself, with a policy of its own. */
  public addService(name: string, props: PlatformServiceProps): Service {
    const mount = props.mount ?? this.onlyMount();
    if (mount.server !== this.vault) {
      throw new ValidationError(
        this,
        `'mount' of '${name}' must belong to this platform, got '${mount.node.path}'; pass one that addMount() of this platform returned`,
      );
    }
    const { needs, ports, ...rest } = props;
    const identity = this.addIdentity(name, name, props);
    const service = new Service(this.servicesStack, name, {
      ...rest,
      place: this.place,
      identity,
      contract: this.contract,
      mount,
      image: this.inputs.image(name, props.image),
      ports: ports && this.inputs.ports(name, ports),
      needs: this.containersOf(name, needs),
    });
    this.declaredServices.set(name, service);
    return service;
  }

  /** Adds a program that knows no Vault. An agent beside it has an identity if there is something to render. */
  public addBackingService(name: string, props: PlatformBackingServiceProps): BackingService {
    const { needs, ports, policyName = name, allows, ...rest } = props;
    const knowsVault = (props.files ?? []).length > 0 || props.tokenFile === true;
    if (!knowsVault) {
      this.claimName(name);
      if (allows) {
        throw new ValidationError(
          this,
          `'allows' of '${name}' must be of use to somebody, got rules for a container without files or token; set tokenFile`,
        );
      }
    }
    const service = new BackingService(this.servicesStack, name, {
      ...rest,
      place: this.place,
      server: this.vault,
      identity: knowsVault ? this.addIdentity(name, policyName, { allows }) : undefined,
      image: this.inputs.image(name, props.image),
      ports: ports && this.inputs.ports(name, ports),
      needs: this.containersOf(name, needs),
    });
    this.declaredServices.set(name, service);
    return service;
  }

  /** Adds a policy for people or machines that are no service of this platform: operators, backups, tenants. */
  public addPolicy(name: string, grants: Grants): ServiceIdentity {
    return this.addIdentity(name, name, grants);
  }

  private serverOf(vault: PlatformProps['vault']): VaultStackProps['server'] {
    if ('external' in vault) return vault;
    const { containerName, distribution, hostPort = 8200, mode = this.defaultMode() } = vault;
    return {
      containerName,
      mode,
      distribution: serverDistribution(this, distribution, this.inputs),
      hostPort: this.inputs.hostPort('vault', hostPort),
    };
  }

  private defaultMode(): ServerMode {
    return this.environment.isDevelopment ? ServerMode.development() : ServerMode.configured();
  }

  private mount(path: string, options: AddMountOptions & { readonly adopt: boolean }): KvMount {
    const nested = (a: string, b: string) => `${a}/`.startsWith(`${b}/`);
    const first =
      this.declaredMounts.find((one) => nested(path, one.path) || nested(one.path, path)) ??
      this.accessStack.node.children.find(({ node }) => node.id === path);
    if (first) throw declaredTwice(this, 'mount', path, first, 'choose another path, not below it');
    const mount = new KvMount(this.accessStack, path, { server: this.vault, path, ...options });
    this.declaredMounts.push(mount);
    return mount;
  }

  private addIdentity(name: string, policyName: string, grants: Grants): ServiceIdentity {
    this.claimName(name);
    const identity = new ServiceIdentity(this.accessStack, `${name}-policy`, {
      server: this.vault,
      policyName: `${this.policyPrefix}${policyName}`,
      grantee: name,
    });
    this.declaredIdentities.set(name, identity);
    applyGrants(identity, grants);
    return identity;
  }

  private containersOf(
    name: string,
    services: readonly PlatformService[] | undefined,
  ): Container[] | undefined {
    const own = new Set(this.declaredServices.values());
    const foreign = services?.find((service) => !own.has(service));
    if (foreign) {
      throw new ValidationError(
        this,
        `'needs' of '${name}' must be services of this platform, got '${foreign.node.path}'; Terraform cannot order the containers of two states`,
      );
    }
    return services?.map(({ container }) => container);
  }

  private onlyMount(): KvMount {
    const [mount, second] = this.declaredMounts;
    if (!mount || second) {
      throw new ValidationError(
        this,
        `'mount' must be given where the platform has ${mount ? 'several mounts' : 'none yet'}, got nothing; ${mount ? 'pass one of them' : 'call addMount() before'}`,
      );
    }
    return mount;
  }

  private claimName(name: string): void {
    requireName(this, 'name', name, violationOfLabel);
    const first =
      this.declaredServices.get(name) ??
      this.declaredIdentities.get(name) ??
      this.servicesStack.node.children.find(({ node }) => node.id === name);
    if (first) throw declaredTwice(this, 'name', name, first, 'choose another name');
  }
}
