import { counted, listed } from '../../policies/phrases';
import type { EnvironmentReview } from '../change-review';
import type { Danger, DangerAction } from '../dangers';
import { type Detail, firstOf } from './detail';
import { groupedEnvironments, inSeveral } from './grouped-environments';
import { code, text } from './safe-markdown';

const WORDS: Readonly<Record<DangerAction, string>> = {
  delete: 'deleted',
  replace: 'replaced',
  unprotect: 'no longer protected',
  leave: 'left behind',
};

/** What is gone for good is read first. */
const ORDER = Object.keys(WORDS);

/** A warning box with what holds data or identity and is lost. Nothing where nothing is. */
export function dangerPart(environments: readonly EnvironmentReview[], detail: Detail): readonly string[] {
  const all = environments.flatMap(({ name, dangers }) =>
    dangers.map((what) => ({ environment: name, what })),
  );
  if (all.length === 0) return [];
  const groups = [...groupedEnvironments(all, (danger) => JSON.stringify(danger))].sort(
    (a, b) => ORDER.indexOf(a.what.action) - ORDER.indexOf(b.what.action),
  );
  const [shown, more] = firstOf(groups, detail.dangers);
  const lines = shown.map(
    ({ environments: names, what }) =>
      `- ${text(what.what)} is **${WORDS[what.action]}** in ${listed(names.map(code))}: ${text(what.meaning)} (${code(what.address)})`,
  );
  return [
    '> [!CAUTION]',
    `> **${counted(groups.length, 'danger to data or identity', 'dangers to data or identity')}${inSeveral(groups)}**`,
    '>',
    ...lines.map((line) => `> ${line}`),
    ...(more > 0
      ? [
          `> - and ${counted(more, 'more', 'more')}: ${byWord(groups.slice(shown.length).map(({ what }) => what))}`,
        ]
      : []),
    '',
  ];
}

function byWord(dangers: readonly Danger[]): string {
  const counts = new Map<DangerAction, number>();
  for (const { action } of dangers) counts.set(action, (counts.get(action) ?? 0) + 1);
  return [...counts].map(([action, n]) => `${n.toLocaleString('en')} ${WORDS[action]}`).join(', ');
}
