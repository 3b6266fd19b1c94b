import { printable } from '../access/printable';
import type { StackSource } from '../access/stack-source';
import { SynthError } from '../access/synth-error';
import { didYouMean } from '../policies/nearest-name';
import { loadPolicyParser } from '../policies/policy-text';
import { type ChangeReview, type PlannedStack, plansOf } from '../review/change-review';
import { commentMarkdown } from '../review/comment/comment';
import { reviewJson } from '../review/comment/review-json';
import { type Comparison, comparedSides } from '../review/compared-sides';
import { beforeApply } from '../review/plan/before-apply';
import { driftAccess } from '../review/plan/drift-access';
import { planChanges, planDrift } from '../review/plan/plan-changes';
import { planNote } from '../review/plan/plan-note';
import { planSources, type StackPlan } from '../review/plan/plan-sources';
import { readableBefore } from '../review/plan/readable-before';
import { requireSameDeclaration } from '../review/plan/same-declaration';
import { type ReviewedSide, reviewedSide, type SideSources } from '../review/reviewed-side';
import { type Cause, isCause } from '../review/verdict';
import { thisMachine } from './machine';
import { exitWith, OperationError } from './operation-error';
import { planInFile } from './plan-file';
import { readableError } from './readable-error';
import { onClosedOutput, requireOutput, writeReport } from './report-output';
import { EXIT_CODES, type ReviewArguments, reviewArguments, reviewUsage } from './review-arguments';
import {
  mayBeDeclared,
  namesOfLastSynth,
  type Synth,
  type SynthSurroundings,
  withBaseSynth,
  withSynth,
} from './review-synths';

/** What the command needs of the world. */
export interface ReviewSurroundings extends SynthSurroundings {
  /** To stdout: the review alone. All else that is said goes to stderr. */
  readonly print: (text: string) => void;
}

/**
 * What a change means, from two synths, from plans, or from both.
 *
 * @returns the exit code: 0, or that of what it was asked to fail on
 */
export async function review(args: readonly string[], outside: ReviewSurroundings): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    outside.print(reviewUsage());
    return 0;
  }
  try {
    return await reported(reviewArguments(args), outside);
  } catch (error) {
    throw readableError(error);
  }
}

async function reported(given: ReviewArguments, outside: ReviewSurroundings): Promise<number> {
  const plans = given.plans.map((plan) => planInFile(plan, outside.folder));
  requireOutput(given.output, outside.folder);
  warnOfEnvironment(given, plans, outside);
  await loadPolicyParser();
  const found = await reviewed(given, plans, outside);
  const text = given.format === 'json' ? reviewJson(found) : commentMarkdown(found, { limit: given.limit });
  if (given.output === undefined) {
    outside.print(text);
  } else {
    writeReport(given.output, text, outside.folder);
    outside.say(`written to ${given.output}`);
  }
  return failing(given.failOn, found, outside.say);
}

/** The exit code for the first cause that is so, which is said with where. */
function failing(failOn: readonly Cause[], found: ChangeReview, say: (line: string) => void): number {
  for (const cause of failOn) {
    const names = found.environments
      .filter((one) => isCause(cause, one, plansOf(one, found.plans)))
      .map(({ name }) => name);
    if (names.length === 0) continue;
    say(printable(`failing on ${cause}: ${names.join(', ')}`));
    return EXIT_CODES[cause];
  }
  return 0;
}

/** Before the synths, which take their time. It may be a new one all the same, so that they decide. */
function warnOfEnvironment(
  { environment }: ReviewArguments,
  plans: readonly StackPlan[],
  { folder, say }: ReviewSurroundings,
): void {
  const known = namesOfLastSynth(folder);
  if (environment === undefined || known.environments.length === 0) return;
  if ([...known.environments, ...plans.map(({ stack }) => stack)].includes(environment)) return;
  const remedy = didYouMean(environment, known.environments, `there are ${known.environments.join(', ')}`);
  say(printable(`warning: no environment of the last synth is named '${environment}'; ${remedy}`));
}

/** Folders are only there while they are looked at. */
function reviewed(
  given: ReviewArguments,
  plans: readonly StackPlan[],
  outside: ReviewSurroundings,
): Promise<ChangeReview> {
  const { base, head } = given;
  if (base !== undefined) {
    return withBaseSynth(base, head, outside, (before) =>
      withSynth('--head', head, outside, (after) => compared(given, plans, before, after)),
    );
  }
  if (head === undefined && !plans.some(({ stack }) => mayBeDeclared(stack, outside.folder))) {
    return Promise.resolve(plansAlone(given, plans));
  }
  return withSynth('--head', head, outside, (after) => applied(given, plans, after));
}

