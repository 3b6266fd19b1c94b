import { OperationError } from './operation-error';
import type { VaultAnswer } from './vault-client';
import type { SealStatus, VaultNode, VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';
import { votersIn } from './voters';

/** Vault asks for `sudo` there. */
const AUDIT = 'sys/audit';

/** One node, as it is now. */
export interface NodeStatus extends Partial<SealStatus> {
  readonly address: string;
  /** Why it gives no answer. */
  readonly problem?: string;
  /** In a cluster. */
  readonly isActive?: boolean;
  readonly leader?: string;
  /** End of the certificate that it serves, in ISO 8601. */
  readonly certificateEnd?: string;
}

/** A server, as it is now. */
export interface ServerStatus {
  readonly environment: string;
  readonly nodes: readonly NodeStatus[];
  /** Raft's voters, where the token in `VAULT_TOKEN` may read them. */
  readonly voters?: number;
  readonly audit: AuditStatus;
}

export interface AuditStatus {
  /** Whether the server says so; it is only declared otherwise. */
  readonly isFromServer: boolean;
  readonly devices: readonly string[];
  /** Why it is only declared: what was tried, and which token would show it. */
  readonly reason?: string;
}

/** Asks all nodes of a server, and with the operator's token what nobody else may know. */
export async function serverStatus(nodes: VaultNodes, outside: VaultSurroundings): Promise<ServerStatus> {
  const statuses = await Promise.all(nodes.all.map((node) => nodeStatus(node, outside)));
  const token = outside.machine.variables.VAULT_TOKEN;
  const open = nodes.all.find((_, i) => statuses[i]?.sealed === false);
  const ask = async (path: string) => (token && open ? answerOf(open, path, token) : undefined);
  const audit = auditStatus(nodes, await ask(AUDIT), { token, isOpen: open !== undefined });
  const raft = await ask('sys/storage/raft/configuration');
  return {
    environment: nodes.environment,
    nodes: statuses,
    ...(raft?.status === 200 && { voters: votersIn(raft.data) }),
    audit,
  };
}

function auditStatus(
  { environment, description, program }: VaultNodes,
  answer: VaultAnswer | undefined,
  { token, isOpen }: { readonly token: string | undefined; readonly isOpen: boolean },
): AuditStatus {
  if (answer?.status === 200) {
    return { isFromServer: true, devices: Object.keys(answer.data).map((name) => name.replace(/\/$/, '')) };
  }
  const { mode, audit_enabled_by: by } = description;
  // Where Terraform has the devices the operator may list them; elsewhere that right would be for this alone.
  const way =
    mode === 'configured' && by === 'configuration'
      ? `a root token shows them: npm run vault -- root ${environment} -- ${program} audit list`
      : `a token with read and sudo at ${AUDIT} shows them`;
  const reason = !isOpen
    ? 'no unsealed node answers'
    : !token
      ? `no token in VAULT_TOKEN; ${way}`
      : answer?.status === 403
        ? `${AUDIT} refuses the token in VAULT_TOKEN, which has ended or has no right there; ${way}`
        : `${AUDIT} ${answer ? `answers ${answer.status}` : 'gives no answer'}`;
  return { isFromServer: false, devices: description.audit.map(({ path }) => path), reason };
}

/**
 * As `vault status`: 0 is unsealed, 2 sealed or not initialised, 1 no answer. Of several nodes the worst counts: one
 * that gives no answer before one that is sealed.
 */
export function exitCodeOf({ nodes }: ServerStatus): number {
  if (nodes.some(({ problem }) => problem !== undefined)) return 1;
  return nodes.some(({ sealed }) => sealed !== false) ? 2 : 0;
}

async function nodeStatus(node: VaultNode, outside: VaultSurroundings): Promise<NodeStatus> {
  const end = await outside.certificateOf(node.address);
  const common = { address: node.address, ...(end && { certificateEnd: end.toISOString() }) };
  try {
    const status = await node.sealStatus();
    if (status.sealed) return { ...common, ...status };
    const { body } = await node.request('GET', 'sys/leader');
    return {
      ...common,
      ...status,
      ...(body.ha_enabled === true && {
        isActive: body.is_self === true,
        ...(body.leader_address ? { leader: String(body.leader_address) } : {}),
      }),
    };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return { ...common, problem: error.problems.join('; ') };
  }
}

async function answerOf(node: VaultNode, path: string, token: string): Promise<VaultAnswer | undefined> {
  try {
    return await node.request('GET', path, { token });
  } catch (error) {
    if (error instanceof OperationError) return undefined;
    throw error;
  }
}
