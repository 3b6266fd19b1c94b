import * as fs from 'node:fs';
import * as path from 'node:path';
import { readStacks, type StackSource } from '../access/stack-source';
import { SynthError } from '../access/synth-error';
import { clippedQuotes } from '../policies/clipped';
import { didYouMean } from '../policies/nearest-name';
import { OverlapError } from '../policies/path-space';
import { loadPolicyParser } from '../policies/policy-text';
import type { ChangeReview, PlannedStack } from '../review/change-review';
import { commentMarkdown } from '../review/comment/comment';
import { reviewJson } from '../review/comment/review-json';
import { changeReview } from '../review/compared-sides';
import { planChanges, planDrift } from '../review/plan/plan-changes';
import { planNote } from '../review/plan/plan-note';
import { readPlan } from '../review/plan/read-plan';
import { readableBefore } from '../review/plan/readable-before';
import { planSources, type StackPlan } from '../review/plan/reviewed-plans';
import { type ReviewedSide, reviewedSide } from '../review/reviewed-side';
import { isCause } from '../review/verdict';
import { endIfAsked, interruptible } from './interruption';
import { type Machine, thisMachine } from './machine';
import { exitWith, OperationError } from './operation-error';
import { onClosedOutput, writeReport } from './report-output';
import {
  EXIT_CODES,
  type PlanArgument,
  type ReviewArguments,
  reviewArguments,
  reviewUsage,
} from './review-arguments';
import { withSynthOf } from './revision';
import { synthesisForReview } from './synthesis';

/** What the command needs of the world. */
export interface ReviewSurroundings {
  readonly machine: Machine;
  /** The project. */
  readonly folder: string;
  /** To stdout: the review alone. */
  readonly print: (text: string) => void;
  /** To stderr: progress and where the review went. */
  readonly say: (line: string) => void;
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
    throw readable(error);
  }
}

async function reported(given: ReviewArguments, outside: ReviewSurroundings): Promise<number> {
  const plans = given.plans.map((plan) => planIn(plan, outside.folder));
  await loadPolicyParser();
  const found = await reviewed(given, plans, outside);
  const text = given.format === 'json' ? reviewJson(found) : commentMarkdown(found, { limit: given.limit });
  if (given.output === undefined) {
    outside.print(text);
  } else {
    writeReport(given.output, text, outside.folder);
    outside.say(`written to ${given.output}`);
  }
  const cause = given.failOn.find((one) =>
    found.environments.some((environment) => isCause(one, environment)),
  );
  return cause === undefined ? 0 : EXIT_CODES[cause];
}

/** What was read or typed is at fault: the messages say where, and quote as much of it as can be read. */
function readable(error: unknown): unknown {
  if (error instanceof SynthError) return new OperationError(error.problems.map(clippedQuotes), 2);
  if (error instanceof OverlapError) return new OperationError([clippedQuotes(error.message)], 2);
  if (!(error instanceof OperationError)) return error;
  return new OperationError(error.problems.map(clippedQuotes), error.exitCode);
}

