import type { AccessList, AclRule } from './access-list';
import { type AnyCapability, type CapabilitySet, capabilityNames, NONE } from './capability';
import { type ConditionChange, compareConditions } from './condition-change';
import { isSatisfiable } from './conditions';
import { pathDivision } from './path-divisions';
import { independentGroups } from './path-groups';
import type { PathPattern } from './path-pattern';
import { SCOPES } from './scope';

/** Paths on which two access lists differ, all in the same way: the same rule decided before, and the same decides after. */
export interface AccessChange {
  /** Decided before; none where nothing matched. */
  readonly before?: AclRule;
  /** Decides after. */
  readonly after?: AclRule;
  /** Of which listing it speaks; of all other operations where of none. */
  readonly listing?: 'list' | 'scan';
  readonly gained: readonly AnyCapability[];
  readonly lost: readonly AnyCapability[];
  /** Of what is allowed before and after: whether a request must satisfy less or more. */
  readonly conditions: ConditionChange;
  /** A path that shows it. For a listing with its final `/`. */
  readonly witness: string;
}

/** Whether somebody can do something now that was refused before, as far as anybody can tell. */
export function broadens({ gained, conditions }: AccessChange): boolean {
  return gained.length > 0 || conditions === 'looser' || conditions === 'other';
}

/** Whether something is refused now that could be done before. */
export function narrows({ lost, conditions }: AccessChange): boolean {
  return lost.length > 0 || conditions === 'tighter' || conditions === 'other';
}

/**
 * What changes between two access lists, over all paths there are: nothing is left out, and a rewrite that means the same
 * is no change. Each change has a path that shows it.
 */
export function accessDifference(before: AccessList, after: AccessList): readonly AccessChange[] {
  const changes = new Map<string, AccessChange>();
  for (const group of differingGroups(before, after)) {
    const lists = [before, after].map((list) => group.filter((pattern) => list.rule(pattern)));
    for (const pathClass of pathDivision(group, lists)) {
      for (const { scope, listing, decidingOf } of SCOPES) {
        const [from, to] = [decidingOf(before, pathClass), decidingOf(after, pathClass)];
        const change = changeOf(from, to, scope, { witness: pathClass.witness, ...(listing && { listing }) });
        if (!change) continue;
        const key = JSON.stringify([scope, from?.pattern.text, to?.pattern.text]);
        if (!changes.has(key)) changes.set(key, change);
      }
    }
  }
  return [...changes.values()].sort(inOrder);
}

/** Short paths first, at the same length listings last, and else by code units. */
function inOrder(a: AccessChange, b: AccessChange): number {
  const [x, y] = [a, b].map(({ witness, listing }) => [witness.split('/').length, listing ? 1 : 0, witness]);
  for (const [i, one] of (x as Keys).entries()) {
    const other = (y as Keys)[i] as string | number;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

type Keys = readonly (string | number)[];

/** Patterns that have to do with a rule that is another one after than before. */
function differingGroups(before: AccessList, after: AccessList): readonly (readonly PathPattern[])[] {
  const all = new Map([...before.rules, ...after.rules].map(({ pattern }) => [pattern.text, pattern]));
  const isSame = (pattern: PathPattern) => sameRule(before.rule(pattern), after.rule(pattern));
  const isDecidedAlike = before.dialect === after.dialect;
  if (isDecidedAlike && [...all.values()].every(isSame)) return [];
  const groups = independentGroups([...all.values()]);
  return isDecidedAlike ? groups.filter((group) => !group.every(isSame)) : groups;
}

function sameRule(a: AclRule | undefined, b: AclRule | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.capabilities === b.capabilities &&
    usable(a) === usable(b) &&
    compareConditions(a.conditions, b.conditions, a.capabilities) === 'same'
  );
}

function changeOf(
  before: AclRule | undefined,
  after: AclRule | undefined,
  scope: CapabilitySet,
  shownBy: Pick<AccessChange, 'witness' | 'listing'>,
): AccessChange | undefined {
  const was = usable(before) & scope;
  const is = usable(after) & scope;
  const conditions =
    was & is && before && after ? compareConditions(before.conditions, after.conditions, was & is) : 'same';
  if (was === is && conditions === 'same') return undefined;
  return {
    before,
    after,
    gained: capabilityNames(is & ~was),
    lost: capabilityNames(was & ~is),
    conditions,
    ...shownBy,
  };
}

/** Capabilities of a rule with which a request can be made at all. */
function usable(rule: AclRule | undefined): CapabilitySet {
  return rule && isSatisfiable(rule.conditions) ? rule.capabilities : NONE;
}
