import { counted } from '../../policies/phrases';
import { type ChangeReview, changesNothing } from '../change-review';
import type { PlanNote } from '../plan/plan-note';
import { openErrors } from '../verdict';
import { type AccessGroups, accessGroups, accessPart } from './access-part';
import { dangerPart } from './danger-part';
import { type Detail, EVERYTHING, LEVELS, type Level } from './detail';
import { type FindingGroups, findingGroups, findingsPart } from './findings-part';
import { hardeningPart } from './hardening-part';
import { plansPart, versionsPart } from './plans-part';
import { type ResourceGroups, resourceGroups, resourcesPart } from './resources-part';
import { rewrittenPart } from './rewritten-part';
import { verdictPart } from './verdict-part';

/** The first line, by which a workflow finds the comment that it wrote before. */
export const MARKER = '<!-- vault-platforms-review -->';

/** What GitHub takes, in characters. */
export const GITHUB_LIMIT = 65_536;
/** With less than that a comment would say nothing. */
export const LEAST_LIMIT = 1000;

export interface CommentOptions {
  /** In characters, {@link LEAST_LIMIT} at least; 0: none. @default what GitHub takes */
  readonly limit?: number;
}

/**
 * A review as a comment in GitHub's Markdown, the most important first. It never gets longer than the limit: what matters
 * least is left out, and the comment says so.
 */
export function commentMarkdown(review: ChangeReview, { limit = GITHUB_LIMIT }: CommentOptions = {}): string {
  if (isQuiet(review)) return `${MARKER}\n${quietLine(review)}\n`;
  const most = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  const groups = groupsOf(review);
  const made = (level: Level) => joined(parts(review, groups, level), most);
  for (const [i, level] of LEVELS.entries()) {
    const whole = made(level);
    if (whole !== undefined) return fullest(whole, level, LEVELS[i - 1], made);
  }
  return `${MARKER}\n**Review**: too long for ${most} characters; --format json has all of it.\n`.slice(
    0,
    most,
  );
}

/** Says as much as there is room for between a level that fits and the one before, which does not. */
function fullest(
  fitting: string,
  level: Level,
  tooLong: Level | undefined,
  made: (level: Level) => string | undefined,
): string {
  const { less: name, detail } = level;
  if (name === undefined || tooLong === undefined) return fitting;
  let best = fitting;
  let least = detail[name];
  let most = tooLong.detail[name];
  const isTooMany = (n: number): boolean => {
    const text = made({ ...level, detail: { ...detail, [name]: n } });
    if (text !== undefined) best = text;
    return text === undefined;
  };
  for (let more = 1; least + more < most && more < MOST_ENTRIES; more *= 2) {
    if (isTooMany(least + more)) most = least + more;
    else least += more;
  }
  while (most - least > 1 && most < Number.POSITIVE_INFINITY) {
    const middle = Math.floor((least + most) / 2);
    if (isTooMany(middle)) most = middle;
    else least = middle;
  }
  return best;
}

/** No list of a comment gets longer than that. */
const MOST_ENTRIES = 2 ** 24;

/** Whether there is nothing to tell: nothing changes, nothing has drifted, and nothing is wrong that should not be. */
function isQuiet({ environments, plans }: ChangeReview): boolean {
  return (
    environments.every(
      (one) => changesNothing(one) && one.drift.length === 0 && openErrors(one).length === 0,
    ) && plans.every(isQuietPlan)
  );
}

function isQuietPlan({ isEmpty, hasErrored, isComplete, checks }: PlanNote): boolean {
  return isEmpty && !hasErrored && isComplete !== false && checks.length === 0;
}

function quietLine({ environments, plans }: ChangeReview): string {
  const isEverywhere = environments.every(({ planned }) => planned.length > 0);
  // Of an environment without a plan nobody knows.
  const where = isEverywhere ? '' : ' where there is a plan';
  const drift = plans.length === 0 ? '' : `, and nothing has drifted${where}`;
  return `**Review**: nothing changes in ${counted(environments.length, 'environment')}${drift}.`;
}

interface Groups {
  readonly access: AccessGroups;
  readonly driftAccess: AccessGroups;
  readonly findings: FindingGroups;
  readonly changes: ResourceGroups;
  readonly others: ResourceGroups;
  readonly drift: ResourceGroups;
}

function groupsOf({ environments }: ChangeReview): Groups {
  return {
    access: accessGroups(environments, 'access'),
    driftAccess: accessGroups(environments, 'driftAccess'),
    findings: findingGroups(environments),
    changes: resourceGroups(environments, 'changes', EVERYTHING),
    others: resourceGroups(environments, 'otherChanges', withoutBulk(EVERYTHING)),
    drift: resourceGroups(environments, 'drift', EVERYTHING),
  };
}

function* parts(review: ChangeReview, groups: Groups, { detail, leftOut }: Level): Iterable<string> {
  const { environments } = review;
  yield* [MARKER, '## Review', ''];
  yield* verdictPart(review, detail);
  yield* dangerPart(environments, detail);
  yield* rewrittenPart(environments, detail);
  yield* accessPart('Access', groups.access, detail);
  yield* findingsPart(groups.findings, detail);
  yield* hardeningPart(environments);
  yield* resourcesPart('Resources', groups.changes, detail);
  yield* resourcesPart('Other declarations', groups.others, withoutBulk(detail));
  yield* resourcesPart('Drift: changed by somebody else', groups.drift, detail);
  yield* accessPart('What the drift gave and took', groups.driftAccess, detail);
  yield* plansPart(review, detail);
  if (leftOut !== undefined) {
    yield* [
      `_Left out, to stay short enough: ${leftOut}. \`npm run review\` with \`--limit 0\` or \`--format json\` has all of it._`,
      '',
    ];
  }
  yield* versionsPart(review);
}

/** Settings of new stacks are long and say little; those that change are what counts. */
function withoutBulk(detail: Detail): Detail {
  return { ...detail, wholeValues: 0, wholeNames: 0 };
}

/** @returns nothing where it gets too long; the rest is then not even made */
function joined(lines: Iterable<string>, most: number): string | undefined {
  const all: string[] = [];
  let length = 0;
  let last = '';
  for (const line of lines) {
    // One empty line is as good as several.
    if (line === '' && last === '') continue;
    length += line.length + 1;
    if (length > most) return undefined;
    all.push(line);
    last = line;
  }
  return `${all.join('\n').trimEnd()}\n`;
}
