import { Construct } from 'constructs';
import { violationOfFileName, violationOfVariableName } from '../policies/names';
import { AGENT_DIRECTORY, agentLogin } from './agent-login';
import { Container, type ContainerPlace, type VolumeMount } from './container';
import { refuseDerivedVariables } from './environment-contract';
import { Health } from './health';
import { refuseCredential } from './literal-secrets';
import { SECRETS_DIRECTORY, type SecretFile } from './secret-file';
import type { ServiceIdentity } from './service-identity';
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
  /** Numeric `uid:gid` of that container: nobody but this group can read the files, and the agent alone writes them. */
  readonly user: string | undefined;
  readonly files: readonly SecretFile[];
  /** The path of a file for the token itself, where there is to be one. */
  readonly tokenFile?: string;
  readonly needs?: readonly Container[];
}

/** Where the token is, for a program that is told. */
export const TOKEN_FILE = `${SECRETS_DIRECTORY}/token`;

/** Where Vault's own tools and client libraries look for it, in a home that is {@link SECRETS_DIRECTORY}. */
export const HOME_TOKEN_FILE = `${SECRETS_DIRECTORY}/.vault-token`;

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
    const { place, server, files, user, tokenFile } = props;
    const { distribution, authority } = server;
    if (user === undefined || !/^\d+:\d+$/.test(user)) {
      throw new ValidationError(
        this,
        `'user' must be a numeric 'uid:gid' where files hold secrets, got ${user === undefined ? 'nothing' : `'${user}'`}; write it as '1000:1000'`,
      );
    }
    this.checkFiles(files, tokenFile);
    for (const secret of files.flatMap(({ secrets }) => secrets)) props.identity.grant('read', secret);
    const [writer = ''] = distribution.user.split(':');
    const [, readers = ''] = user.split(':');
    const volume = new Volume(this, 'secrets', {
      environment: place.environment,
      volumeName: `${props.containerName}-secrets`,
      inMemoryFor: { writer, readers },
    });
    const login = agentLogin(this, props);
    const written = [
      ...(login.proof ? [login.proof] : []),
      ...files.map((file) => file.path),
      ...(tokenFile ? [tokenFile] : []),
    ];
    this.mount = { volume, target: SECRETS_DIRECTORY, readOnly: true };
    this.container = new Container(this, 'container', {
      place,
      service: props.service,
      containerName: `${props.containerName}-agent`,
      image: distribution.image,
      // The configuration holds no secret; what does goes to files in memory before the agent starts.
      entrypoint: ['/bin/sh', '-ec'],
      command: [
        [
          'umask 077',
          `printf %s "$AGENT_CONFIGURATION" > ${AGENT_DIRECTORY}/agent.hcl`,
          ...login.prepare,
          ...(tokenFile && server.isLasting ? [resume(distribution.binary, tokenFile)] : []),
          `umask 027`,
          `exec ${distribution.binary} agent -config=${AGENT_DIRECTORY}/agent.hcl`,
        ].join('\n'),
      ],
      environment: {
        AGENT_CONFIGURATION: agentConfiguration({
          address: server.address,
          authority: authority?.path,
          method: login.method,
          files,
          tokenFile,
        }),
        ...login.environment,
        VAULT_ADDR: server.address,
        ...(authority ? { VAULT_CACERT: authority.path } : {}),
        HOME: AGENT_DIRECTORY,
      },
      user: `${writer}:${readers}`,
      readOnlyRootFilesystem: true,
      tmpfs: { [AGENT_DIRECTORY]: 'rw,noexec,nosuid,nodev,size=1m' },
      memoryMiB: 128,
      volumes: [
        { ...this.mount, readOnly: false },
        ...login.volumes,
        ...(authority ? [authority.mountIn(this)] : []),
      ],
      health: Health.shell(written.map((path) => `test -s ${path}`).join(' && ')),
      needs: props.needs,
    });
  }

  private checkFiles(files: readonly SecretFile[], tokenFile: string | undefined): void {
    const paths = new Set(tokenFile ? [tokenFile] : []);
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

/**
 * An agent that starts again goes on with the token that its service has read already, as long as it lives: another
 * one would leave the service with a token that nobody renews. So a server that is sealed or away is waited for, and
 * only one that refuses the token, with a status of 400 to 409, makes the agent log in anew.
 */
function resume(binary: string, tokenFile: string): string {
  return `while [ -s ${tokenFile} ]; do
  if refusal=$(VAULT_TOKEN="$(cat ${tokenFile})" ${binary} token renew 2>&1 >/dev/null); then
    cp ${tokenFile} ${AGENT_DIRECTORY}/token
    sed -i '/^  method "/,/^  }/d; s|^auto_auth {|&\\n  method "token_file" {\\n    exit_on_err = true\\n    config = {\\n      token_file_path = "${AGENT_DIRECTORY}/token"\\n    }\\n  }|' ${AGENT_DIRECTORY}/agent.hcl
    break
  fi
  case $refusal in *"Code: 40"[0-9]*) break ;; esac
  echo "vault at $VAULT_ADDR does not answer or is sealed" >&2
  sleep 5
done`;
}

/** A string of the agent's HCL, in which `${` would begin an expression. */
function agentString(text: string): string {
  return JSON.stringify(text)
    .replace(/\$(?=\{)/g, '\\u0024')
    .replace(/%(?=\{)/g, '\\u0025');
}

export interface AgentConfigurationProps {
  readonly address: string;
  /** Path of the authority's certificate. */
  readonly authority: string | undefined;
  /** The method of `auto_auth`. */
  readonly method: string;
  readonly files: readonly SecretFile[];
  readonly tokenFile: string | undefined;
}

/** The agent's configuration in its own HCL. */
export function agentConfiguration(props: AgentConfigurationProps): string {
  const { address, authority, method, files, tokenFile } = props;
  const sink = `
  sink "file" {
    config = {
      path = "${tokenFile}"
      mode = 288 # 0440
    }
  }
`;
  const templates = files.map(
    (file) => `
template {
  destination          = "${file.path}"
  perms                = "0440"
  error_on_missing_key = true
  backup               = false
  contents             = ${agentString(file.template)}
}
`,
  );
  return `vault {
  address = "${address}"
${authority ? `  ca_cert = "${authority}"\n` : ''}}

auto_auth {
${method}${tokenFile ? sink : ''}}

template_config {
  exit_on_retry_failure         = true
  static_secret_render_interval = "30s"
}
${templates.join('')}`;
}
