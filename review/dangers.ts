import { counted } from '../policies/phrases';
import { groupedBy } from './grouped-by';
import { isLostByAnApply, losses } from './losses';
import { type LossAction, someOf } from './lost-resource';
import type { ResourceChange } from './resource-change';
import type { ReviewedEnvironment } from './reviewed-environment';

/** Something that holds data or identity and is deleted, or replaced without what it held. */
export interface Danger {
  readonly stack: string;
  /** Terraform's; the stack where all of it is meant. */
  readonly address: string;
  /** What it is for people, such as `KV mount 'shop'`. */
  readonly what: string;
  readonly action: DangerAction;
  /** What that means, in one sentence: what is gone, and who is hit. */
  readonly meaning: string;
}

/**
 * - `delete`, `replace`: as an apply does it
 * - `unprotect`: Terraform may delete it from now on
 * - `leave`: it, or its whole stack, is declared no longer, so nothing deletes and nothing looks after what was made
 */
export type DangerAction = 'delete' | 'replace' | 'unprotect' | 'leave';

/**
 * Changes of what cannot be made again by an apply: what holds data, and what people and services log in by.
 *
 * @param before where it is declared now; nothing where that is not known, and then what the changes say must do
 * @param after what is declared once the change is in
 */
export function dangersOf(
  changes: readonly ResourceChange[],
  before: ReviewedEnvironment | undefined,
  after: ReviewedEnvironment | undefined,
): readonly Danger[] {
  const lost = changes.flatMap((change) => {
    const action = dangerOf(change);
    return action === undefined ? [] : [{ change, action }];
  });
  return [...together(losses(lost, before, after)), ...leftStacks(changes)];
}

/** Of as many as these one by one. */
const ONE_BY_ONE = 3;

/** One decision takes a whole stack out of protection or care, and is read as one. */
function together(dangers: readonly Danger[]): readonly Danger[] {
  const groups = groupedBy(
    dangers.filter(({ action }) => Object.hasOwn(OF_MANY, action)),
    ({ stack, action }) => JSON.stringify([stack, action]),
  );
  const many = [...groups.values()].filter(({ length }) => length > ONE_BY_ONE);
  const joined = new Set(many.flat());
  return [...dangers.filter((one) => !joined.has(one)), ...many.map(asOne)];
}

const OF_MANY: Readonly<Partial<Record<DangerAction, (n: number) => string>>> = {
  unprotect: (n) => `Terraform may delete ${n} resources of it from now on`,
  leave: (n) => `nothing looks after ${n} resources of it from now on, and they stay as they are`,
};

function asOne(all: readonly Danger[]): Danger {
  const [{ stack, action }] = all as [Danger];
  const meaning = OF_MANY[action]?.(all.length);
  return {
    stack,
    address: stack,
    what: `stack '${stack}'`,
    action,
    meaning: `${meaning}: ${someOf(all.map(({ what }) => what))}`,
  };
}

function dangerOf(change: ResourceChange): LossAction | undefined {
  const { action, attributes, isLeftBehind } = change;
  if (action === 'delete' || action === 'replace') return action;
  // Of a whole stack it is said once.
  if (action === 'forget') return isLeftBehind ? undefined : 'leave';
  if (action !== 'update') return undefined;
  if (attributes.some(({ forcesReplacement }) => forcesReplacement)) return 'replace';
  const protection = attributes.find(({ name }) => name === 'lifecycle.prevent_destroy');
  const wasOn = protection?.before.kind === 'text' && protection.before.text === 'true';
  return wasOn ? 'unprotect' : undefined;
}

/** One for each: what is in it stays where it is. */
function leftStacks(changes: readonly ResourceChange[]): readonly Danger[] {
  const left = groupedBy(
    changes.filter(({ action, isLeftBehind }) => action === 'forget' && isLeftBehind),
    ({ stack }) => stack,
  );
  return [...left].flatMap(([stack, own]) => {
    const held = own.filter(({ type }) => isLostByAnApply(type));
    if (held.length === 0) return [];
    return {
      stack,
      address: stack,
      what: `stack '${stack}'`,
      action: 'leave' as const,
      meaning: `it is declared no longer, so nothing deletes its ${counted(own.length, 'resource')} and nothing looks after ${own.length === 1 ? 'it' : 'them'}, ${heldOf(held.length, own.length)}; destroy it while it is declared`,
    };
  });
}

function heldOf(held: number, all: number): string {
  if (all === 1) return 'which holds data or identity';
  return `${counted(held, 'of which holds', 'of which hold')} data or identity`;
}
