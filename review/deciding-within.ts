import type { AccessList, AclRule } from '../policies/access-list';
import { type AnyCapability, capabilitySet, NONE } from '../policies/capability';
import { overlap } from '../policies/path-overlap';
import type { PathPattern } from '../policies/path-pattern';
import { pathClasses } from '../policies/path-space';

type Operation = Exclude<AnyCapability, 'list' | 'scan' | 'sudo'>;

/** Rules by which an access list allows an operation on some path of a pattern, each with a path that shows it. */
export function allowingWithin(
  list: AccessList,
  target: PathPattern,
  operation: Operation,
): ReadonlyMap<AclRule, string> {
  const found = new Map<AclRule, string>();
  // Most lists have no rule that allows it there.
  const asked = capabilitySet([operation]);
  if (!list.rules.some((rule) => (rule.capabilities & asked) !== NONE && sharePaths(rule.pattern, target))) {
    return found;
  }
  const near = list.rules.filter(({ pattern }) => sharePaths(pattern, target));
  for (const path of pathsOf(
    target,
    near.map(({ pattern }) => pattern),
  )) {
    const { allowed, rule } = list.decide({ operation, path });
    if (allowed && rule && !found.has(rule)) found.set(rule, path);
  }
  return found;
}

function* pathsOf(target: PathPattern, others: readonly PathPattern[]): Generator<string> {
  if (target.kind === 'exact') {
    yield target.text;
    return;
  }
  for (const { witness, matched } of pathClasses([...others, target])) {
    if (matched.includes(target)) yield witness;
  }
}

/** Whether some path is one of both. */
export function sharePaths(a: PathPattern, b: PathPattern): boolean {
  // Quick: what begins otherwise shares no path.
  const isNear = a.beginning.startsWith(b.beginning) || b.beginning.startsWith(a.beginning);
  return isNear && overlap(a, b);
}
