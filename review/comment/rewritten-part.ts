import { counted, listed } from '../../policies/phrases';
import type { EnvironmentReview } from '../change-review';
import { type Detail, firstOf } from './detail';
import { groupedEnvironments } from './grouped-environments';
import { code, text } from './safe-markdown';

/** Secrets that get other values, and who reads these. Nothing where none does. */
export function rewrittenPart(environments: readonly EnvironmentReview[], detail: Detail): readonly string[] {
  const all = environments.flatMap(({ name, rewritten }) =>
    rewritten.map((what) => ({ environment: name, what })),
  );
  if (all.length === 0) return [];
  const groups = groupedEnvironments(all, (one) => JSON.stringify(one));
  const [shown, more] = firstOf(groups, detail.access);
  return [
    '### Secrets that are written again',
    '',
    ...shown.map(
      ({ environments: names, what }) =>
        `- ${text(what.what)} is **written again** in ${listed(names.map(code))}, ${text(what.meaning)} (${code(what.address)})`,
    ),
    ...(more > 0 ? [`- and ${counted(more, 'more', 'more')}`] : []),
    '',
  ];
}
