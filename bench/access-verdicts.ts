import * as path from 'node:path';
import { writeAccessWorkload } from './access-workload';
import { median, printTable, progress, type Verdict } from './output';
import { type AccessRun, inTemporaryFolder, runAccess } from './programs';

const SIZES = [100, 300, 1000, 3000];
const RUNS = 3;
/** Services with two secrets each, of which the goals speak. */
const GOAL_SIZE = 1000;
/** Seconds, reading included. */
const MATRIX_GOAL = 2;
const DIFFERENCE_GOAL = 3;

/** What it takes to tell who can reach what, and what a change means, as the number of services grows. */
export function accessVerdicts(): readonly Verdict[] {
  const measured = new Map(SIZES.map((services) => [services, measure(services)]));
  printTable(
    ['services', 'paths', 'read s', 'matrix s', 'page s', 'read both s', 'difference s', 'peak MiB'],
    [...measured].map(([services, runs]) => [
      String(services),
      String(2 * services),
      ...[ofOne, ({ seconds }: AccessRun) => seconds.matrix, ({ seconds }: AccessRun) => seconds.html].map(
        (value) => median(runs.map(value)).toFixed(2),
      ),
      median(runs.map(({ seconds }) => seconds.read)).toFixed(2),
      median(runs.map(({ seconds }) => seconds.difference)).toFixed(2),
      median(runs.map(({ peakMiB }) => peakMiB)).toFixed(0),
    ]),
  );
  const runs = measured.get(GOAL_SIZE) as readonly AccessRun[];
  return [
    verdict('the matrix', median(runs.map((run) => ofOne(run) + run.seconds.matrix)), MATRIX_GOAL),
    verdict(
      'the difference',
      median(runs.map(({ seconds }) => seconds.read + seconds.difference)),
      DIFFERENCE_GOAL,
    ),
  ];
}

function measure(services: number): readonly AccessRun[] {
  return inTemporaryFolder((folder) => {
    const [base, head] = (['base', 'head'] as const).map((edition) => {
      const synth = path.join(folder, edition);
      writeAccessWorkload(synth, services, edition);
      return synth;
    }) as [string, string];
    return Array.from({ length: RUNS }, (_, i) => {
      progress(`access of ${services} services: run ${i + 1} of ${RUNS}`);
      return runAccess(base, head, services);
    });
  });
}

/** Both synths are read for the difference, one for the matrix. */
function ofOne({ seconds }: AccessRun): number {
  return seconds.read / 2;
}

function verdict(what: string, seconds: number, goal: number): Verdict {
  const met = seconds < goal;
  return {
    line: `${met ? 'met    ' : 'not met'}  ${what} of ${GOAL_SIZE} services and ${2 * GOAL_SIZE} secrets takes ${seconds.toFixed(2)} s, reading included (goal: under ${goal} s)`,
    // Seconds are those of one machine.
    fails: false,
  };
}
