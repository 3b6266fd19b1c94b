import type { AccessList, AclRule } from '../policies/access-list';
import { type AnyCapability, has } from '../policies/capability';
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
  const near = list.rules.filter(({ pattern }) => isNear(pattern, target) && overlap(pattern, target));
  if (!near.some(({ capabilities }) => has(capabilities, operation))) return found;
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

/** Quick: what begins otherwise shares no path. */
function isNear(a: PathPattern, b: PathPattern): boolean {
  return a.beginning.startsWith(b.beginning) || b.beginning.startsWith(a.beginning);
}
