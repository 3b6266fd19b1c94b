import { counted, listed } from '../../policies/phrases';
import { changesNothing, type EnvironmentReview, type FindingsChange } from '../change-review';
import { groupedBy } from '../grouped-by';
import { remembered } from '../remembered';
import { type Finding, LEVELS } from '../rule';
import { type Detail, firstOf } from './detail';
import { groupedEnvironments, inSeveral, type SaidOfSeveral } from './grouped-environments';
import { code, details, text } from './safe-markdown';

type Kind = keyof FindingsChange;

export type FindingGroups = Readonly<Record<Kind, readonly SaidOfSeveral<Finding>[]>>;

/** Findings by what the change does to them, each once for all environments that have it. */
export function findingGroups(environments: readonly EnvironmentReview[]): FindingGroups {
  const of = (kind: Kind) =>
    [
      ...groupedEnvironments(
        environments.flatMap((one) =>
          one.findings[kind]
            .filter((finding) => !isSettled(kind, finding) || !changesNothing(one))
            .map((what) => ({ environment: one.name, what })),
        ),
        (finding) => JSON.stringify(finding),
      ),
    ].sort((a, b) => LEVELS.indexOf(b.what.level) - LEVELS.indexOf(a.what.level));
  return {
    added: of('added'),
    newlyAccepted: of('newlyAccepted'),
    kept: of('kept'),
    stillAccepted: of('stillAccepted'),
    gone: of('gone'),
  };
}

export function findingsPart(groups: FindingGroups, detail: Detail): readonly string[] {
  const { added, newlyAccepted, kept, stillAccepted, gone } = groups;
  if (Object.values(groups).every(({ length }) => length === 0)) return [];
  return [
    '### Findings of rules',
    '',
    ...open('new', added, detail.findings),
    ...open('newly accepted', newlyAccepted, detail.findings),
    ...collapsed('mended', gone, detail.findings),
    ...collapsed('there before, and open', kept.filter(isMore), detail.keptFindings),
    ...collapsed(
      'there before, and worth knowing',
      kept.filter((one) => !isMore(one)),
      0,
    ),
    ...collapsed('there before, and accepted', stillAccepted, detail.keptFindings),
  ];
}

/** Nobody has anything to do about these, and least of all where nothing changes. */
function isSettled(kind: Kind, { level }: Finding): boolean {
  return kind === 'stillAccepted' || (kind === 'kept' && level === 'info');
}

type Group = SaidOfSeveral<Finding>;

function isMore({ what }: Group): boolean {
  return what.level !== 'info';
}

/** One of several environments is one of each. */
function findingsIn(groups: readonly Group[]): number {
  return groups.reduce((sum, { environments }) => sum + environments.length, 0);
}

function open(title: string, groups: readonly Group[], most: number): readonly string[] {
  if (groups.length === 0) return [];
  return [
    `**${findingsIn(groups).toLocaleString('en')} ${title}${inSeveral(groups)}**`,
    '',
    ...list(groups, most),
    '',
  ];
}

function collapsed(title: string, groups: readonly Group[], most: number): readonly string[] {
  if (groups.length === 0) return [];
  const summary = `${findingsIn(groups).toLocaleString('en')} ${title}${inSeveral(groups)}`;
  return most === 0 ? [`${summary}: ${byRule(groups)}`, ''] : details(summary, list(groups, most));
}

function list(groups: readonly Group[], most: number): readonly string[] {
  const alike = together(groups);
  const [shown, more] = firstOf(alike, most);
  const rest = more > 0 ? alike.slice(shown.length).flat() : [];
  return [
    ...shown.map((same) => `- ${findingText(same)}`),
    ...(more > 0 ? [`- and ${counted(findingsIn(rest), 'more', 'more')}: ${byRule(rest)}`] : []),
  ];
}

/** The same seen in several places is read once. */
const together = remembered((groups: readonly Group[]): readonly (readonly Group[])[] => [
  ...groupedBy(groups, ({ what, environments }) => JSON.stringify([saidOf(what), environments])).values(),
]);

function saidOf({ id, level, seen, remedy, acknowledgement }: Finding): readonly unknown[] {
  const { owner, reason, expires } = acknowledgement ?? {};
  return [id, level, seen, remedy, owner, reason, expires];
}

/** Of one thing that is seen in several places, how many of these are named. */
const PLACES = 5;

function findingText(same: readonly Group[]): string {
  const { what, environments } = same[0] as Group;
  const { id, level, title, seen, remedy, acknowledgement } = what;
  const rest = acknowledgement
    ? `accepted by ${text(acknowledgement.owner)}${acknowledgement.expires === undefined ? '' : ` until ${text(acknowledgement.expires)}`}: ${text(acknowledgement.reason)}`
    : text(remedy);
  const places = same.map(({ what: one }) => code(one.constructPath ?? one.address));
  const [shown, more] = firstOf(places, PLACES);
  const others = more > 0 ? ` and ${counted(more, 'more place')}` : '';
  return `**${text(level)} ${text(id)}** (${text(title)}) in ${listed(environments.map(code))}: ${text(seen)}<br>→ ${rest}<br>${shown.join(', ')}${others}`;
}

function byRule(groups: readonly Group[]): string {
  const counts = new Map<string, number>();
  for (const { what, environments } of groups) {
    const key = `${what.level} ${what.id}`;
    counts.set(key, (counts.get(key) ?? 0) + environments.length);
  }
  return [...counts]
    .map(([rule, n]) => `${text(rule)}${n === 1 ? '' : ` (${n.toLocaleString('en')} times)`}`)
    .join(', ');
}