/** Two synths; plans say more of their stacks. */
function compared(
  given: ReviewArguments,
  plans: readonly StackPlan[],
  base: Synth,
  head: Synth,
): ChangeReview {
  for (const plan of plans) {
    const declared = head.sources.find(({ name }) => name === plan.stack);
    if (declared) requireSameDeclaration(declared, plan);
  }
  const others = planSources(plans.filter(({ stack }) => !isOf(base, stack) && !isOf(head, stack)));
  return comparison(given, plans, {
    before: sideBefore({ ...base, planned: others.before }),
    after: reviewedSide({ ...head, planned: others.after }),
    compared: { before: base.name, after: head.name },
  });
}

/** What plans of a synth's stacks change at the server. */
function applied(given: ReviewArguments, plans: readonly StackPlan[], head: Synth): ChangeReview {
  const own = new Map(plans.filter(({ stack }) => isOf(head, stack)).map((one) => [one.stack, one]));
  if (own.size === 0 && given.head !== undefined) {
    throw new OperationError(
      [
        `'--head' must hold a stack that is planned, got '${given.head}' without ${plans.map(({ stack }) => `'${stack}'`).join(' and ')}; leave it out, or name the stack of a file as STACK=FILE`,
      ],
      2,
    );
  }
  if (own.size === 0) return plansAlone(given, plans);
  const others = planSources(plans.filter(({ stack }) => !own.has(stack)));
  const sources = head.sources.map((source) => {
    const plan = own.get(source.name);
    return plan === undefined ? source : beforeApply(source, plan);
  });
  return comparison(given, plans, {
    before: sideBefore({ ...head, sources, planned: others.before }, ({ name }) => own.has(name)),
    after: reviewedSide({ ...head, planned: others.after }),
    compared: { before: 'what is there', after: head.name },
    onlyPlanned: true,
  });
}

/** Of any Terraform project. */
function plansAlone(given: ReviewArguments, plans: readonly StackPlan[]): ChangeReview {
  const { before, after } = planSources(plans);
  return comparison(given, plans, {
    before: sideBefore({ sources: [], planned: before }),
    after: reviewedSide({ sources: [], planned: after }),
  });
}

function isOf({ sources }: Synth, stack: string): boolean {
  return sources.some(({ name }) => name === stack);
}

/**
 * What is there may be what nobody can read; what a change makes of it is reviewed all the same. What was synthesized can
 * be read.
 */
function sideBefore(
  side: SideSources & { readonly planned: readonly StackSource[] },
  isThere: (source: StackSource) => boolean = () => false,
): ReviewedSide {
  const { sources, planned } = side;
  try {
    return reviewedSide(side);
  } catch (error) {
    const isRead = planned.length > 0 || sources.some(isThere);
    if (!isRead || !(error instanceof SynthError)) throw error;
    return reviewedSide({
      ...side,
      sources: sources.map((one) => (isThere(one) ? readableBefore(one) : one)),
      planned: planned.map(readableBefore),
    });
  }
}

function comparison(
  { environment }: ReviewArguments,
  plans: readonly StackPlan[],
  sides: Omit<Comparison, 'plans' | 'environment'>,
): ChangeReview {
  const all = { ...sides, plans: plans.map(plannedStack), driftAccess: driftAccess(plans) };
  if (environment === undefined) return comparedSides(all);
  const found = comparedSides({ ...all, environment });
  if (found.environments.length > 0) return found;
  const names = comparedSides(all).environments.map(({ name }) => name);
  throw new OperationError(
    [
      `'--environment' must be one of ${names.join(', ')}, got '${environment}'; ${didYouMean(environment, names, 'name one of these')}`,
    ],
    2,
  );
}

function plannedStack({ plan, stack }: StackPlan): PlannedStack {
  return {
    note: planNote(plan, stack),
    changes: planChanges(plan, stack),
    drift: planDrift(plan, stack),
  };
}

if (require.main === module) {
  process.stdout.on('error', onClosedOutput);
  void exitWith(
    () =>
      review(process.argv.slice(2), {
        machine: thisMachine,
        folder: process.cwd(),
        print: (text) => process.stdout.write(text),
        say: (line) => process.stderr.write(`${line}\n`),
      }),
    2,
  );
}
