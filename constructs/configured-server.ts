import type { Construct } from 'constructs';
import type { AuditDevice } from './audit-device';
import { CertificateFolder } from './certificate-folder';
import { Container, type ContainerPlace, type Prerequisite, type VolumeMount } from './container';
import type { Distribution } from './distribution';
import type { Environment } from './environment';
import { Health } from './health';
import type { Listener } from './listener';
import type { OperatorAccess } from './operator-access';
import { type PreparedFile, PreparedVolume } from './prepared-volume';
import { type Seal, sealFile } from './seal';
import { SERVER_FILES, serverConfiguration } from './server-configuration';
import { checkServer } from './server-rules';
import type { Storage } from './storage';
import { TrustedAuthority } from './trusted-authority';
import type { VaultDescription } from './vault-description';
import { VaultServer } from './vault-server';
import { Volume } from './volume';

export interface ConfiguredServerProps {
  readonly place: ContainerPlace;
  /** The server's DNS name on the platform's network; of several nodes each adds its number. */
  readonly containerName: string;
  readonly distribution: Distribution;
  readonly listener: Listener;
  readonly storage: Storage;
  readonly seal: Seal;
  readonly audit: readonly AuditDevice[];
  readonly operatorAccess: readonly OperatorAccess[];
  /** Port on the host's loopback; further nodes have the ports after it. */
  readonly hostPort: number;
  /** The subnet of the platform's network. */
  readonly subnet: string;
  /** MiB of each node. */
  readonly memoryMiB: number;
  /** What must be there before. */
  readonly needs?: readonly Prerequisite[];
}

/**
 * A server with a configuration: its data on volumes, sealed after every start, and audited. It runs as the
 * image's own user without capabilities, on a root file system that it cannot write, without swap and core dumps.
 *
 * A changed image, certificate or configuration makes a new container on the same data.
 */
export class ConfiguredServer extends VaultServer {
  public readonly environment: Environment;
  public readonly distribution: Distribution;
  public readonly address: string;
  public readonly nodes: readonly string[];
  public readonly hostAddress: string;
  public readonly authority: TrustedAuthority | undefined;
  public readonly developmentRootToken: undefined;
  public readonly clientSubnet: string;
  public readonly description: VaultDescription;
  private readonly folder: CertificateFolder;

  public constructor(scope: Construct, id: string, props: ConfiguredServerProps) {
    super(scope, id);
    const { place, distribution, listener, storage, containerName, hostPort } = props;
    checkServer(this, props);
    this.environment = place.environment;
    this.distribution = distribution;
    this.clientSubnet = props.subnet;
    this.folder = new CertificateFolder(`${place.platform}-${place.environment.name}`);
    const names = nodeNames(containerName, storage.nodes);
    const addresses = names.map((_, i) => listener.address('127.0.0.1', hostPort + i));
    this.address = listener.address(containerName);
    this.nodes = names.map((name) => `${name}:${listener.port}`);
    this.hostAddress = addresses[0] as string;
    this.authority = listener.minimumTlsVersion && this.addAuthority(props);
    this.description = {
      distribution: distribution.kind,
      mode: 'configured',
      development: place.environment.isDevelopment,
      addresses,
      ...(this.authority && {
        ca: this.folder.ca,
        certificates: this.folder.path,
        certificate_names: [...new Set([containerName, ...names]), 'localhost', '127.0.0.1'],
      }),
      storage: storage.type,
      seal: props.seal.type,
      audit: props.audit.map((device) => device.describe(distribution)),
      audit_enabled_by: distribution.auditEnabledBy,
      operator_access: props.operatorAccess.map(({ description }) => description),
    };
    for (const [i, name] of names.entries()) this.addNode(props, name, names, hostPort + i);
  }

  private addAuthority({ place, containerName, distribution }: ConfiguredServerProps): TrustedAuthority {
    const volume = new PreparedVolume(this, 'authority', {
      place,
      volumeName: `${containerName}-ca`,
      image: distribution.image,
      files: [this.certificateFile(SERVER_FILES.ca, this.folder.ca)],
      owner: '0:0',
      mode: '0444',
    });
    return new TrustedAuthority(this.folder.ca, volume);
  }

