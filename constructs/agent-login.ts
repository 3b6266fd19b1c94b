import { ApproleAuthBackendRoleSecretId } from '@cdktf/provider-vault/lib/approle-auth-backend-role-secret-id';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { APPROLE_PATH, type AppRole, SECRET_ID_TTL } from './app-role';
import type { ContainerPlace, VolumeMount } from './container';
import type { Distribution } from './distribution';
import type { ServiceIdentity } from './service-identity';
import { ServiceToken } from './service-token';
import type { VaultServer } from './vault-server';
import { Volume } from './volume';

/** The agent's own files, in memory: its root file system is read-only. */
export const AGENT_DIRECTORY = '/tmp';

/** How an agent comes to its identity's token. */
export interface AgentLogin {
  /** Variables of the agent's container. */
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly VolumeMount[];
  /** Lines of a POSIX shell, run before the agent: they leave files in {@link AGENT_DIRECTORY}. */
  readonly prepare: readonly string[];
  /** The method of the agent's `auto_auth`, in its HCL, and sinks. */
  readonly method: string;
  /** A file that is there once this start of the agent has logged in: those of the service may be of an earlier one. */
  readonly proof?: string;
}

export interface AgentLoginProps {
  readonly place: ContainerPlace;
  readonly server: VaultServer;
  readonly identity: ServiceIdentity;
  /** The container for which the agent works. */
  readonly containerName: string;
}

/** AppRole where the server keeps what was written; a token that Terraform made on one that forgets. */
export function agentLogin(scope: Construct, props: AgentLoginProps): AgentLogin {
  return props.server.isLasting ? appRoleLogin(scope, props) : tokenLogin(scope, props.identity);
}

/** The token is in the agent's definition, and in the state. It ends with the server. */
function tokenLogin(scope: Construct, identity: ServiceIdentity): AgentLogin {
  return {
    environment: { VAULT_TOKEN: new ServiceToken(scope, 'token', identity).value },
    volumes: [],
    prepare: [`printf %s "$VAULT_TOKEN" > ${AGENT_DIRECTORY}/token`, 'unset VAULT_TOKEN'],
    method: `  method "token_file" {
    config = {
      token_file_path = "${AGENT_DIRECTORY}/token"
    }
  }
`,
  };
}

/** How long Terraform's secret-id waits for its agent. Containers that need others start late. */
const WRAPPING_TTL = '15m';

/** The longest pause between two logins of an agent. Its default of 5 minutes is too long after an unseal. */
const MAXIMUM_BACKOFF = '15s';

/**
 * Terraform makes a secret-id, and sees a wrapping token alone: good for one use, within minutes, and for this
 * secret-id. The agent unwraps it at its first start into a volume that nothing else mounts. Whoever unwraps before
 * makes the agent fail, which is the alarm.
 */
function appRoleLogin(
  scope: Construct,
  { place, server, identity, containerName }: AgentLoginProps,
): AgentLogin {
  const role: AppRole = identity.role();
  const { clientSubnet, distribution } = server;
  const secretId = new ApproleAuthBackendRoleSecretId(scope, 'secret-id', {
    backend: APPROLE_PATH,
    roleName: role.roleName,
    cidrList: clientSubnet === undefined ? undefined : [clientSubnet],
    metadata: JSON.stringify({ container: containerName }),
    // As the role says: the provider compares it.
    ttl: SECRET_ID_TTL,
    wrappingTtl: WRAPPING_TTL,
    // Otherwise the plan would ask for the wrapping token, which is used by then.
    withWrappedAccessor: true,
  });
  const volume = new Volume(scope, 'identity', {
    environment: place.environment,
    volumeName: `${containerName}-identity`,
  });
  const folder = distribution.dataDirectory;
  const proof = `${AGENT_DIRECTORY}/logged-in`;
  return {
    environment: { ROLE_ID: role.roleId, WRAPPED_SECRET_ID: secretId.wrappingToken },
    volumes: [{ volume, target: folder }],
    prepare: [
      `printf %s "$ROLE_ID" > ${AGENT_DIRECTORY}/role-id`,
      `wrapped=$(printf %s "$WRAPPED_SECRET_ID" | sha256sum)`,
      unwrap(distribution, folder, secretId),
      'unset WRAPPED_SECRET_ID',
    ],
    method: `  method "approle" {
    max_backoff = "${MAXIMUM_BACKOFF}"
    config = {
      role_id_file_path                   = "${AGENT_DIRECTORY}/role-id"
      secret_id_file_path                 = "${folder}/secret-id"
      remove_secret_id_file_after_reading = false
    }
  }

  sink "file" {
    config = {
      path = "${proof}"
      mode = 256 # 0400
    }
  }
`,
    proof,
  };
}

/**
 * A new wrapping token is told from the one that was used by its hash. A server that is sealed or away is no reason
 * for an alarm: the container starts again, and tries again.
 *
 * A new secret-id in the place of the old one also ends the old one, whoever has it.
 */
function unwrap({ binary }: Distribution, folder: string, secretId: ApproleAuthBackendRoleSecretId): string {
  const address = `${secretId.terraformResourceType}.${secretId.friendlyUniqueId}`;
  const stack = TerraformStack.of(secretId).node.id;
  return `if [ "$(cat ${folder}/wrapped 2>/dev/null)" != "$wrapped" ]; then
  if ! ${binary} status >/dev/null 2>&1; then echo "vault at $VAULT_ADDR does not answer or is sealed" >&2; sleep 5; exit 1; fi
  if ! VAULT_TOKEN="$WRAPPED_SECRET_ID" ${binary} unwrap -field=secret_id > ${folder}/.secret-id; then
    echo "the secret-id of role $ROLE_ID was unwrapped before, or its time ended: if this first start is not within ${WRAPPING_TTL} of the deploy, nothing is wrong, else somebody else has it; a new one ends the old: run terraform apply -replace=${address} in cdktf.out/stacks/${stack}" >&2
    sleep 5; exit 1
  fi
  mv ${folder}/.secret-id ${folder}/secret-id
  printf %s "$wrapped" > ${folder}/wrapped
fi`;
}
