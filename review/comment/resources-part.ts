import { counted } from '../../policies/phrases';
import type { EnvironmentReview } from '../change-review';
import { groupedBy } from '../grouped-by';
import { ACTIONS, type Action, type ResourceChange } from '../resource-change';
import { attributeLines } from './attribute-lines';
import { type Detail, firstOf } from './detail';
import { groupedEnvironments, type SaidOfSeveral } from './grouped-environments';
import { code, text } from './safe-markdown';
import { heading } from './section';

const TITLES: Readonly<Record<Action, string>> = {
  delete: 'deleted',
  replace: 'replaced',
  create: 'created',
  update: 'changed',
  forget: 'left by Terraform',
  import: 'taken over',
  move: 'moved',
};
/** What goes away is read first. */
const ORDER: readonly Action[] = ['delete', 'replace', ...ACTIONS];

export type ResourceGroups = readonly SaidOfSeveral<readonly ResourceChange[]>[];

/**
 * Changes by environments in which they are the same, as far as they are shown: values may differ in parts that are not.
 *
 * @param detail with which they are shown where there is room
 */
export function resourceGroups(
  environments: readonly EnvironmentReview[],
  which: 'changes' | 'otherChanges' | 'drift',
  detail: Detail,
): ResourceGroups {
  const all = environments
    .filter((one) => one[which].length > 0)
    .map((one) => ({ environment: one.name, what: { environment: one.name, changes: one[which] } }));
  // Nothing to compare with.
  const shown = ({ environment, changes }: (typeof all)[number]['what']) =>
    all.length === 1 ? '' : [...changesLines(changes, environment, detail)].join('\n');
  return groupedEnvironments(all, shown).map((group) => ({ ...group, what: group.what.changes }));
}

/** @param title of the section */
export function* resourcesPart(title: string, groups: ResourceGroups, detail: Detail): Iterable<string> {
  if (groups.length === 0) return;
  yield* [`### ${title}`, ''];
  for (const group of groups) {
    yield* heading(group);
    const [first = ''] = group.environments;
    yield* changesLines(group.what, first, detail);
    yield '';
  }
}

function* changesLines(
  all: readonly ResourceChange[],
  environment: string,
  detail: Detail,
): Iterable<string> {
  const byAction = groupedBy(all, ({ action }) => action);
  for (const action of new Set(ORDER)) {
    const changes = byAction.get(action);
    if (changes) yield* actionLines(action, changes, environment, detail);
  }
}

function* actionLines(
  action: Action,
  changes: readonly ResourceChange[],
  environment: string,
  detail: Detail,
): Iterable<string> {
  const summary = `${changes.length.toLocaleString('en')} ${TITLES[action]}`;
  const types = [...groupedBy(changes, ({ type }) => type)]
    .map(([type, own]) => `${own.length.toLocaleString('en')} ${text(type)}`)
    .slice(0, 8)
    .join(', ');
  if (detail.resources === 0) {
    yield* [`- ${summary}: ${types}`];
    return;
  }
  yield* ['<details>', `<summary>${summary}</summary>`, ''];
  const [shown, more] = firstOf(changes, detail.resources);
  for (const [i, change] of shown.entries()) yield* resourceLines(change, i, environment, detail);
  if (more > 0) yield* [`- and ${counted(more, 'more', 'more')}`];
  yield* ['', '</details>', ''];
}

/** @param i how many stand before it in its list */
function* resourceLines(
  change: ResourceChange,
  i: number,
  environment: string,
  detail: Detail,
): Iterable<string> {
  const { address, stack, action, reason, movedFrom, importedFrom, attributes } = change;
  const part = stack.startsWith(`${environment}-`) ? stack.slice(environment.length + 1) : stack;
  const remarks = [
    ...(part === environment ? [] : [`in ${code(part)}`]),
    ...(movedFrom === undefined ? [] : [`was ${code(movedFrom)}`]),
    ...(importedFrom === undefined ? [] : [`taken over by ${code(importedFrom)}`]),
    ...(reason === undefined ? [] : [text(reason)]),
  ];
  yield `- ${code(address)}${remarks.length === 0 ? '' : `: ${remarks.join(', ')}`}`;
  const isWhole = action !== 'update' && action !== 'replace' && action !== 'move';
  const [values, names] = isWhole
    ? [detail.wholeValues, detail.wholeNames]
    : [detail.changeValues, detail.changeNames];
  if (attributes.length === 0 || i >= Math.max(values, names)) return;
  if (i >= values) {
    yield `  - ${attributes.length === 1 ? 'attribute' : 'attributes'} ${attributes
      .slice(0, 20)
      .map(({ name }) => code(name))
      .join(', ')}${attributes.length > 20 ? ` and ${attributes.length - 20} more` : ''}`;
    return;
  }
  for (const attribute of attributes) yield* attributeLines(attribute, detail.lines, isWhole);
}
