import { asksForHelp, environmentOf } from './arguments';
import type { DeployableEnvironment } from './environments';
import { PARTS } from './environments';
import { parsedFlags } from './flags';
import { type Machine, thisMachine } from './machine';
import { exitWith, NextCommand, OperationError } from './operation-error';
import { placeholders } from './placeholders';
import { PlanFolder } from './plan-folder';
import { type PlannedStack, withPlans } from './planned-stacks';
import { planFindings } from './preflight';
import { onClosedOutput } from './report-output';
import { type Finding, isFit, ServerLook } from './server-look';
import { synthesis } from './synthesis';
import { httpVaultClients, type VaultClients } from './vault-client';

const USAGE = `usage: npm run plan -- <platform>-<environment>

  npm run plan -- bizosaas-production
  npm run --silent plan -- bizosaas-production | sed -n 's/^deploy: //p'

Makes Terraform's plan of each stack, and changes nothing. It prints what they do and their digests, then after review:
and deploy: the commands for both. Each plan is in cdktf.out/plans/<stack>.json, as terraform show -json writes it: this
holds secrets, so it is for you alone, and no artifact of a build.

--skip-provider-lock, as deploy and destroy take it, has no effect: a plan locks no providers.

Nobody is asked for a value: those that people supply are in no plan, and the deploy needs them alone.

Where the server is not up, or not open, the stacks that talk to it cannot be planned. With a plan for the server itself
that is no failure: deploy that first. Otherwise the exit code is 3, and the command that comes next is after next:.
`;

/** What a plan meets outside. */
export interface PlanSurroundings {
  readonly machine: Machine;
  readonly clients: VaultClients;
  /** Writes a line of the answer. */
  print(line: string): void;
  /** Writes a line about what happens. */
  say(line: string): void;
}

/**
 * Makes the plans of an environment, for a review.
 *
 * @returns the exit code
 * @throws NextCommand (exit code 3) where people have to open the server first
 * @throws OperationError with exit code 2 for arguments that will not do, and with 1 for everything else
 */
export async function plan(args: readonly string[], outside: PlanSurroundings): Promise<number> {
  if (asksForHelp(args)) {
    process.stdout.write(USAGE);
    return 0;
  }
  // Of deploy and destroy; a plan locks no providers. Scripts may have it for all three.
  const options = { 'skip-provider-lock': { type: 'boolean' } } as const;
  parsedFlags({ args: args.slice(1), options, strict: true }, 'npm run plan -- --help');
  const { machine, say } = outside;
  const environment = environmentOf(args, await synthesis(machine), 'plan');
  const folder = new PlanFolder(environment);
  folder.clear();
  const found = await beforePlans(environment, outside);
  for (const { environmentVariable, secret } of found.missing) {
    say(`${environmentVariable}: not set, and the deploy will need it to write '${secret}'`);
  }
  const { token } = found.check;
  const variables = { ...placeholders(found.missing), ...(token && { VAULT_TOKEN: token.token }) };
  return withPlans(environment, machine, async (plans) => {
    const planned = await plans.make(isFit(found) ? PARTS : PARTS.slice(0, 1), variables);
    const files = planned.map((one) => folder.write(one));
    for (const line of answer(environment, planned, files)) outside.print(line);
    return ending(found, planned);
  });
}

/** @throws OperationError with everything that is known to be missing */
async function beforePlans(
  environment: DeployableEnvironment,
  { machine, clients, say }: PlanSurroundings,
): Promise<Finding> {
  const { problems, warnings, states } = await planFindings(environment, machine, new Date());
  for (const warning of warnings) say(`warning: ${warning}`);
  const server = new ServerLook(environment, machine, clients, 'must answer');
  const found = await server.look(states);
  const all = [...problems, ...(server.stands(found) ? found.check.problems : [])];
  if (all.length > 0) throw new OperationError(all);
  for (const warning of found.check.warnings) say(`warning: ${warning}`);
  for (const line of found.check.summary) say(line);
  return found;
}

function answer(
  { name, stackNames }: DeployableEnvironment,
  planned: readonly PlannedStack[],
  files: readonly string[],
): string[] {
  const width = Math.max(...stackNames.map((stack) => stack.length));
  const lines = stackNames.map((stack, i) => {
    const one = planned[i];
    const text = one ? `${one.digest}  ${one.summary}` : 'not planned: the server must be up and open first';
    return `${stack.padEnd(width)}  ${text}`;
  });
  const digests = planned.filter(({ isEmpty }) => !isEmpty).map(({ digest }) => `--plan-digest ${digest}`);
  if (digests.length === 0) return lines;
  return [
    ...lines,
    '',
    `review: npm run review -- --plan ${files.join(' ')}`,
    `deploy: npm run deploy -- ${name} ${digests.join(' ')}`,
  ];
}

/** Where the server has to be opened and its own stack does not need a deploy, this is what comes next. */
function ending({ check }: Finding, planned: readonly PlannedStack[]): number {
  const [problem] = check.problems;
  if (problem === undefined || planned.some(({ isEmpty }) => !isEmpty)) return 0;
  if (check.opening !== undefined) throw new NextCommand(problem, check.opening);
  throw new OperationError(check.problems);
}

if (require.main === module) {
  process.stdout.on('error', onClosedOutput);
  void exitWith(() =>
    plan(process.argv.slice(2), {
      machine: thisMachine,
      clients: httpVaultClients,
      print: (line) => process.stdout.write(`${line}\n`),
      say: (line) => process.stderr.write(`${line}\n`),
    }),
  );
}
