import type { EnvironmentReview, FindingsChange } from '../change-review';
import type { Finding } from '../rule';
import { type Detail, firstOf } from './detail';
import { groupedEnvironments, type SaidOfSeveral } from './grouped-environments';
import { code, counted, details, listed, text } from './safe-markdown';

type Kind = keyof FindingsChange;

export type FindingGroups = Readonly<Record<Kind, readonly SaidOfSeveral<Finding>[]>>;

/** Findings by what the change does to them, each once for all environments that have it. */
export function findingGroups(environments: readonly EnvironmentReview[]): FindingGroups {
  const of = (kind: Kind) =>
    groupedEnvironments(
      environments.flatMap(({ name, findings }) =>
        findings[kind].map((what) => ({ environment: name, what })),
      ),
      (finding) => JSON.stringify(finding),
    );
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
    // Nobody has anything to do about these.
    ...collapsed(
      'remarks that were there before',
      kept.filter((one) => !isMore(one)),
      0,
    ),
    ...collapsed('there before, and accepted', stillAccepted, detail.keptFindings),
  ];
}

type Group = SaidOfSeveral<Finding>;

function isMore({ what }: Group): boolean {
  return what.level !== 'info';
}

function open(title: string, groups: readonly Group[], most: number): readonly string[] {
  if (groups.length === 0) return [];
  return [`**${groups.length.toLocaleString('en')} ${title}**`, '', ...list(groups, most), ''];
}

function collapsed(title: string, groups: readonly Group[], most: number): readonly string[] {
  if (groups.length === 0) return [];
  const summary = `${groups.length.toLocaleString('en')} ${title}`;
  return most === 0 ? [`${summary}: ${byRule(groups)}`, ''] : details(summary, list(groups, most));
}

function list(groups: readonly Group[], most: number): readonly string[] {
  const [shown, more] = firstOf(groups, most);
  return [
    ...shown.map((one) => `- ${findingText(one)}`),
    ...(more > 0 ? [`- and ${counted(more, 'more', 'more')}: ${byRule(groups.slice(shown.length))}`] : []),
  ];
}

function findingText({ what, environments }: Group): string {
  const { id, level, title, seen, remedy, constructPath, address, acknowledgement } = what;
  const rest = acknowledgement
    ? `accepted by ${text(acknowledgement.owner)}${acknowledgement.expires === undefined ? '' : ` until ${text(acknowledgement.expires)}`}: ${text(acknowledgement.reason)}`
    : `${text(remedy)}`;
  return `**${text(level)} ${text(id)}** (${text(title)}) in ${listed(environments.map(code))}: ${text(seen)}<br>→ ${rest}<br>${code(constructPath ?? address)}`;
}

function byRule(groups: readonly Group[]): string {
  const counts = new Map<string, number>();
  for (const { what } of groups) {
    const key = `${what.level} ${what.id}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([rule, n]) => `${text(rule)}${n === 1 ? '' : ` (${n.toLocaleString('en')} times)`}`)
    .join(', ');
}
