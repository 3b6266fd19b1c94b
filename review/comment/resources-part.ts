import type { EnvironmentReview } from '../change-review';
import { groupedBy } from '../grouped-by';
import { ACTIONS, type Action, type ResourceChange } from '../resource-change';
import { attributeLines } from './attribute-lines';
import { type Detail, firstOf } from './detail';
import { groupedEnvironments, type SaidOfSeveral } from './grouped-environments';
import { code, counted, text } from './safe-markdown';
import { heading } from './section';

const TITLES: Readonly<Record<Action, string>> = {
  delete: 'deleted',
  replace: 'made anew',
  create: 'created',
  update: 'changed',
  forget: 'left by Terraform',
  import: 'taken over',
  move: 'moved',
};
/** What goes away is read first. */
const ORDER: readonly Action[] = ['delete', 'replace', ...ACTIONS];

export type ResourceGroups = readonly SaidOfSeveral<readonly ResourceChange[]>[];

/** Changes by environments in which they are the same. */
export function resourceGroups(
  environments: readonly EnvironmentReview[],
  which: 'changes' | 'otherChanges' | 'drift',
): ResourceGroups {
  const all = environments
    .filter((one) => one[which].length > 0)
    .map((one) => ({ environment: one.name, what: one[which] }));
  return groupedEnvironments(all, (what) => JSON.stringify(what));
}

/** @param title of the section */
export function* resourcesPart(title: string, groups: ResourceGroups, detail: Detail): Iterable<string> {
  if (groups.length === 0) return;
  yield* [`### ${title}`, ''];
  for (const group of groups) {
    yield* heading(group);
    const [first = ''] = group.environments;
    const byAction = groupedBy(group.what, ({ action }) => action);
    for (const action of new Set(ORDER)) {
      const changes = byAction.get(action);
      if (changes) yield* actionLines(action, changes, first, detail);
    }
    yield '';
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
  for (const change of shown) yield* resourceLines(change, environment, detail);
  if (more > 0) yield* [`- and ${counted(more, 'more', 'more')}`];
  yield* ['', '</details>', ''];
}

function* resourceLines(change: ResourceChange, environment: string, detail: Detail): Iterable<string> {
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
  const how = isWhole ? detail.ofWholes : detail.ofChanges;
  if (how === 'none' || attributes.length === 0) return;
  if (how === 'names') {
    yield `  - ${attributes.length === 1 ? 'attribute' : 'attributes'} ${attributes
      .slice(0, 20)
      .map(({ name }) => code(name))
      .join(', ')}${attributes.length > 20 ? ` and ${attributes.length - 20} more` : ''}`;
    return;
  }
  for (const attribute of attributes) yield* attributeLines(attribute, detail.lines, isWhole);
}
