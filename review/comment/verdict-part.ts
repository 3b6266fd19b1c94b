import { type ChangeReview, plansOf } from '../change-review';
import { ACTIONS, type Action } from '../resource-change';
import { type Verdict, type VerdictLevel, verdictOf } from '../verdict';
import { type Detail, firstOf } from './detail';
import { codeCell, counted } from './safe-markdown';

/** A sign and a word: nobody needs to see colours. */
const SIGNS: Readonly<Record<VerdictLevel, string>> = {
  danger: '⛔ **danger**',
  attention: '⚠️ **look at it**',
  fine: '✅ fine',
  same: '➖ no change',
};
const ORDER: readonly VerdictLevel[] = ['danger', 'attention', 'fine', 'same'];

/** What happens to resources, as Terraform's own summary says it. */
const VERBS: Readonly<Record<Action, string>> = {
  create: 'created',
  update: 'changed',
  replace: 'made anew',
  delete: 'deleted',
  forget: 'left',
  import: 'taken over',
  move: 'moved',
};

interface Line {
  readonly environment: string;
  readonly verdict: Verdict;
}

/** Each environment in one line; those in which nothing changes together in one. */
export function verdictPart({ environments, plans }: ChangeReview, detail: Detail): readonly string[] {
  const lines = environments
    .map((one): Line => ({ environment: one.name, verdict: verdictOf(one, plansOf(one, plans)) }))
    .sort((a, b) => ORDER.indexOf(a.verdict.level) - ORDER.indexOf(b.verdict.level));
  const changing = lines.filter(({ verdict }) => verdict.level !== 'same');
  const same = lines.filter(({ verdict }) => verdict.level === 'same');
  const [shown, more] = firstOf(changing, detail.verdicts);
  const rows = [
    ...shown.map(
      ({ environment, verdict }) =>
        `| ${SIGNS[verdict.level]}<br>${codeCell(environment)} | ${verdictText(verdict)} |`,
    ),
    ...(more > 0
      ? [`| … ${counted(more, 'more environment')} | ${worstOf(changing.slice(shown.length))} |`]
      : []),
    ...(same.length > 0 ? [sameRow(same, detail)] : []),
  ];
  return ['| environment | what it means |', '|---|---|', ...rows, ''];
}

function sameRow(same: readonly Line[], { verdicts }: Detail): string {
  const [shown, more] = firstOf(same, verdicts);
  const names = shown.map(({ environment }) => codeCell(environment)).join(', ');
  const others =
    more === 0
      ? ''
      : `${names === '' ? '' : ' and '}${shown.length === 0 ? counted(more, 'environment') : counted(more, 'more', 'more')}`;
  return `| ${SIGNS.same} | ${names}${others} |`;
}

function worstOf(lines: readonly Line[]): string {
  const counts = ORDER.map(
    (level) => [level, lines.filter(({ verdict }) => verdict.level === level).length] as const,
  );
  return counts
    .filter(([, n]) => n > 0)
    .map(([level, n]) => `${SIGNS[level]} ${n}`)
    .join(', ');
}

/** Remarks, and how many resources. */
export function verdictText({ remarks, counts }: Verdict): string {
  const parts = [remarks.join(', '), countsText(counts)].filter((one) => one !== '');
  return parts.length === 0 ? 'nothing that is worth a remark' : parts.join('; ');
}

export function countsText(counts: Verdict['counts']): string {
  return ACTIONS.flatMap((action) =>
    counts[action] ? [`${counts[action].toLocaleString('en')} ${VERBS[action]}`] : [],
  ).join(', ');
}
