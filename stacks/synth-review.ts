import * as fs from 'node:fs';
import * as path from 'node:path';
import { printable } from '../access/printable';
import { groupedEnvironments, type SaidOfSeveral } from '../review/comment/grouped-environments';
import { hardeningScore } from '../review/hardening-score';
import { findingsJson } from '../review/report-json';
import { findingsJunit } from '../review/report-junit';
import { findingsSarif } from '../review/report-sarif';
import { reviewedSynth } from '../review/reviewed-environment';
import type { Acknowledgement, Finding } from '../review/rule';
import { openFindings, type Review, runRules } from '../review/rules-run';

/** Beside the stacks of a synth. */
export const REVIEW_FOLDER = 'review';

/**
 * Runs all rules over stacks that were written, and writes the reports beside them.
 *
 * @param folder with the manifest
 */
export function reviewSynth(folder: string, acknowledgements: readonly Acknowledgement[]): Review {
  const review = runRules(reviewedSynth(folder), { acknowledgements });
  const reports = path.join(folder, REVIEW_FOLDER);
  fs.mkdirSync(reports, { recursive: true });
  for (const [name, report] of Object.entries(REPORTS)) {
    fs.writeFileSync(path.join(reports, name), report(review));
  }
  return review;
}

/**
 * @throws with all findings at once that nobody may overlook: errors that are not acknowledged, and fatal ones. What is so
 * in several environments is one line, and the last one names the pages of the rules
 */
export function refuseOpenErrors({ findings }: Review): void {
  const failing = openFindings(findings, 'error');
  if (failing.length === 0) return;
  const groups = groupedEnvironments(
    failing.map((what) => ({ environment: what.environment, what })),
    ({ id, constructPath, address, seen, remedy }) =>
      JSON.stringify([id, constructPath, address, seen, remedy]),
  );
  const pages = [...new Set(failing.map(({ id }) => `docs/rules/${id}.md`))].sort();
  throw new Error([...groups.map(problem), `how to mend it: ${pages.join(', ')}`].join('\n'));
}

const REPORTS: Readonly<Record<string, (review: Review) => string>> = {
  'findings.json': findingsJson,
  'findings.sarif': (review) => findingsSarif(review),
  'findings.junit.xml': findingsJunit,
};

function problem({ what, environments }: SaidOfSeveral<Finding>): string {
  const { id, constructPath, address, seen, remedy } = what;
  const others = environments.slice(1);
  const also = others.length === 0 ? '' : ` (and so in ${others.join(', ')})`;
  return printable(`[${constructPath ?? address}] ${id}: ${seen}; ${remedy}${also}`);
}

/** What a synth lets pass, for its summary: warnings one by one, the rest counted by rule. */
export function reviewSummary({ environments, findings }: Review): string {
  const told = environments.flatMap((environment) => {
    const { name } = environment;
    const own = findings.filter((one) => one.environment === name);
    const warnings = openFindings(own, 'warning');
    const others = own.filter((one) => !warnings.includes(one));
    if (own.length === 0) return [];
    const { held, applying } = hardeningScore(environment, findings);
    const score = applying === 0 ? '' : `, ${held} of ${applying} items of hardening`;
    return [`${name}: review${score}`, ...warnings.map(warningLine), ...countLines(others), ''];
  });
  if (told.length === 0) return '';
  return `${[...told, `how to mend it: docs/rules, and ${REVIEW_FOLDER}/findings.json beside the stacks`, ''].join('\n')}\n`;
}

function warningLine({ id, level, constructPath, address, seen }: Finding): string {
  return printable(`  ${level} ${id}: [${constructPath ?? address}] ${seen}`);
}

function countLines(findings: readonly Finding[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { id, level, title, acknowledgement } of findings) {
    const line = `${acknowledgement ? 'acknowledged ' : ''}${level} ${id}: ${title}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, n]) => `  ${line}${n === 1 ? '' : ` (${n} times)`}`);
}
