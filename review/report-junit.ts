import { printable } from '../access/printable';
import { placeOf } from './report-text';
import type { Finding } from './rule';
import { openFindings, type Review, type ReviewedName, type RuleTitle } from './rules-run';

/**
 * JUnit's XML, for a CI that shows tests: a suite for each environment, in it a test for each rule. What fails a synth is
 * a failure; all else that was found is its output. A rule that could not be judged is skipped.
 */
export function findingsJunit(review: Review): string {
  const suites = review.environments.map((environment) => suite(environment, review));
  const [tests, failures, skipped] = [0, 1, 2].map((i) =>
    suites.reduce((sum, one) => sum + (one.counts[i] as number), 0),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="review" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly lines: readonly string[];
  readonly counts: readonly number[];
}

function suite(environment: ReviewedName, { rules, findings }: Review): Suite {
  const own = findings.filter((one) => one.environment === environment.name);
  const cases = rules.map((rule) => testCase(environment, rule, own));
  const count = (kind: Case['kind']) => cases.filter((one) => one.kind === kind).length;
  const counts = [cases.length, count('failed'), count('skipped')];
  const [tests, failures, skipped] = counts;
  return {
    counts,
    lines: [
      `  <testsuite name="${escaped(environment.name)}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">`,
      ...cases.flatMap(({ lines }) => lines),
      '  </testsuite>',
    ],
  };
}

interface Case {
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly lines: readonly string[];
}

function testCase(environment: ReviewedName, { id, title }: RuleTitle, own: readonly Finding[]): Case {
  const found = own.filter((one) => one.id === id);
  const failing = openFindings(found, 'error');
  const others = found.filter((one) => !failing.includes(one));
  const isSkipped = !environment.judged.includes(id);
  const body = [
    ...(isSkipped ? ['      <skipped message="cannot be judged here"/>'] : []),
    ...(failing.length > 0
      ? [`      <failure type="${id}" message="${escaped(title)}">${failing.map(told).join('\n')}</failure>`]
      : []),
    ...(others.length > 0 ? [`      <system-out>${others.map(told).join('\n')}</system-out>`] : []),
  ];
  const head = `    <testcase classname="${escaped(environment.name)}" name="${escaped(`${id} ${title}`)}"`;
  return {
    kind: isSkipped ? 'skipped' : failing.length > 0 ? 'failed' : 'passed',
    lines: body.length === 0 ? [`${head}/>`] : [`${head}>`, ...body, '    </testcase>'],
  };
}

function told(finding: Finding): string {
  const { level, seen, remedy, acknowledgement } = finding;
  const accepted = acknowledgement
    ? ` [acknowledged by ${acknowledgement.owner}: ${acknowledgement.reason}]`
    : '';
  return escaped(`${level}: ${placeOf(finding)}: ${seen}; ${remedy}${accepted}`);
}

/** Characters that XML has no way to write are shown, not written. */
function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\ufffe\uffff]/g, '');
}
