import { counted } from '../../policies/phrases';
import { type ChangeReview, plansOf } from '../change-review';
import { groupedBy } from '../grouped-by';
import { ACTIONS, type Action } from '../resource-change';
import { type Verdict, type VerdictLevel, verdictOf } from '../verdict';
import { type Detail, firstOf } from './detail';
import { codeCell, text } from './safe-markdown';

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
  replace: 'replaced',
  delete: 'deleted',
  forget: 'left',
  import: 'taken over',
  move: 'moved',
};

interface Row {
  readonly level: VerdictLevel;
  readonly environments: readonly string[];
  /** What it means for each of them. */
  readonly means: string;
}

/** Each environment in one line; those of which the same is to be said together in one. */
export function verdictPart({ environments, plans }: ChangeReview, detail: Detail): readonly string[] {
  const lines = environments.map((one) => {
    const verdict = verdictOf(one, plansOf(one, plans));
    return { name: one.name, level: verdict.level, means: verdictText(verdict) };
  });
  const rows = [...groupedBy(lines, ({ level, means }) => `${level} ${means}`).values()]
    .flatMap((same): readonly Row[] => {
      const [first] = same;
      return first ? [{ ...first, environments: same.map(({ name }) => name) }] : [];
    })
    .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  const changing = rows.filter(({ level }) => level !== 'same');
  const same = rows.flatMap(({ level, environments: names }) => (level === 'same' ? names : []));
  const [shown, more] = firstOf(changing, detail.verdicts);
  const rest = more > 0 ? changing.slice(shown.length) : [];
  return [
    '| environment | what it means |',
    '|---|---|',
    ...shown.map(
      ({ level, environments: names, means }) =>
        `| ${SIGNS[level]}<br>${namesOf(names, detail, '<br>')} | ${means} |`,
    ),
    ...(more > 0 ? [`| … ${counted(counts(rest), 'more environment')} | ${worstOf(rest)} |`] : []),
    ...(same.length > 0 ? [`| ${SIGNS.same} | ${namesOf(same, detail, ', ')} |`] : []),
    '',
  ];
}

function namesOf(names: readonly string[], { verdicts }: Detail, separator: string): string {
  const [shown, more] = firstOf(names, verdicts);
  const listed = shown.map(codeCell).join(separator);
  if (more === 0) return listed;
  return shown.length === 0
    ? counted(more, 'environment')
    : `${listed}${separator === '<br>' ? '<br>' : ' '}and ${counted(more, 'more', 'more')}`;
}

function counts(rows: readonly Row[]): number {
  return rows.reduce((sum, { environments }) => sum + environments.length, 0);
}

function worstOf(rows: readonly Row[]): string {
  return ORDER.map((level) => [level, counts(rows.filter((one) => one.level === level))] as const)
    .filter(([, n]) => n > 0)
    .map(([level, n]) => `${SIGNS[level]} ${n}`)
    .join(', ');
}

/** Remarks, and how many resources. */
function verdictText({ remarks, counts }: Verdict): string {
  const parts = [remarks.map(text).join(', '), countsText(counts)].filter((one) => one !== '');
  return parts.length === 0 ? 'nothing that is worth a remark' : parts.join('; ');
}

function countsText(counts: Verdict['counts']): string {
  return ACTIONS.flatMap((action) =>
    counts[action] ? [`${counts[action].toLocaleString('en')} ${VERBS[action]}`] : [],
  ).join(', ');
}
