import type { Waiting } from './clock';
import type { DeployableEnvironment } from './environments';
import type { Machine, Variables } from './machine';
import { OperationError } from './operation-error';
import { serverState } from './readiness';
import { checkServer, mountAccessors, type ServerCheck } from './server-check';
import type { States } from './states';
import { type MissingValue, missingValues } from './supplied';
import type { VaultClients } from './vault-client';
import { VaultNodes } from './vault-nodes';

/** What was found at a server: whether Terraform can work with it, and which values it would ask for. */
export interface Finding {
  readonly check: ServerCheck;
  readonly missing: readonly MissingValue[];
  readonly states?: States;
}

/** Whether Terraform can work with the server. */
export function isFit({ check }: Finding): boolean {
  return check.ready && check.problems.length === 0;
}

/** Looks at the server of an environment, as whoever deploys. */
export class ServerLook {
  /**
   * @param inMemory whether a server in memory must answer: it has no keys and no operators, and a deploy of all
   *   stacks brings it up before anything else asks it
   */
  public constructor(
    private readonly environment: DeployableEnvironment,
    private readonly machine: Machine,
    private readonly clients: VaultClients,
    private readonly inMemory: 'must answer' | 'is brought up',
  ) {}

  /**
   * Looks at it, and at what the last deploy has written to it.
   *
   * @param variables supplied since, beside those of this process
   * @param waiting see {@link serverState}
   */
  public async look(
    states: States | undefined,
    waiting?: Waiting,
    variables: Variables = {},
  ): Promise<Finding> {
    const { access } = this.environment.stacks;
    const nodes = this.nodes();
    const check = await this.check(nodes, states, waiting);
    if (!states || check.problems.length > 0) return { check, missing: [], states };
    const token = this.isInMemory ? access.vault?.token : check.token?.token;
    const written = {
      lastDeploy: states.access,
      mountAccessors: nodes ? await mountAccessors(nodes.first, token) : {},
    };
    const missing = missingValues(access, written, { ...this.machine.variables, ...variables });
    return { check, missing, states };
  }

  /** Whether what was found stands, whatever a deploy does: a server of its own that is away is what it is for. */
  public stands({ check }: Finding): boolean {
    const mode = this.environment.stacks.vault.vaultDescription?.mode;
    return check.ready || (mode !== 'configured' && mode !== 'in-memory');
  }

  private async check(
    nodes: VaultNodes | undefined,
    states: States | undefined,
    waiting?: Waiting,
  ): Promise<ServerCheck> {
    const nothing = { ready: true, problems: [], warnings: [], summary: [] };
    if (this.isInMemory && this.inMemory === 'is brought up') return nothing;
    // Without the authority's certificate, which is said already.
    if (!nodes) return { ...nothing, ready: false };
    if (!this.isInMemory) {
      return checkServer(this.environment, nodes, this.machine.variables, states, waiting);
    }
    const { problem } = await serverState(nodes, waiting);
    return problem === undefined ? nothing : { ...nothing, ready: false, problems: [problem] };
  }

  private get isInMemory(): boolean {
    return this.environment.stacks.vault.vaultDescription?.mode === 'in-memory';
  }

  private nodes(): VaultNodes | undefined {
    const description = this.environment.stacks.vault.vaultDescription;
    if (!description) return undefined;
    try {
      return new VaultNodes(this.environment.name, description, this.clients, '.');
    } catch (error) {
      if (error instanceof OperationError) return undefined;
      throw error;
    }
  }
}
