import { asksForHelp, environmentAndFlags, usage } from './arguments';
import { approvalProblem, cdktf } from './cdktf';
import { realClock, type Waiting } from './clock';
import type { DeployableEnvironment } from './environments';
import { type Machine, thisMachine } from './machine';
import { exitWith, NextCommand, OperationError } from './operation-error';
import { bindPort, type PortProbe } from './ports';
import { deployFindings } from './preflight';
import { type Questions, TerminalQuestions } from './questions';
import { checkServer, mountAccessors, type ServerCheck } from './server-check';
import type { States } from './states';
import { ask, type MissingValue, missingValues, problemOf } from './supplied';
import { synthesis } from './synthesis';
import { httpVaultClients, type VaultClients } from './vault-client';
import { VaultNodes } from './vault-nodes';

/** What a deploy meets outside. */
export interface DeploySurroundings {
  readonly machine: Machine;
  readonly probe: PortProbe;
  readonly clients: VaultClients;
  readonly questions: Questions;
  readonly waiting: Waiting;
  /** Writes a line about what happens. */
  say(line: string): void;
}

/**
 * Brings an environment up, as far as it goes without people: a server that has no keys yet, or that is sealed, ends
 * it with the command that comes next. Whatever can be known is said before anything changes.
 *
 * @returns the exit code: 0, or that of cdktf
 * @throws NextCommand (exit code 3) where people come next
 * @throws OperationError with exit code 2 for arguments that will not do, and with 1 for everything else
 */
export async function deploy(args: readonly string[], outside: DeploySurroundings): Promise<number> {
  if (asksForHelp(args)) {
    process.stdout.write(usage('deploy'));
    return 0;
  }
  const { environment, flags } = environmentAndFlags(args, await synthesis(outside.machine), 'deploy');
  return new Deploy(environment, flags, outside).run();
}

/** What was found at a server: whether Terraform can work with it, and which values it would ask for. */
interface Finding {
  readonly check: ServerCheck;
  readonly missing: readonly MissingValue[];
  readonly states?: States;
}

class Deploy {
  /** Whether Terraform has to bring the server up, before people can open it and anything else can be planned. */
  private readonly isOpenedByPeople: boolean;
  /** Whether the server has no keys and no operators: it is looked at only for what it has kept. */
  private readonly isInMemory: boolean;

  public constructor(
    private readonly environment: DeployableEnvironment,
    private readonly flags: readonly string[],
    private readonly outside: DeploySurroundings,
  ) {
    const mode = environment.stacks.vault.vaultDescription?.mode;
    this.isOpenedByPeople = mode === 'configured';
    this.isInMemory = mode === 'in-memory';
  }

  public async run(): Promise<number> {
    const { check, missing, states } = await this.beforeAnythingChanges();
    if (!this.isOpenedByPeople) return this.deployAll(check, missing);
    this.outside.say('vault: deploying');
    const code = await this.cdktf(['vault'], {});
    return code === 0 ? this.deployOthers(states) : code;
  }

  /** @throws OperationError with everything that is known to be missing */
  private async beforeAnythingChanges(): Promise<Finding> {
    const { machine, probe, questions, say } = this.outside;
    const { problems, warnings, states } = await deployFindings(this.environment, machine, probe, new Date());
    for (const warning of warnings) say(`warning: ${warning}`);
    const found = await this.look(states);
    // A server that is not up yet, or not open, is what this deploy is for.
    const known = !this.isOpenedByPeople || found.check.ready;
    const approval = approvalProblem(this.flags, questions.possible, 'deploy', this.environment.name);
    const all = [
      ...problems,
      ...(known ? found.check.problems : []),
      ...(known && !questions.possible ? found.missing.map(problemOf) : []),
      ...(approval ? [approval] : []),
    ];
    if (all.length > 0) throw new OperationError(all);
    return found;
  }

  private async deployAll(check: ServerCheck, missing: readonly MissingValue[]): Promise<number> {
    this.tell(check);
    const values = await ask(missing, this.outside.questions);
    this.outside.say('vault, access, services: deploying');
    return this.cdktf(undefined, values);
  }

  private async deployOthers(states: States | undefined): Promise<number> {
    const { questions, waiting, say } = this.outside;
    const { check, missing } = await this.look(states, waiting);
    this.tell(check);
    const [problem] = check.problems;
    if (problem !== undefined && check.opening !== undefined) throw new NextCommand(problem, check.opening);
    if (problem !== undefined) throw new OperationError(check.problems);
    if (!questions.possible && missing.length > 0) throw new OperationError(missing.map(problemOf));
    const values = await ask(missing, questions);
    say('access, services: deploying');
    return this.cdktf(['access', 'services'], { ...values, VAULT_TOKEN: check.token?.token });
  }

  /** Looks at the server, and at what the last deploy has written to it. */
  private async look(states: States | undefined, waiting?: Waiting): Promise<Finding> {
    const { machine } = this.outside;
    const { access } = this.environment.stacks;
    const nodes = this.nodes();
    const check = await this.check(nodes, states, waiting);
    if (!states || check.problems.length > 0) return { check, missing: [], states };
    const token = this.isInMemory ? access.vault?.token : check.token?.token;
    const written = {
      lastDeploy: states.access,
      mountAccessors: nodes ? await mountAccessors(nodes.first, token) : {},
    };
    return { check, missing: missingValues(access, written, machine.variables), states };
  }

  private async check(
    nodes: VaultNodes | undefined,
    states: States | undefined,
    waiting?: Waiting,
  ): Promise<ServerCheck> {
    const nothing = { ready: true, problems: [], warnings: [], summary: [] };
    if (this.isInMemory) return nothing;
    // Without the authority's certificate, which is said already.
    if (!nodes) return { ...nothing, ready: false };
    return checkServer(this.environment, nodes, this.outside.machine.variables, states, waiting);
  }

  private nodes(): VaultNodes | undefined {
    const description = this.environment.stacks.vault.vaultDescription;
    if (!description) return undefined;
    try {
      return new VaultNodes(this.environment.name, description, this.outside.clients, '.');
    } catch (error) {
      if (error instanceof OperationError) return undefined;
      throw error;
    }
  }

  private tell({ warnings, summary }: ServerCheck): void {
    for (const warning of warnings) this.outside.say(`warning: ${warning}`);
    for (const line of summary) this.outside.say(line);
  }

  private cdktf(
    parts: Parameters<typeof cdktf>[3]['parts'],
    variables: Parameters<typeof cdktf>[3]['variables'],
  ) {
    return cdktf(this.outside.machine, 'deploy', this.environment, { flags: this.flags, parts, variables });
  }
}

if (require.main === module) {
  void exitWith(() =>
    deploy(process.argv.slice(2), {
      machine: thisMachine,
      probe: bindPort,
      clients: httpVaultClients,
      questions: new TerminalQuestions(process.stdin, process.stderr),
      waiting: { clock: realClock, signal: new AbortController().signal },
      say: (line) => process.stderr.write(`${line}\n`),
    }),
  );
}
