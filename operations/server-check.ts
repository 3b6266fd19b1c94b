import { type RequiredCapability, requiredCapabilities } from '../policies/operator-rules';
import { auditProblem } from './audit-devices';
import type { Waiting } from './clock';
import type { DeployableEnvironment } from './environments';
import type { Variables } from './machine';
import { OperationError } from './operation-error';
import { operatorStacks } from './operator-stacks';
import { type OperatorToken, operatorToken } from './operator-token';
import { type ServerState, serverState } from './readiness';
import type { States } from './states';
import { tokenState } from './token-state';
import type { VaultNode, VaultNodes } from './vault-nodes';

/** What a command finds at a server with which it will work. */
export interface ServerCheck {
  /** Whether the server itself is fit. What else is wrong then is wrong with the token. */
  readonly ready: boolean;
  /** Each is one line. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** What it is, where nothing is wrong. */
  readonly summary: readonly string[];
  /** See {@link ServerState.opening}. */
  readonly opening?: ServerState['opening'];
  /** The token for Terraform, where nothing is wrong with it. */
  readonly token?: OperatorToken;
}

/**
 * Checks a server, and the token of whoever works with it.
 *
 * @param states where they are known
 * @param waiting see {@link serverState}
 */
export async function checkServer(
  environment: DeployableEnvironment,
  nodes: VaultNodes,
  variables: Variables,
  states?: States,
  waiting?: Waiting,
): Promise<ServerCheck> {
  const { problem, opening, warnings, summary } = await serverState(nodes, waiting);
  const nothing = { ready: false, warnings, summary: [] };
  if (problem !== undefined) return { ...nothing, problems: [problem], opening };
  const token = operatorToken(nodes, variables);
  if ('problem' in token) return { ...nothing, ready: true, problems: [token.problem] };
  const state = await tokenState(nodes, nodes.first, token, requiredBy(environment, states));
  if (state.noAnswer !== undefined) return { ...nothing, problems: [state.noAnswer] };
  if (state.problem !== undefined) return { ...nothing, ready: true, problems: [state.problem] };
  const audit = await auditProblem(nodes, token.token);
  if (audit !== undefined) return { ...nothing, ready: true, problems: [audit] };
  return {
    ready: true,
    problems: [],
    warnings,
    summary: [`vault: ${summary}`, `token: ${state.summary}`],
    token,
  };
}

function requiredBy(environment: DeployableEnvironment, states?: States): readonly RequiredCapability[] {
  try {
    return requiredCapabilities(operatorStacks(environment, states));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'Error') throw error;
    // A declaration that no operator may deploy.
    throw new OperationError([error.message]);
  }
}

/**
 * The accessors of the mounts that a server has now, by path: another accessor than before is another mount.
 *
 * @returns nothing where the server does not say, as one that is not there yet
 */
export async function mountAccessors(
  node: VaultNode,
  token: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  try {
    const { data } = await node.request('GET', 'sys/mounts', { token });
    return Object.fromEntries(
      Object.entries(data).flatMap(([path, mount]) => {
        const { accessor } = (mount ?? {}) as { readonly accessor?: unknown };
        return typeof accessor === 'string' ? [[path.replace(/\/$/, ''), accessor]] : [];
      }),
    );
  } catch (error) {
    if (error instanceof OperationError) return {};
    throw error;
  }
}
