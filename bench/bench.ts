import * as fs from 'node:fs';
import * as path from 'node:path';
import { accessVerdicts } from './access-verdicts';
import { median, printTable, progress, type Verdict } from './output';
import { inTemporaryFolder, PROGRAMS, type Program, type Run, runMatrix, runProgram } from './programs';
import { planVerdict, reviewVerdicts } from './review-verdicts';
import { countResources, requireSameResources } from './same-resources';

/*
 * What this library costs beside programs that are written by hand with cdktf and its providers and produce the same
 * resources. Every figure is of a whole process, its start included. Compare the ratios: seconds are those of
 * one machine.
 */

interface Size {
  readonly services: number;
  readonly runs: number;
}

const SIZES: readonly Size[] = [
  { services: 10, runs: 7 },
  { services: 100, runs: 7 },
  { services: 1000, runs: 5 },
  { services: 3000, runs: 3 },
];
const RATIO_GOAL = 1;
const GROWTH_GOAL = 1.3;
/** Seconds for all platforms in all environments. */
const MATRIX_GOAL = 2;

type Runs = Readonly<Record<Program, Run[]>>;

const names = Object.keys(PROGRAMS) as Program[];
const sizes = process.argv.includes('--quick') ? SIZES.filter(({ services }) => services <= 100) : SIZES;

const measured = new Map(sizes.map((size) => [size.services, measure(size)]));
const verdicts = [
  ...printComparison(),
  ...(sizes.length === SIZES.length ? [printGrowth()] : []),
  matrixVerdict(),
  ...accessVerdicts(),
  ...reviewVerdicts(),
  planVerdict(),
];
process.stdout.write(`\n${verdicts.map(({ line }) => line).join('\n')}\n`);
if (verdicts.some(({ fails }) => fails)) process.exitCode = 1;

/** Runs all programs in turn, so that a busy moment of the machine meets all of them. */
function measure({ services, runs }: Size): Runs {
  const results: Runs = { library: [], raw: [], 'raw literal': [] };
  for (let i = 0; i < runs; i += 1) {
    progress(`${services} services: run ${i + 1} of ${runs}`);
    inTemporaryFolder((folder) => {
      // Each run begins with another program: being first is an advantage or a burden.
      for (const program of [...names.slice(i % names.length), ...names.slice(0, i % names.length)]) {
        const outdir = outdirOf(folder, program);
        fs.mkdirSync(outdir);
        results[program].push(runProgram(program, services, outdir));
      }
      if (i === 0) requireSame(folder, services);
    });
  }
  return results;
}

function requireSame(folder: string, services: number): void {
  progress(`${services} services: comparing what was synthesized`);
  const library = outdirOf(folder, 'library');
  requireSameResources(library, outdirOf(folder, 'raw'));
  requireSameResources(library, outdirOf(folder, 'raw literal'));
  const resources = countResources(library);
  progress('');
  process.stdout.write(`${services} services: ${resources} resources, the same in all programs\n`);
}

function outdirOf(folder: string, program: Program): string {
  return path.join(folder, program.replace(' ', '-'));
}

function printComparison(): Verdict[] {
  const rows: string[][] = [];
  const verdicts: Verdict[] = [];
  for (const [services, runs] of measured) {
    for (const program of names) {
      const beside = (value: (run: Run) => number) =>
        program === 'library' ? '' : ratio(runs.library, runs[program], value).toFixed(2);
      rows.push([
        program === 'library' ? String(services) : '',
        program,
        median(runs[program].map(wall)).toFixed(2),
        beside(wall),
        median(runs[program].map(user)).toFixed(2),
        beside(user),
        median(runs[program].map(memory)).toFixed(0),
        beside(memory),
      ]);
    }
    verdicts.push(...ratioVerdicts(services, runs));
  }
  process.stdout.write('\nratio: what the library takes, as a part of what this program takes\n');
  printTable(['services', 'program', 'wall s', 'ratio', 'user s', 'ratio', 'peak MiB', 'ratio'], rows);
  return verdicts;
}

function ratioVerdicts(services: number, runs: Runs): Verdict[] {
  return (['raw', 'raw literal'] as const).map((program) => {
    const slower = ratio(runs.library, runs[program], user);
    const met = Number(slower.toFixed(2)) <= RATIO_GOAL;
    const more = ratio(runs.library, runs[program], memory);
    return {
      line: `${met ? 'met    ' : 'not met'}  at ${services} services the library takes ${slower.toFixed(2)} of the time of ${program} (goal: at most ${RATIO_GOAL.toFixed(2)}) and ${more.toFixed(2)} of its memory`,
      // The literal program types every path twice: a figure to know, not what anybody should write.
      fails: !met && program === 'raw',
    };
  });
}

/** What a service costs on average, and what one more costs from one size to the next. */
function printGrowth(): Verdict {
  const costs = names.map((program) => [program, costsOf(program)] as const);
  printTable(
    ['services', 'program', 'ms each', 'ms each more'],
    SIZES.slice(1).flatMap(({ services }, i) =>
      costs.map(([program, cost]) => [
        program === 'library' ? String(services) : '',
        program,
        (cost[i]?.each ?? 0).toFixed(2),
        (cost[i]?.eachMore ?? 0).toFixed(2),
      ]),
    ),
  );
  // The average would hide a growth, since the start of the process is a part of it.
  const [before, last] = costsOf('library')
    .slice(-2)
    .map(({ eachMore }) => eachMore) as [number, number];
  const growth = last / before;
  const met = growth <= GROWTH_GOAL;
  return {
    line: `${met ? 'met    ' : 'not met'}  one more service costs ${growth.toFixed(2)} up to 3000 services of what it costs up to 1000 (goal: at most ${GROWTH_GOAL.toFixed(2)})`,
    fails: !met,
  };
}

/** Milliseconds at each size but the first. */
function costsOf(program: Program): { readonly each: number; readonly eachMore: number }[] {
  const points = [...measured].map(([services, runs]) => ({
    services,
    total: median(runs[program].map(user)) * 1000,
  }));
  return points.slice(1).map(({ services, total }, i) => {
    const before = points[i] as (typeof points)[number];
    return {
      each: total / services,
      eachMore: (total - before.total) / (services - before.services),
    };
  });
}

/** What `main.ts` declares: every platform in every environment. */
function matrixVerdict(): Verdict {
  const measureRuns = (compiled: boolean) =>
    Array.from({ length: 5 }, (_, i) => {
      progress(`three platforms in three environments: run ${i + 1} of 5`);
      return runMatrix(compiled);
    });
  const [first, later] = [measureRuns(false), measureRuns(true)];
  progress('');
  const seconds = (runs: readonly Run[]) =>
    `${median(runs.map(wall)).toFixed(2)} s (${median(runs.map(user)).toFixed(2)} s of processor time)`;
  return {
    line: `${median(first.map(wall)) < MATRIX_GOAL ? 'met    ' : 'not met'}  three platforms in three environments take ${seconds(first)} in the first run and ${seconds(later)} in later ones (goal: under ${MATRIX_GOAL} s)`,
    // Seconds are those of one machine.
    fails: false,
  };
}

function wall(run: Run): number {
  return run.wallSeconds;
}

function user(run: Run): number {
  return run.userSeconds;
}

function memory(run: Run): number {
  return run.peakMiB;
}

/** The middle one of the ratios of runs that were made at the same time. */
function ratio(these: readonly Run[], those: readonly Run[], value: (run: Run) => number): number {
  return median(these.map((run, i) => value(run) / value(those[i] as Run)));
}
