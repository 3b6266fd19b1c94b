import { asksForHelp, environmentAndFlags, usage } from './arguments';
import { approvalProblem, cdktf } from './cdktf';
import { realClock, type Waiting } from './clock';
import type { DeployableEnvironment } from './environments';
import { type Machine, thisMachine } from './machine';
import { exitWith, NextCommand, OperationError } from './operation-error';
import { environmentAndDigests, namesPlans } from './plan-digests';
import { PlanFolder } from './plan-folder';
import { bindPort, type PortProbe } from './ports';
import { deployFindings } from './preflight';
import { type Questions, TerminalQuestions } from './questions';
import { ReviewedDeploy } from './reviewed-deploy';
import type { ServerCheck } from './server-check';
import { type Finding, ServerLook } from './server-look';
import type { States } from './states';
import { ask, problemOf } from './supplied';
import { synthesis } from './synthesis';
import { httpVaultClients, type VaultClients } from './vault-client';

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
 * @throws RefusedPlan (exit code 4) where plans that were reviewed are to be deployed, and it would be others
 * @throws OperationError with exit code 2 for arguments that will not do, and with 1 for everything else
 */
export async function deploy(args: readonly string[], outside: DeploySurroundings): Promise<number> {
  if (asksForHelp(args)) {
    process.stdout.write(usage('deploy'));
    return 0;
  }
  const known = await synthesis(outside.machine);
  if (namesPlans(args)) {
    const { environment, digests } = environmentAndDigests(args, known);
    return new Deploy(environment, outside, { digests }).run();
  }
  const { environment, flags } = environmentAndFlags(args, known, 'deploy');
  return new Deploy(environment, outside, { flags }).run();
}

/** What is deployed: what is declared, with flags for the CDKTF command line, or plans that were reviewed. */
type Request = { readonly flags: readonly string[] } | { readonly digests: ReadonlySet<string> };

class Deploy {
  /** Whether Terraform has to bring the server up, before people can open it and anything else can be planned. */
  private readonly isOpenedByPeople: boolean;
  private readonly server: ServerLook;

  public constructor(
    private readonly environment: DeployableEnvironment,
    private readonly outside: DeploySurroundings,
    private readonly request: Request,
  ) {
    this.isOpenedByPeople = environment.stacks.vault.vaultDescription?.mode === 'configured';
    const inMemory = 'digests' in request ? 'must answer' : 'is brought up';
    this.server = new ServerLook(environment, outside.machine, outside.clients, inMemory);
  }

  public async run(): Promise<number> {
    const { environment, outside, request, server } = this;
    const found = await this.beforeAnythingChanges();
    if ('digests' in request) {
      return new ReviewedDeploy(environment, request.digests, outside, server).run(found);
    }
    if (!this.isOpenedByPeople) return this.deployAll(found);
    this.outside.say('vault: deploying');
    const code = await this.cdktf(['vault'], {});
    return code === 0 ? this.deployOthers(found.states) : code;
  }

  /** @throws OperationError with everything that is known to be missing */
  private async beforeAnythingChanges(): Promise<Finding> {
    const { machine, probe, questions, say } = this.outside;
    const { problems, warnings, states } = await deployFindings(this.environment, machine, probe, new Date());
    for (const warning of warnings) say(`warning: ${warning}`);
    const found = await this.server.look(states);
    const known = this.server.stands(found);
    const approval = this.approvalProblem();
    const all = [
      ...problems,
      ...(known ? found.check.problems : []),
      ...(known && !questions.possible ? found.missing.map(problemOf) : []),
      ...(approval ? [approval] : []),
    ];
    if (all.length > 0) throw new OperationError(all);
    return found;
  }

  /** The digest of a reviewed plan approves it. */
  private approvalProblem(): string | undefined {
    const { environment, outside, request } = this;
    if ('digests' in request) return undefined;
    return approvalProblem(request.flags, outside.questions.possible, 'deploy', environment.name);
  }

  private async deployAll({ check, missing }: Finding): Promise<number> {
    this.tell(check);
    const values = await ask(missing, this.outside.questions);
    this.outside.say('vault, access, services: deploying');
    return this.cdktf(undefined, values);
  }

  private async deployOthers(states: States | undefined): Promise<number> {
    const { questions, waiting, say } = this.outside;
    const { check, missing } = await this.server.look(states, waiting);
    this.tell(check);
    const [problem] = check.problems;
    if (problem !== undefined && check.opening !== undefined) throw new NextCommand(problem, check.opening);
    if (problem !== undefined) throw new OperationError(check.problems);
    if (!questions.possible && missing.length > 0) throw new OperationError(missing.map(problemOf));
    const values = await ask(missing, questions);
    say('access, services: deploying');
    return this.cdktf(['access', 'services'], { ...values, VAULT_TOKEN: check.token?.token });
  }

  private tell({ warnings, summary }: ServerCheck): void {
    for (const warning of warnings) this.outside.say(`warning: ${warning}`);
    for (const line of summary) this.outside.say(line);
  }

  private async cdktf(
    parts: Parameters<typeof cdktf>[3]['parts'],
    variables: Parameters<typeof cdktf>[3]['variables'],
  ): Promise<number> {
    const { environment, outside, request } = this;
    const flags = 'flags' in request ? request.flags : [];
    const code = await cdktf(outside.machine, 'deploy', environment, { flags, parts, variables });
    // Also where it failed, since it may have got half way.
    new PlanFolder(environment).forget(outside.say);
    return code;
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
