import { listed } from '../../policies/phrases';
import {
  changesNothing,
  type EnvironmentReview,
  type HardeningChange,
  type HardeningCount,
} from '../change-review';
import { groupedEnvironments, type SaidOfSeveral } from './grouped-environments';
import { code, codeCell, text } from './safe-markdown';

/**
 * How many items of the list for production hold, and which are won and lost. Where something changes, and none of them, in
 * one line; where nothing does, not at all.
 */
export function hardeningPart(environments: readonly EnvironmentReview[]): readonly string[] {
  const judged = environments
    .filter((one) => (one.hardening.before ?? one.hardening.after) && !changesNothing(one))
    .map(({ name, hardening }) => ({ environment: name, what: hardening }));
  const groups = groupedEnvironments(judged, (what) => JSON.stringify(what));
  const rows = groups
    .filter(({ what }) => isChanged(what))
    .map(
      ({ environments: names, what }) =>
        `| ${names.map(codeCell).join(', ')} | ${score(what)} | ${itemsText(what)} |`,
    );
  const same = groups.filter(({ what }) => !isChanged(what));
  return [
    ...(rows.length > 0
      ? ['### Hardening', '', '| environment | items that hold | change |', '|---|---|---|', ...rows, '']
      : []),
    ...(same.length > 0 ? [`Hardening stays as it is: ${same.map(sameText).join('; ')}.`, ''] : []),
  ];
}

function isChanged(hardening: HardeningChange): boolean {
  const { before, after, won, lost } = hardening;
  const isSameScore = before?.held === after?.held && before?.applying === after?.applying;
  return won.length > 0 || lost.length > 0 || !isSameScore;
}

function sameText({ environments, what }: SaidOfSeveral<HardeningChange>): string {
  return `${score(what)} items hold in ${listed(environments.map(code))}`;
}

function score({ before, after }: HardeningChange): string {
  const [was, is] = [before, after].map((one) => (one ? shown(one) : 'none'));
  return was === is ? (is as string) : `${was} → ${is}`;
}

function shown({ held, applying }: HardeningCount): string {
  return `${held} of ${applying}`;
}

function itemsText({ won, lost }: HardeningChange): string {
  const parts = [
    ...(lost.length > 0 ? [`**lost** ${lost.map(text).join(', ')}`] : []),
    ...(won.length > 0 ? [`won ${won.map(text).join(', ')}`] : []),
  ];
  return parts.length === 0 ? 'none' : parts.join('; ');
}
