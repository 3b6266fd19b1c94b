import { DISTRIBUTIONS } from '../constructs/distribution';
import { type Waiting, waitFor } from './clock';
import { OperationError } from './operation-error';
import type { SealStatus, VaultNode, VaultNodes } from './vault-nodes';
import { initCommand, sealedProblem, uninitialisedProblem, unsealCommand } from './vault-problems';

/** A seal that needs no people opens within this. */
const UNSEALING = { patienceMs: 30_000, everyMs: 500 };

/** A server as a command finds it. */
export interface ServerState {
  /** Why Terraform cannot work with it, if it cannot. */
  readonly problem: string | undefined;
  /** The command by which people open it, where that is all it needs. */
  readonly opening?: string;
  /** Of the nodes that Terraform can do without for now. */
  readonly warnings: readonly string[];
  /** Such as `unsealed, OpenBao 2.5.5`. */
  readonly summary: string;
}

interface NodeState {
  readonly status?: SealStatus;
  readonly problem?: string;
  readonly opening?: string;
}

/**
 * Whether a server can be worked with: it answers, over TLS with a certificate that the authority signed, has keys
 * and is unsealed. Terraform talks to the first node, which passes on what only the active one may do.
 *
 * @param waiting for what comes about by itself after a start: a seal that needs nobody, and an active node. Left
 *   out, the server is taken as it is now.
 */
export async function serverState(nodes: VaultNodes, waiting?: Waiting): Promise<ServerState> {
  if (waiting && opensByItself(nodes)) {
    await waitFor(waiting, UNSEALING, async () => {
      const { status, problem } = await stateOf(nodes, nodes.first);
      // Keys come from people.
      return problem === undefined || status?.initialised === false ? true : undefined;
    });
  }
  const [first = {}, ...others] = await Promise.all(nodes.all.map((node) => stateOf(nodes, node)));
  const warnings = others.flatMap(({ problem }) => problem ?? []);
  const unsealed = nodes.all.length - warnings.length;
  const summary = [
    'unsealed',
    ...(nodes.all.length > 1 ? [`${unsealed} of ${nodes.all.length} nodes`] : []),
    `${DISTRIBUTIONS[nodes.description.distribution].name} ${first.status?.version ?? ''}`,
  ].join(', ');
  // What the first one lacks the others mostly lack too.
  if (first.problem !== undefined) {
    return { problem: first.problem, opening: first.opening, warnings: [], summary };
  }
  const isOurs = nodes.description.mode === 'configured';
  const problem = waiting && isOurs ? await activityProblem(nodes, waiting) : undefined;
  return { problem, warnings, summary };
}

async function stateOf(nodes: VaultNodes, node: VaultNode): Promise<NodeState> {
  try {
    const status = await node.sealStatus();
    if (!status.initialised) {
      return { status, problem: uninitialisedProblem(nodes, node.address), opening: initCommand(nodes) };
    }
    if (!status.sealed) return { status };
    return { status, problem: sealedProblem(nodes, node.address), opening: unsealCommand(nodes) };
  } catch (error) {
    return { problem: problemIn(error) };
  }
}

async function activityProblem(nodes: VaultNodes, waiting: Waiting): Promise<string | undefined> {
  try {
    await nodes.active(waiting);
    return undefined;
  } catch (error) {
    return problemIn(error);
  }
}

function opensByItself({ description: { mode, seal } }: VaultNodes): boolean {
  return mode === 'configured' && seal !== 'shamir';
}

function problemIn(error: unknown): string {
  if (error instanceof OperationError) return error.problems.join('; ');
  throw error;
}
