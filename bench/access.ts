import { accessDiff } from '../access/access-diff';
import { accessMatrix } from '../access/matrix';
import { matrixHtml } from '../access/report-html';
import { readSynth } from '../access/synth';
import { loadPolicyParser } from '../policies/policy-text';
import { CHANGED } from './access-workload';
import { printUsage } from './usage';

/*
 * Reads two synths, and makes the matrix of the second and the difference of both. Prints the seconds of each as JSON,
 * and fails where a result cannot be right.
 */

export interface AccessSeconds {
  /** Both synths, from their files. */
  readonly read: number;
  readonly matrix: number;
  readonly html: number;
  readonly difference: number;
}

async function main([base, head, services]: readonly string[]): Promise<void> {
  if (!base || !head || !/^\d+$/.test(services ?? '')) {
    throw new Error(`usage: node --import tsx ${process.argv[1]} <base> <head> <number of services>`);
  }
  await loadPolicyParser();
  const [before, toReadBefore] = timed(() => readSynth(base));
  const [after, toReadAfter] = timed(() => readSynth(head));
  const [matrix, forMatrix] = timed(() => accessMatrix(after));
  const [page, forPage] = timed(() => matrixHtml(matrix));
  const [diff, forDifference] = timed(() => accessDiff(before, after));

  const [environment] = matrix.environments;
  const secrets = environment?.rows.filter(({ kind }) => kind === 'secret').length;
  demand(environment?.identities.length === Number(services), 'every service in the matrix');
  demand(secrets === 2 * Number(services), 'every secret in the matrix');
  demand(page.includes(`service-${Number(services) - 1}`), 'the last service in the page');
  const changed = diff.environments.flatMap(({ identities }) => identities);
  demand(changed.length === Math.ceil(Number(services) / CHANGED), 'every change in the difference');
  demand(
    changed.every(({ changes }) => changes.some(({ isBroadening }) => isBroadening)),
    'broadenings',
  );

  const seconds: AccessSeconds = {
    read: toReadBefore + toReadAfter,
    matrix: forMatrix,
    html: forPage,
    difference: forDifference,
  };
  process.stdout.write(`${JSON.stringify(seconds)}\n`);
  printUsage();
}

function timed<Result>(work: () => Result): readonly [Result, number] {
  const start = process.hrtime.bigint();
  const result = work();
  return [result, Number(process.hrtime.bigint() - start) / 1e9];
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the result must hold ${what}`);
}

void main(process.argv.slice(2));
