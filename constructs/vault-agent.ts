import { Construct } from 'constructs';
import { violationOfFileName, violationOfVariableName } from '../policies/names';
import { Container, type ContainerPlace, type VolumeMount } from './container';
import { refuseDerivedVariables } from './environment-contract';
import { Health } from './health';
import { refuseCredential } from './literal-secrets';
import { SECRETS_DIRECTORY, type SecretFile } from './secret-file';
import type { ServiceIdentity } from './service-identity';
import { ServiceToken } from './service-token';
import { declaredTwice, requireName, ValidationError } from './validation-error';
import type { VaultServer } from './vault-server';
import { Volume } from './volume';

export interface VaultAgentProps {
  readonly place: ContainerPlace;
  readonly server: VaultServer;
  readonly identity: ServiceIdentity;
  /** The service for which the agent works. */
  readonly service: string;
  /** The container that mounts the files. */
  readonly containerName: string;
  /** Numeric `uid:gid` of that container: the agent runs as the same one, and nobody else can read the files. */
  readonly user: string | undefined;
  readonly files: readonly SecretFile[];
  /** Whether the token itself is kept in a file as well. */
  readonly tokenFile: boolean;
  readonly needs?: readonly Container[];
}

/** Where the token is, when there is a file for it. */
export const TOKEN_FILE = `${SECRETS_DIRECTORY}/token`;

/** The agent's own configuration and token, in memory: its root file system is read-only. */
const AGENT_DIRECTORY = '/tmp';

/**
 * A Vault Agent beside a container: it holds the identity, keeps the token alive, and renders files into a
 * volume in memory that only the two of them mount.
 */
export class VaultAgent extends Construct {
  public readonly container: Container;
  /** What the served container mounts. */
  public readonly mount: VolumeMount;

  public constructor(scope: Construct, id: string, props: VaultAgentProps) {
    super(scope, id);
    const { place, server, files } = props;
    const { user } = props;
    if (user === undefined || !/^\d+:\d+$/.test(user)) {
      throw new ValidationError(
        this,
        `'user' must be a numeric 'uid:gid' where files hold secrets, got ${user === undefined ? 'nothing' : `'${user}'`}; write it as '1000:1000'`,
      );
    }
    this.checkFiles(files, props.tokenFile);
    for (const secret of files.flatMap(({ secrets }) => secrets)) props.identity.grant('read', secret);
    const volume = new Volume(this, 'secrets', {
      environment: place.environment,
      volumeName: `${props.containerName}-secrets`,
      inMemoryFor: user,
    });
    const token = new ServiceToken(this, 'token', props.identity);
    const written = [...files.map((file) => file.path), ...(props.tokenFile ? [TOKEN_FILE] : [])];
    this.mount = { volume, target: SECRETS_DIRECTORY, readOnly: true };
    this.container = new Container(this, 'container', {
      place,
      service: props.service,
      containerName: `${props.containerName}-agent`,
      image: server.distribution.image,
      // The configuration holds no secret; the token goes to a file in memory before the agent starts.
      entrypoint: ['/bin/sh', '-ec'],
      command: [
        `umask 077; printf %s "$AGENT_CONFIGURATION" > ${AGENT_DIRECTORY}/agent.hcl; printf %s "$VAULT_TOKEN" > ${AGENT_DIRECTORY}/token; unset VAULT_TOKEN; exec ${server.distribution.binary} agent -config=${AGENT_DIRECTORY}/agent.hcl`,
      ],
      environment: {
        AGENT_CONFIGURATION: agentConfiguration(server.address, files, props.tokenFile),
        VAULT_TOKEN: token.value,
        HOME: AGENT_DIRECTORY,
      },
      user,
      readOnlyRootFilesystem: true,
      tmpfs: { [AGENT_DIRECTORY]: 'rw,noexec,nosuid,nodev,size=1m' },
      memoryMiB: 128,
      volumes: [{ ...this.mount, readOnly: false }],
      health: Health.shell(written.map((path) => `test -s ${path}`).join(' && ')),
      needs: props.needs,
    });
  }

  private checkFiles(files: readonly SecretFile[], tokenFile: boolean): void {
    const paths = new Set(tokenFile ? [TOKEN_FILE] : []);
    for (const { name, path, variables, literals } of files) {
      requireName(this, 'files', name, violationOfFileName);
      for (const variable of variables) requireName(this, 'variables', variable, violationOfVariableName);
      refuseDerivedVariables(this, variables);
      for (const text of literals) refuseCredential(this, 'files', name, text, 'take it from a secret');
      if (paths.has(path)) throw declaredTwice(this, 'files', name, this, 'choose another name');
      paths.add(path);
    }
  }
}

/** A string of the agent's HCL, in which `${` would begin an expression. */
function agentString(text: string): string {
  return JSON.stringify(text)
    .replace(/\$(?=\{)/g, '\\u0024')
    .replace(/%(?=\{)/g, '\\u0025');
}

/** The agent's configuration in its own HCL. */
export function agentConfiguration(
  address: string,
  files: readonly SecretFile[],
  tokenFile: boolean,
): string {
  const sink = `
  sink "file" {
    config = {
      path = "${TOKEN_FILE}"
      mode = 256 # 0400
    }
  }
`;
  const templates = files.map(
    (file) => `
template {
  destination          = "${file.path}"
  perms                = "0400"
  error_on_missing_key = true
  backup               = false
  contents             = ${agentString(file.template)}
}
`,
  );
  return `vault {
  address = "${address}"
}

auto_auth {
  method "token_file" {
    config = {
      token_file_path = "${AGENT_DIRECTORY}/token"
    }
  }
${tokenFile ? sink : ''}}

template_config {
  exit_on_retry_failure         = true
  static_secret_render_interval = "30s"
}
${templates.join('')}`;
}
