import { Container as DockerContainer } from '@cdktf/provider-docker/lib/container';
import type { ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { violationOfContainerName, violationOfVariableName } from '../policies/names';
import type { Environment } from './environment';
import { literalText } from './hcl';
import type { Health } from './health';
import { Host } from './host';
import { checkImage } from './image';
import { refuseCredential, refuseSecretArguments } from './literal-secrets';
import { type Port, publish } from './port';
import { declaredTwice, requireName, ValidationError } from './validation-error';

/** Something of the same stack that must exist before a container starts. */
export interface Prerequisite {
  readonly resource: ITerraformDependable;
}

/** A volume by its name, and what makes it, where that is in the same stack. */
export interface MountableVolume {
  readonly volumeName: string;
  readonly resource?: ITerraformDependable;
}

/** A named volume that a container mounts. */
export interface VolumeMount {
  readonly volume: MountableVolume;
  readonly target: string;
  readonly readOnly?: boolean;
  /**
   * The expression for a hash of what is in it, for a program that reads it once: another hash is another container.
   * @default - the content may change
   */
  readonly fingerprint?: string;
}

/** Where a container belongs: becomes its labels and its network. */
export interface ContainerPlace {
  readonly platform: string;
  readonly environment: Environment;
  /** The Docker network's name. */
  readonly network: string;
}

export interface ContainerProps {
  readonly place: ContainerPlace;
  /** The service that the container works for; becomes a label. */
  readonly service: string;
  readonly containerName: string;
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /**
   * Numeric `uid:gid`.
   * @default - the image's user
   */
  readonly user?: string;
  /** @default - no health check; `wait` then only waits for the start */
  readonly health?: Health;
  /**
   * Memory limit in MiB. Swap is not added to it.
   * @default 512
   */
  readonly memoryMiB?: number;
  /**
   * Published on 127.0.0.1 unless `address` says otherwise.
   * @default - none
   */
  readonly ports?: readonly Port[];
  /** More DNS names on the network. */
  readonly aliases?: readonly string[];
  /**
   * Whether other containers have the same aliases on purpose, and Docker answers with all of them.
   * @default false
   */
  readonly sharedAliases?: boolean;
  readonly volumes?: readonly VolumeMount[];
  /** Paths that are writable in memory, with their mount options. */
  readonly tmpfs?: Readonly<Record<string, string>>;
  /** @default false */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * Linux capabilities that are kept; all others are dropped.
   * @default - none
   */
  readonly keepCapabilities?: readonly string[];
  /**
   * Resource limits of the processes, by name, soft and hard alike; -1 is unlimited. There are never core dumps:
   * the memory of a program holds its secrets.
   */
  readonly ulimits?: Readonly<Record<string, number>>;
  /**
   * How long the program may take to end, in seconds.
   * @default 10
   */
  readonly stopGraceSeconds?: number;
  /** What must be there before; a container is there when it is up and healthy. */
  readonly needs?: readonly Prerequisite[];
  /** What makes this a new container when it is a new one itself. */
  readonly replacedWith?: readonly { readonly resource: TerraformResource }[];
}

/** Docker's defaults wait 30 s for the first check, too long for a deploy that waits for it. */
const HEALTH_TIMING = { interval: '5s', timeout: '5s', retries: 12, startPeriod: '5s' } as const;

/**
 * A container as it should be on any host: restarted, limited in memory, with rotated logs, without new
 * privileges or capabilities, published on loopback, labelled, and waited for until it is healthy.
 */
export class Container extends Construct implements Prerequisite {
  public readonly containerName: string;
  public readonly resource: DockerContainer;

  public constructor(scope: Construct, id: string, props: ContainerProps) {
    super(scope, id);
    const { place } = props;
    this.containerName = props.containerName;
    requireName(this, 'containerName', props.containerName, violationOfContainerName);
    for (const alias of props.aliases ?? []) requireName(this, 'aliases', alias, violationOfContainerName);
    checkImage(this, props.image, place.environment);
    const host = Host.of(this, place.environment.host);
    host.claim(
      this,
      'container name',
      props.containerName,
      'container names are shared by the whole Docker host',
    );
    for (const dnsName of [props.containerName, ...((props.sharedAliases ? [] : props.aliases) ?? [])]) {
      host.claim(this, 'DNS name', `${dnsName} on ${place.network}`, 'Docker would answer with both in turn');
    }

    for (const property of ['entrypoint', 'command'] as const) {
      refuseSecretArguments(this, property, props[property] ?? [], 'render it into a file with SecretFile');
    }

    const { memoryMiB: memory = 512, user } = props;
    if (!Number.isInteger(memory) || memory < 6) {
      throw new ValidationError(
        this,
        `'memoryMiB' must be a whole number from 6, the least that Docker takes, got '${memory}'; use 512`,
      );
    }
    if (user !== undefined && !/^(\d+(:\d+)?|[a-z_][a-z0-9_-]*)$/.test(user)) {
      throw new ValidationError(
        this,
        `'user' must be a numeric 'uid:gid' or the name of a user, got '${user}'; write it as '1000:1000'`,
      );
    }
    for (const { target } of props.volumes ?? []) {
      if (!/^(\/[\w.-]+)+$/.test(target) || target.split('/').includes('..')) {
        throw new ValidationError(
          this,
          `'target' must be an absolute path of a folder, got '${target}'; write it as '/var/lib/data'`,
        );
      }
    }
    for (const word of props.health?.test ?? []) {
      refuseCredential(this, 'health', 'the check', word, 'read it from a file of SecretFile');
    }
    const dependsOn = [
      ...(props.needs ?? []).map(({ resource }) => resource),
      ...(props.volumes ?? []).flatMap(({ volume }) => volume.resource ?? []),
    ];
    const ulimits = { core: 0, ...props.ulimits };
    this.resource = new DockerContainer(this, 'Resource', {
      name: props.containerName,
      image: props.image,
      entrypoint: props.entrypoint?.map(literalText),
      command: props.command?.map(literalText),
      user,
      env: this.variables(props.environment ?? {}),
      restart: 'unless-stopped',
      init: true,
      memory,
      // Docker reports twice the memory as swap when it is left out, which is a difference in every plan.
      memorySwap: memory,
      logDriver: 'json-file',
      logOpts: { 'max-size': '10m', 'max-file': '3' },
      securityOpts: ['no-new-privileges:true'],
      capabilities: { drop: ['ALL'], add: props.keepCapabilities?.slice() },
      readOnly: props.readOnlyRootFilesystem,
      tmpfs: props.tmpfs,
      networksAdvanced: [{ name: place.network, aliases: props.aliases?.slice() }],
      ports: props.ports?.map((port) => publish(this, place.environment, port)),
      volumes: orNone(props.volumes)?.map(({ volume, target, readOnly }) => ({
        volumeName: volume.volumeName,
        containerPath: target,
        readOnly,
      })),
      labels: [
        { label: 'platform', value: place.platform },
        { label: 'environment', value: place.environment.name },
        { label: 'service', value: props.service },
        ...(props.volumes ?? []).flatMap(({ target, fingerprint }) =>
          fingerprint === undefined
            ? []
            : { label: `sha256${target.replaceAll('/', '.')}`, value: fingerprint },
        ),
      ],
      healthcheck: props.health && { test: props.health.test.map(literalText), ...HEALTH_TIMING },
      wait: props.health !== undefined,
      waitTimeout: 120,
      destroyGraceSeconds: props.stopGraceSeconds ?? 10,
      ulimit: Object.entries(ulimits).map(([name, limit]) => ({ name, soft: limit, hard: limit })),
      dependsOn: orNone(dependsOn),
      lifecycle: props.replacedWith && {
        // A bare address: Terraform refuses the expression that cdktf would make of the resource.
        replaceTriggeredBy: props.replacedWith.map(
          ({ resource }) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
        ),
      },
    });
  }

  /** Docker's `KEY=VALUE` list, sorted, so that a plan shows what changed and nothing else. */
  private variables(environment: Readonly<Record<string, string>>): string[] {
    return Object.entries(environment)
      .map(([name, value]) => {
        requireName(this, 'environment', name, violationOfVariableName);
        return literalText(`${name}=${value}`);
      })
      .sort();
  }
}

/** An empty list would be written as one. */
function orNone<T>(list: T[] | readonly T[] | undefined): T[] | undefined {
  return list && list.length > 0 ? [...list] : undefined;
}

/** Adds variables to others and refuses a name that is already taken. */
export function mergeVariables(
  scope: Construct,
  base: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const name of Object.keys(more)) {
    if (name in base) {
      throw declaredTwice(scope, 'environment', name, scope, 'leave it out, its value is derived');
    }
  }
  return { ...base, ...more };
}
