/**
 * What an environment must be, written down from the platform's fact sheet and not from the declaration. The
 * three tables beside this file are of this type.
 */
export interface ExpectedPlatform {
  readonly name: string;
  readonly environment: 'development' | 'staging' | 'production';
  readonly network: string;
  readonly vault: ExpectedServer;
  /** The mount that the applications are told about; secrets in other mounts begin with theirs. */
  readonly mount: string;
  /** The client library that the applications use. */
  readonly hvac: '2.1.0' | '2.3.0';
  /** By the name that labels and inputs use. Workers belong to the service of their image. */
  readonly services: Readonly<Record<string, ExpectedService>>;
  readonly volumes: readonly string[];
  /** By `<mount>/<path>`. */
  readonly secrets: Readonly<Record<string, ExpectedSecret>>;
  /** By policy name. */
  readonly policies: Readonly<Record<string, ExpectedPolicy>>;
  /** Values that were printed somewhere or were wrong, and must be nowhere. */
  readonly forbidden: readonly string[];
  /** Beginnings of the SHA-256 of values that were printed somewhere. */
  readonly burnt: readonly string[];
  /** A service that keeps secrets at run time, and one that it may create. */
  readonly runtime?: { readonly container: string; readonly path: string };
  /** Databases whose password is in Vault. */
  readonly databases: readonly ExpectedDatabase[];
  /** Variables that a program without Vault is started with, by container: `<mount>/<path>` and key. */
  readonly launched: Readonly<
    Record<string, Readonly<Record<string, readonly [secret: string, key: string]>>>
  >;
  /** A container and its agent, restarted to see that nothing else changes. */
  readonly restarted: readonly string[];
}

export interface ExpectedServer {
  /** Also its DNS name on the network. */
  readonly containerName: string;
  readonly image: string;
  /** As containers spell it. */
  readonly address: string;
  /** Of several nodes the first. */
  readonly hostPort: number;
  readonly memoryMiB: number;
  /**
   * The root token of a server in memory, which Terraform uses. Any other server is initialised and unsealed by
   * people, and has no token that lasts.
   */
  readonly rootToken?: string;
  /** Whether its data is in a folder, and not in raft. */
  readonly storesInFiles?: true;
  /** The containers of a server that has several; one has the name of the server. */
  readonly nodes?: readonly string[];
}

export type StandIn = 'app' | 'generic' | 'postgres' | 'redis' | 'prometheus' | 'alertmanager';

export interface ExpectedService {
  readonly image: string;
  /** What takes its place where the image cannot be had; `app` images are never public. */
  readonly standIn: StandIn;
  /** Policy of the service or its agent; none where it has nothing from Vault. */
  readonly policy?: string;
  readonly containers: Readonly<Record<string, ExpectedContainer>>;
}

export interface ExpectedContainer {
  /** Host port by container port. */
  readonly ports?: Readonly<Record<number, number>>;
  readonly memoryMiB: number;
  readonly checked: boolean;
  /** All that the image does not bring; `TOKEN` is the service's own. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether an agent stands beside it. */
  readonly agent?: true;
}

/** Stands for a service's own token in the table of variables. */
export const TOKEN = Symbol('the own token').toString();

export interface Generated {
  readonly generated: number;
}

/** Supplied by a person as one variable. */
export interface Supplied {
  readonly variable: string;
  /** @default 'text' */
  readonly kind?: 'text' | 'number';
}

export type ExpectedSecret =
  | { readonly keys: Readonly<Record<string, string | Generated | Supplied>> }
  /** A person supplies all keys as one JSON object. */
  | { readonly map: string }
  /** An application or a person writes it at run time; the tests do it in their place. */
  | { readonly runtime: Readonly<Record<string, string>> };

export interface ExpectedPolicy {
  /** Capabilities by API path, with `+` for one segment and a final `*` for any rest. */
  readonly rules: Readonly<Record<string, readonly Capability[]>>;
}

export type Capability = 'create' | 'read' | 'update' | 'delete' | 'list' | 'sudo';

export interface ExpectedDatabase {
  readonly kind: 'postgres' | 'redis';
  readonly container: string;
  readonly secret: string;
  readonly username?: string;
  readonly database?: string;
}

export const read: readonly Capability[] = ['read'];
export const update: readonly Capability[] = ['update'];

/** All containers with the service they belong to. */
export function containersOf(platform: ExpectedPlatform): ExpectedInstance[] {
  return Object.entries(platform.services).flatMap(([serviceName, service]) =>
    Object.entries(service.containers).map(([containerName, container]) => ({
      containerName,
      serviceName,
      service,
      container,
    })),
  );
}

export interface ExpectedInstance {
  readonly containerName: string;
  readonly serviceName: string;
  readonly service: ExpectedService;
  readonly container: ExpectedContainer;
}

/** The name that stacks, inputs and folders have: `<platform>-<environment>`. */
export function environmentOf({ name, environment }: ExpectedPlatform): string {
  return `${name}-${environment}`;
}

/** The containers of the server. */
export function nodesOf({ vault }: ExpectedPlatform): readonly string[] {
  return vault.nodes ?? [vault.containerName];
}

/** Whether the server keeps what it was given: agents then log in, and its volumes hold data. */
export function isLasting({ vault }: ExpectedPlatform): boolean {
  return vault.rootToken === undefined;
}

/** Whether clients need to know the authority that signed for the server. */
export function usesTls({ vault }: ExpectedPlatform): boolean {
  return vault.address.startsWith('https:');
}

/** The names of all containers that a deployed platform has, agents and server included. */
export function containerNames(platform: ExpectedPlatform): string[] {
  return [
    ...nodesOf(platform),
    ...containersOf(platform).flatMap(({ containerName, container }) =>
      container.agent ? [containerName, `${containerName}-agent`] : [containerName],
    ),
  ].sort();
}

/** What a policy allows on a path, with Vault's word for nothing. */
export function allowed(policy: ExpectedPolicy, path: string): string[] {
  const capabilities = Object.entries(policy.rules)
    .filter(([pattern]) => matches(pattern, path))
    .flatMap(([, granted]) => granted);
  return capabilities.length === 0 ? ['deny'] : [...new Set(capabilities)].sort();
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .split('/')
    .map((segment) => (segment === '+' ? '[^/]+' : segment.replace(/[.]/g, '\\.').replace(/\*$/, '.*')))
    .join('/');
  return new RegExp(`^${expression}$`).test(path);
}

/** Splits `<mount>/<path>`; no mount here has a slash in its name. */
export function splitPath(secret: string): readonly [mount: string, path: string] {
  const slash = secret.indexOf('/');
  return [secret.slice(0, slash), secret.slice(slash + 1)];
}
