import * as path from 'node:path';
import { median, printTable, progress, type Verdict } from './output';
import { writePlanWorkload } from './plan-workload';
import { inTemporaryFolder, type Run, runLibrary, runPlanReview } from './programs';

const SIZES = [100, 1000];
const RUNS = 5;
const GOAL_SIZE = 1000;
/** Of a plan with five changes of each service, from the start of the process to its end. */
const PLAN_GOAL_SECONDS = 3;
/** What the rules may add to a synth. */
const RULES_GOAL = 0.3;

interface Pair {
  readonly without: Run;
  readonly with: Run;
}

/** What a review adds to a synth: the same program, with all rules over what it writes and without them. */
export function reviewVerdicts(): readonly Verdict[] {
  const measured = (['development', 'production'] as const).flatMap((environment) =>
    SIZES.map((services) => ({ environment, services, pairs: measure(services, environment) })),
  );
  printTable(
    ['services', 'environment', 'synth s', 'with rules s', 'added', 'added of user time'],
    measured.map(({ services, environment, pairs }) => [
      String(services),
      environment,
      median(pairs.map((pair) => pair.without.wallSeconds)).toFixed(2),
      median(pairs.map((pair) => pair.with.wallSeconds)).toFixed(2),
      added(pairs, ({ wallSeconds }) => wallSeconds).toFixed(2),
      added(pairs, ({ userSeconds }) => userSeconds).toFixed(2),
    ]),
  );
  return measured
    .filter(({ services }) => services === GOAL_SIZE)
    .map(({ environment, pairs }) => {
      const more = added(pairs, ({ wallSeconds }) => wallSeconds);
      const met = more < RULES_GOAL;
      return {
        line: `${met ? 'met    ' : 'not met'}  rules over ${GOAL_SIZE} services in ${environment} add ${more.toFixed(2)} to the time of their synth (goal: less than ${RULES_GOAL.toFixed(2)})`,
        fails: !met,
      };
    });
}

/** What it takes to tell what a large plan means. */
export function planVerdict(): Verdict {
  const seconds = Array.from({ length: RUNS }, (_, i) => {
    progress(`review of a plan with ${5 * GOAL_SIZE} changes: run ${i + 1} of ${RUNS}`);
    return inTemporaryFolder((folder) => {
      const plan = path.join(folder, 'plan.json');
      writePlanWorkload(plan, GOAL_SIZE);
      return runPlanReview(plan, path.join(folder, 'comment.md'), GOAL_SIZE);
    });
  });
  progress('');
  const middle = median(seconds);
  return {
    line: `${middle < PLAN_GOAL_SECONDS ? 'met    ' : 'not met'}  the review of a plan with ${5 * GOAL_SIZE} changes takes ${middle.toFixed(2)} s (goal: under ${PLAN_GOAL_SECONDS} s)`,
    // Seconds are those of one machine.
    fails: false,
  };
}

function measure(services: number, environment: 'development' | 'production'): readonly Pair[] {
  const flags = environment === 'production' ? ['--production'] : [];
  return Array.from({ length: RUNS }, (_, i) => {
    progress(`review of ${services} services in ${environment}: run ${i + 1} of ${RUNS}`);
    return inTemporaryFolder((folder) => {
      const run = (name: string, more: readonly string[]) =>
        runLibrary(services, path.join(folder, name), [...flags, ...more]);
      // Being first is an advantage or a burden.
      if (i % 2 === 0) return { without: run('without', []), with: run('with', ['--review']) };
      return { with: run('with', ['--review']), without: run('without', []) };
    });
  });
}

/** The middle one of what the rules added in runs that were made at the same time, as a part of the synth alone. */
function added(pairs: readonly Pair[], value: (run: Run) => number): number {
  return median(pairs.map((pair) => value(pair.with) / value(pair.without))) - 1;
}
