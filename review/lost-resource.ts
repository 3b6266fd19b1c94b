import { isList, markedText } from '../policies/terraform-value';
import { type Container, containersOf } from './container';
import type { ResourceChange } from './resource-change';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';

export type LossAction = 'delete' | 'replace' | 'unprotect' | 'leave';

/** A resource that an apply deletes or replaces, and where it is declared now. */
export interface Lost {
  readonly change: ResourceChange;
  readonly action: LossAction;
  readonly declared?: ReviewedBlock;
  readonly before?: ReviewedEnvironment;
  readonly after?: ReviewedEnvironment;
  /** Paths of mounts that are lost too: they say what is lost in them. */
  readonly mounts: ReadonlySet<string>;
}

export interface Loss {
  readonly what: string;
  /** What is gone, and who is hit. */
  readonly meaning: string;
}

export type Judge = (lost: Lost) => Loss | undefined;

/** As it is declared now, else as the change shows it; nothing where neither tells. */
export function text({ declared, change }: Lost, attribute: string): string {
  const { block } = declared ?? {};
  const value = block && (block.attributes[attribute] ?? undefined) !== undefined;
  if (value) return markedText(block.values.attribute(block, attribute)) ?? '';
  const shown = change.attributes.find(({ name }) => name === attribute)?.before;
  return shown?.kind === 'text' ? shown.text : '';
}

export function containers({ before }: Lost): readonly Container[] {
  return before ? containersOf(before) : [];
}

export function listIn({ block }: ReviewedBlock, attribute: string): readonly string[] {
  const value = block.attributes[attribute] === undefined ? [] : block.values.attribute(block, attribute);
  return isList(value) ? value.flatMap((one) => markedText(one) ?? []) : [];
}

/** How many are named one by one. */
const NAMED = 5;

/** The first names, each once, and how many more there are. */
export function someOf(all: readonly string[]): string {
  const names = [...new Set(all)];
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}
