import type { AccessList, AclRule } from './access-list';
import { type AnyCapability, type CapabilitySet, capabilityNames, NONE } from './capability';
import { type ConditionChange, compareConditions } from './condition-change';
import { isSatisfiable } from './conditions';
import { pathClasses } from './path-space';
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
  const lists = [before, after].map(({ rules }) => rules.map(({ pattern }) => pattern));
  for (const pathClass of pathClasses(lists.flat(), lists)) {
    for (const { scope, listing, decidingOf } of SCOPES) {
      const [from, to] = [decidingOf(before, pathClass), decidingOf(after, pathClass)];
      const change = changeOf(from, to, scope, { witness: pathClass.witness, ...(listing && { listing }) });
      if (!change) continue;
      const key = JSON.stringify([scope, from?.pattern.text, to?.pattern.text]);
      if (!changes.has(key)) changes.set(key, change);
    }
  }
  return [...changes.values()];
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
