import { Container as DockerContainer } from '@cdktf/provider-docker/lib/container';
import { Construct } from 'constructs';
import type { ContainerPlace, Prerequisite } from './container';
import { literalText } from './hcl';
import { Host } from './host';
import { projectFile } from './project-file';
import { Volume } from './volume';

/** A file of a prepared volume. */
export interface PreparedFile {
  readonly name: string;
  /** The text, where it is no secret: it is in the state. */
  readonly content?: string;
  /** A file of the project, for everything else: only its hash gets into the state. */
  readonly source?: string;
  /** What the file is, and how one comes by it, for the error when it is not there. */
  readonly remedy?: string;
}

export interface PreparedVolumeProps {
  readonly place: ContainerPlace;
  readonly volumeName: string;
  /** Of the container that copies; it needs a POSIX shell. */
  readonly image: string;
  readonly files: readonly PreparedFile[];
  /** Numeric `uid:gid` that owns the files. */
  readonly owner: string;
  /** Octal, such as `0400`. The folder gets the same, and may be entered by whoever may read. */
  readonly mode: '0400' | '0444';
}

/**
 * A volume with files that Terraform brings there, owned by whom they are for.
 *
 * Docker cannot put files into a volume, and neither into a container with a read-only root file system. So a
 * short-lived container takes them into its own file system, copies them and ends. It has no network, and stays
 * there, stopped, for Terraform to compare: a changed file makes a new one.
 */
export class PreparedVolume extends Construct implements Prerequisite {
  public readonly volumeName: string;
  /** The container that copied: there when the files are. */
  public readonly resource: DockerContainer;

  public constructor(scope: Construct, id: string, props: PreparedVolumeProps) {
    super(scope, id);
    const { place, files, mode, owner } = props;
    const volume = new Volume(this, 'volume', {
      environment: place.environment,
      volumeName: props.volumeName,
    });
    this.volumeName = props.volumeName;
    const containerName = `${props.volumeName}-files`;
    Host.of(this, place.environment.host).claim(
      this,
      'container name',
      containerName,
      'container names are shared by the whole Docker host',
    );
    const folderMode = mode === '0400' ? '0500' : '0555';
    this.resource = new DockerContainer(this, 'Resource', {
      name: containerName,
      image: props.image,
      user: '0:0',
      networkMode: 'none',
      entrypoint: ['/bin/sh', '-ec'],
      // Into place by renaming, so that a server which reads at this moment finds the old file or the new one.
      command: [
        [
          'umask 077; cd /prepared',
          ...files.map(
            ({ name }) =>
              `cp /upload/${name} .${name}; chown ${owner} .${name}; chmod ${mode} .${name}; mv .${name} ${name}`,
          ),
          // What was declared before and is not any more, such as the key of another seal.
          `find . -type f ${files.map(({ name }) => `! -name ${name}`).join(' ')} -exec rm {} +`,
          `chown ${owner} .; chmod ${folderMode} .`,
        ].join('; '),
      ],
      mustRun: false,
      attach: true,
      restart: 'no',
      // The owner of the folder may be another one already.
      capabilities: { drop: ['ALL'], add: ['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FOWNER'] },
      securityOpts: ['no-new-privileges:true'],
      memory: 64,
      memorySwap: 64,
      ulimit: [{ name: 'core', soft: 0, hard: 0 }],
      logDriver: 'json-file',
      logOpts: { 'max-size': '1m', 'max-file': '1' },
      volumes: [{ volumeName: volume.volumeName, containerPath: '/prepared' }],
      upload: files.map(({ name, content, source }) =>
        source === undefined
          ? { file: `/upload/${name}`, content: literalText(content ?? '') }
          : {
              file: `/upload/${name}`,
              source: projectFile(this, source),
              sourceHash: `\${filesha256("${projectFile(this, source)}")}`,
            },
      ),
      labels: [
        { label: 'platform', value: place.platform },
        { label: 'environment', value: place.environment.name },
        { label: 'service', value: 'vault' },
      ],
      dependsOn: [volume.resource],
    });
    const given = files.filter(({ source }) => source !== undefined);
    this.resource.addOverride('lifecycle', {
      ...(given.length > 0
        ? {
            precondition: given.map(({ source = '', remedy }) => ({
              // Terraform wants a condition to name something.
              condition: `\${fileexists("\${path.root}/${projectFile(this, source)}")}`,
              error_message: `[${this.node.path}] '${source}' must be there, got no such file; ${remedy ?? 'put it there'}.`,
            })),
          }
        : {}),
      postcondition: [
        {
          condition: '${self.exit_code == 0}',
          error_message: `[${this.node.path}] the files of volume '${props.volumeName}' must be copied, got another end than 0; see docker logs ${containerName}.`,
        },
      ],
    });
  }
}
