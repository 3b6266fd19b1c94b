import { counted } from '../../policies/phrases';
import { type ChangeReview, plansOf } from '../change-review';
import type { PlanNote } from '../plan/plan-note';
import { type Detail, firstOf } from './detail';
import { code, codeCell, fenced, text } from './safe-markdown';

/** Those that `npm run deploy` knows. */
const STACK = /^(.+)-(vault|access|services)$/;
/** Of a line that a shell is given. */
const PLAIN = /^[\w.:@-]+$/;

/** The digest of each plan, and how exactly these plans are applied. */
export function plansPart({ plans, environments }: ChangeReview, detail: Detail): readonly string[] {
  if (plans.length === 0) return [];
  const [shown, more] = firstOf(plans, detail.plans);
  const commands = environments.flatMap((one) => deployCommand(one.name, plansOf(one, plans)));
  return [
    '### Plans',
    '',
    ...(shown.length > 0 ? ['| stack | digest | |', '|---|---|---|', ...shown.map(row), ''] : []),
    ...(more > 0 ? [`Digests of ${counted(more, 'more plan')} are left out.`, ''] : []),
    ...remarks(plans, detail),
    ...(commands.length > 0 && detail.plans > 0
      ? ['These plans, and no others, are applied by', '', ...fenced('sh', commands), '']
      : []),
  ];
}

/** What else a reviewer must know of plans. */
function remarks(plans: readonly PlanNote[], detail: Detail): readonly string[] {
  const all = plans.flatMap(({ stack, remarks: own, deferred, checks, outputs }) => [
    ...own.map((one) => `${code(stack)}: ${text(one)}`),
    ...deferred.map(
      ({ address, reason }) =>
        `${code(stack)}: ${code(address)} is left to the next plan, since ${text(reason)}`,
    ),
    ...checks.map(
      ({ address, status, problems }) =>
        `${code(stack)}: check ${code(address)} ${CHECKS[status]}${problems.length === 0 ? '' : `: ${problems.map(text).join('; ')}`}`,
    ),
    ...outputs.map(({ name }) => `${code(stack)}: output ${code(name)} changes`),
  ]);
  const [shown, more] = firstOf(all, detail.findings);
  const rest = more > 0 ? [`- and ${counted(more, 'more remark')} on plans`] : [];
  return all.length === 0 ? [] : [...shown.map((one) => `- ${one}`), ...rest, ''];
}

const CHECKS = { fail: 'fails', error: 'cannot be made', unknown: 'is known after an apply' } as const;

function row({ stack, digest, isEmpty, isComplete, hasErrored }: PlanNote): string {
  const remarks = [
    ...(hasErrored ? ['**failed**'] : []),
    ...(isComplete === false ? ['**does only a part**'] : []),
    ...(isEmpty ? ['changes nothing'] : []),
  ];
  return `| ${codeCell(stack)} | ${codeCell(digest)} | ${remarks.join(', ')} |`;
}

function deployCommand(environment: string, plans: readonly PlanNote[]): readonly string[] {
  const isOurs = plans.every(({ stack }) => STACK.exec(stack)?.[1] === environment);
  const digests = plans.filter(({ isEmpty }) => !isEmpty).map(({ digest }) => digest);
  const isWhole = plans.every(({ hasErrored }) => !hasErrored);
  if (!isOurs || !isWhole || digests.length === 0) return [];
  if (![environment, ...digests].every((one) => PLAIN.test(one))) return [];
  return [`npm run deploy -- ${environment} ${digests.map((one) => `--plan-digest ${one}`).join(' ')}`];
}

/** What was compared, and by what it is deployed. */
export function versionsPart({ plans, compared, versions }: ChangeReview): readonly string[] {
  const terraform = new Set(plans.flatMap(({ terraformVersion }) => terraformVersion ?? []));
  const known = new Map(Object.entries(versions));
  for (const { name, constraint } of plans.flatMap(({ providers }) => providers)) {
    const source = name.replace(/^registry\.terraform\.io\//, '');
    if (constraint !== undefined && !known.has(source)) known.set(source, constraint);
  }
  const parts = [
    ...(compared ? [`${code(compared.before)} against ${code(compared.after)}`] : []),
    ...[...terraform].map((one) => `Terraform ${text(one)}`),
    ...[...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => `${text(name)} ${text(one)}`),
  ];
  return parts.length === 0 ? [] : [`<sub>${parts.slice(0, MOST).join(' · ')}</sub>`, ''];
}

/** Of versions: a project with more would have a longer footer than review. */
const MOST = 12;