  private addNode(
    props: ConfiguredServerProps,
    name: string,
    nodes: readonly string[],
    hostPort: number,
  ): void {
    const { place, distribution, listener, storage, seal, audit } = props;
    const { configurationDirectory: configuration } = distribution;
    // A single node has the ids of the server itself.
    const id = (suffix: string) =>
      nodes.length === 1 ? suffix : `${name.slice(props.containerName.length + 1)}-${suffix}`;
    const volume = (suffix: string, target: string): VolumeMount => ({
      volume: new Volume(this, id(suffix), {
        environment: place.environment,
        volumeName: `${name}-${suffix}`,
        holdsData: true,
      }),
      target,
    });
    const prepared = new PreparedVolume(this, id('configuration'), {
      place,
      volumeName: `${name}-config`,
      image: distribution.image,
      files: this.files(props, name, nodes),
      owner: distribution.user,
      mode: '0400',
    });
    const sealPath = (file: Parameters<typeof SERVER_FILES.seal>[0]) =>
      `${configuration}/${SERVER_FILES.seal(file)}`;
    const fromFiles = Object.entries(seal.variablesFromFiles).map(
      // Not at once: `export` would hide that the file could not be read.
      ([variable, file]) => `${variable}="$(cat ${sealPath(file)})"; export ${variable}; `,
    );
    const locksMemory = distribution.locksMemory && storage.allowsLockedMemory;
    const loopback = listener.address('127.0.0.1');
    const ca = listener.minimumTlsVersion ? ` -ca-cert=${configuration}/${SERVER_FILES.ca}` : '';
    new Container(this, id('container'), {
      place,
      service: 'vault',
      containerName: name,
      aliases: nodes.length === 1 ? undefined : [props.containerName],
      sharedAliases: true,
      image: distribution.image,
      ...(fromFiles.length > 0
        ? {
            entrypoint: ['/bin/sh', '-ec'],
            command: [`${fromFiles.join('')}exec docker-entrypoint.sh server`],
          }
        : { command: ['server'] }),
      environment: {
        ...distribution.entrypointVariables,
        // The server then refuses files that others may change.
        [`${distribution.binary.toUpperCase()}_ENABLE_FILE_PERMISSIONS_CHECK`]: 'true',
        ...Object.fromEntries(
          Object.entries(seal.variablesWithPaths).map(([variable, file]) => [variable, sealPath(file)]),
        ),
      },
      user: distribution.user,
      readOnlyRootFilesystem: true,
      tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=16m' },
      keepCapabilities: locksMemory ? ['CAP_IPC_LOCK'] : undefined,
      // A capability is of no use to a user that is not root, without one on the program; the limit is.
      ulimits: { nofile: 16384, ...(locksMemory ? { memlock: -1 } : {}) },
      memoryMiB: props.memoryMiB,
      stopGraceSeconds: 30,
      ports: [{ host: hostPort, container: listener.port }],
      volumes: [
        volume('data', distribution.dataDirectory),
        ...(audit.some(({ usesLogsDirectory }) => usesLogsDirectory)
          ? [volume('logs', distribution.logsDirectory)]
          : []),
        { volume: { volumeName: prepared.volumeName }, target: configuration, readOnly: true },
      ],
      needs: [...(props.needs ?? []), prepared],
      replacedWith: [prepared],
      // 2 is sealed or not initialised: alive, and people come next.
      health: Health.shell(
        `${distribution.binary} status -address=${loopback}${ca} >/dev/null 2>&1 || [ $? -eq 2 ]`,
      ),
    });
  }

  private files(props: ConfiguredServerProps, node: string, nodes: readonly string[]): PreparedFile[] {
    const { containerName, listener, seal, place } = props;
    const passwords = props.operatorAccess.some(({ description }) => description.type === 'userpass');
    const content = serverConfiguration({ ...props, node, nodes, commonName: containerName, passwords });
    const environment = `${place.platform}-${place.environment.name}`;
    return [
      { name: SERVER_FILES.configuration, content },
      ...(listener.minimumTlsVersion
        ? [
            this.certificateFile(SERVER_FILES.ca, this.folder.ca),
            this.certificateFile(SERVER_FILES.certificate, this.folder.certificate),
            this.certificateFile(SERVER_FILES.key, this.folder.key),
          ]
        : []),
      ...seal.files.map((file) => ({
        name: SERVER_FILES.seal(file),
        source: sealFile(environment, file),
        remedy: `put what the ${seal.type} seal needs there, with mode 0600`,
      })),
    ];
  }

  private certificateFile(name: string, source: string): PreparedFile {
    return { name, source, remedy: `run npm run certificates -- ${this.folder.path.split('/').pop()}` };
  }
}

/** A single node has the server's own name. */
function nodeNames(containerName: string, count: number): readonly string[] {
  return count === 1 ? [containerName] : Array.from({ length: count }, (_, i) => `${containerName}-${i + 1}`);
}
