import type { EnvironmentDiff, IdentityDiff } from '../../access/access-diff';
import { type DiffRow, diffRows } from '../../access/report-diff';
import { counted } from '../../policies/phrases';
import type { EnvironmentReview } from '../change-review';
import { remembered } from '../remembered';
import { type Detail, firstOf } from './detail';
import type { SaidOfSeveral } from './grouped-environments';
import { groupedEnvironments } from './grouped-environments';
import { codeCell, text } from './safe-markdown';
import { heading } from './section';

interface AccessRows {
  readonly rows: readonly DiffRow[];
  readonly unknown: readonly string[];
}

export type AccessGroups = readonly SaidOfSeveral<AccessRows>[];

/** Who gains and loses what, by environments in which it is the same. */
export function accessGroups(
  environments: readonly EnvironmentReview[],
  which: 'access' | 'driftAccess',
): AccessGroups {
  const all = environments.flatMap((one) => {
    const diff = one[which];
    return diff ? [{ environment: one.name, what: accessRows(diff) }] : [];
  });
  return groupedEnvironments(all, (what) => JSON.stringify(what));
}

function accessRows({ identities, unknown, mayGrant }: EnvironmentDiff): AccessRows {
  return {
    rows: identities.flatMap(identityRows),
    unknown: unknown.map(
      (one) => `not known before the apply${mayGrant.includes(one) ? ', and may give access' : ''}: ${one}`,
    ),
  };
}

/** That somebody is new stands beside what they gain. */
function identityRows(identity: IdentityDiff): readonly DiffRow[] {
  const [first, second, ...others] = diffRows(identity);
  if (identity.presence === 'changed' || !second) return diffRows(identity);
  return [{ ...second, what: `${first?.what}, ${second.what}` }, ...others];
}

/** A hyphen alone is hard to see. */
const WORDS: Readonly<Record<string, string>> = { '-': '−' };

/** @param title of the section */
export function accessPart(title: string, groups: AccessGroups, detail: Detail): readonly string[] {
  if (groups.length === 0) return [];
  return [`### ${title}`, '', ...groups.flatMap((group) => groupLines(group, detail))];
}

/** Worked out once, however often a comment is shortened. */
const rowText = remembered(({ sign, who, what, rules }: DiffRow): string => {
  const decided = rules.length === 0 ? '' : `<br><sub>${rules.map(text).join('<br>')}</sub>`;
  return `| **${WORDS[sign] ?? sign}** ${codeCell(who)} | ${text(what)}${decided} |`;
});

function groupLines(group: SaidOfSeveral<AccessRows>, { access }: Detail): readonly string[] {
  const { rows, unknown } = group.what;
  const [shownRows, moreRows] = firstOf(rows, access);
  const [shownUnknown, moreUnknown] = firstOf(unknown, access);
  const table = shownRows.map(rowText);
  return [
    ...heading(group),
    ...(table.length > 0 ? ['| who | what, and which rule decides |', '|---|---|', ...table, ''] : []),
    ...(moreRows > 0 ? [`${counted(moreRows, 'more change', 'more changes')} of access.`, ''] : []),
    ...shownUnknown.map((one) => `- ${text(one)}`),
    ...(moreUnknown > 0
      ? [`- ${counted(moreUnknown, 'more thing is', 'more things are')} not known before the apply`]
      : []),
    '',
  ];
}
