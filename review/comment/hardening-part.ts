import type { EnvironmentReview, HardeningChange, HardeningCount } from '../change-review';
import { groupedEnvironments } from './grouped-environments';
import { codeCell, text } from './safe-markdown';

/** How many items of the list for production hold, and which are won and lost. */
export function hardeningPart(environments: readonly EnvironmentReview[]): readonly string[] {
  const judged = environments
    .filter(({ hardening }) => hardening.before ?? hardening.after)
    .map(({ name, hardening }) => ({ environment: name, what: hardening }));
  if (judged.length === 0) return [];
  const rows = groupedEnvironments(judged, (what) => JSON.stringify(what)).map(
    ({ environments: names, what }) =>
      `| ${names.map(codeCell).join(', ')} | ${score(what)} | ${itemsText(what)} |`,
  );
  return ['### Hardening', '', '| environment | items that hold | change |', '|---|---|---|', ...rows, ''];
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