function planIn({ stack, file }: PlanArgument, folder: string): StackPlan {
  let text: string;
  try {
    text = fs.readFileSync(path.resolve(folder, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperationError(
      [
        `'--plan' must be a file that can be read, got '${file}' (${code}); name what 'terraform show -json' wrote`,
      ],
      2,
    );
  }
  return { stack, plan: readPlan(text, stack), file };
}

/** Folders are only there while they are looked at. */
function reviewed(
  given: ReviewArguments,
  plans: readonly StackPlan[],
  outside: ReviewSurroundings,
): Promise<ChangeReview> {
  const { base, head } = given;
  if (base === undefined) return Promise.resolve(compared(given, plans, undefined, undefined));
  return withSide('--base', base, outside, (before) =>
    withSide('--head', head, outside, (after) => compared(given, plans, before, after)),
  );
}

/** A synth that is looked at. */
interface Synth {
  readonly folder: string;
  /** As people call it. */
  readonly name: string;
  readonly sources: readonly StackSource[];
}

async function withSide<T>(
  flag: string,
  given: string | undefined,
  outside: ReviewSurroundings,
  use: (synth: Synth) => T | Promise<T>,
): Promise<T> {
  const { folder: root, say, machine } = outside;
  const used = (folder: string, name: string) => use({ folder, name, sources: stacksIn(folder, flag, name) });
  if (given === undefined) {
    say('synthesizing the working tree');
    return withSynthOfHere(outside, (folder) => used(folder, 'the working tree'));
  }
  const folder = path.resolve(root, given);
  if (fs.existsSync(folder)) return used(folder, given);
  return withSynthOf(given, { root, say }, async (synthesized) =>
    used(synthesized, await commitName(given, machine)),
  );
}

/** With the commit that a branch is just now. */
async function commitName(revision: string, machine: Machine): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', '--short=9', '--end-of-options', `${revision}^{commit}`];
  const { stdout } = await machine.capture('git', asked);
  const commit = stdout.trim();
  return commit === '' || revision.startsWith(commit.slice(0, 7)) ? revision : `${revision} (${commit})`;
}

function stacksIn(folder: string, flag: string, name: string): readonly StackSource[] {
  const sources = readStacks(folder);
  if (sources.length > 0) return sources;
  throw new OperationError(
    [
      `'${flag}' must hold synthesized stacks, got '${name}' without; synthesize first, or name another folder`,
    ],
    2,
  );
}

/**
 * In a folder of its own: a review deploys nothing, and what rules refuse is what it is for. It lies where `cdktf.out` does,
 * since stacks hold paths from there.
 */
function withSynthOfHere<T>(
  { folder: root, machine }: ReviewSurroundings,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    const folder = fs.mkdtempSync(path.join(root, '.review-'));
    const clean = () => fs.rmSync(folder, { recursive: true, force: true });
    process.once('exit', clean);
    try {
      await synthesisForReview(machine, folder).catch((error: unknown) => {
        // 1 is for what nobody can help.
        if (error instanceof OperationError && error.exitCode === 1) {
          throw new OperationError(error.problems, 2);
        }
        throw error;
      });
      endIfAsked(signal);
      return await use(folder);
    } finally {
      clean();
      process.off('exit', clean);
    }
  });
}

function compared(
  { environment }: ReviewArguments,
  plans: readonly StackPlan[],
  base: Synth | undefined,
  head: Synth | undefined,
): ChangeReview {
  const synthesized = new Set([...(base?.sources ?? []), ...(head?.sources ?? [])].map(({ name }) => name));
  const planned = planSources(plans.filter(({ stack }) => !synthesized.has(stack)));
  const side = (synth: Synth | undefined, others: readonly StackSource[]) =>
    reviewedSide({ sources: synth?.sources ?? [], planned: others, ...(synth && { folder: synth.folder }) });
  const comparison = {
    before: beforeSide((others) => side(base, others), planned.before),
    after: side(head, planned.after),
    plans: plans.map(plannedStack),
    ...(base && head && { compared: { before: base.name, after: head.name } }),
  };
  if (environment === undefined) return changeReview(comparison);
  const found = changeReview({ ...comparison, environment });
  if (found.environments.length > 0) return found;
  const names = changeReview(comparison).environments.map(({ name }) => name);
  throw new OperationError(
    [
      `'--environment' must be one of ${names.join(', ')}, got '${environment}'; ${didYouMean(environment, names, 'name one of these')}`,
    ],
    2,
  );
}

/** What is there may be what nobody can read; what a change makes of it is reviewed all the same. */
function beforeSide(
  side: (planned: readonly StackSource[]) => ReviewedSide,
  planned: readonly StackSource[],
): ReviewedSide {
  try {
    return side(planned);
  } catch (error) {
    if (planned.length === 0 || !(error instanceof SynthError)) throw error;
    return side(planned.map(readableBefore));
  }
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
