import type { AccessList, AclRule, Request } from './access-list';
import { type AnyCapability, type CapabilitySet, capabilityNames, LISTING, NONE } from './capability';
import { isListing, type Operation } from './operation';
import type { PathPattern } from './path-pattern';
import { type PathClass, pathClasses } from './path-space';
import { ROOT_PROTECTED } from './root-protected';
import { SCOPES } from './scope';

/** A path that somebody reaches, with what is allowed there and the rule that allows it. */
export interface Reached {
  readonly witness: string;
  readonly capabilities: readonly AnyCapability[];
  readonly rule: AclRule;
}

/** Paths and what may be done there. Unlike rules, grants add up: none takes away what another gives. */
export interface Grant {
  readonly pattern: PathPattern;
  readonly capabilities: CapabilitySet;
}

/**
 * What an access list allows beyond what is named, over all paths there are: one path for each rule that allows more.
 *
 * @param besides whose rules may be reached too, such as those of the policy that every token has
 */
export function reachBeyond(
  list: AccessList,
  named: readonly Grant[],
  besides?: AccessList,
): readonly Reached[] {
  const grants = new Map<string, Grant>();
  for (const grant of named) {
    const capabilities = (grants.get(grant.pattern.text)?.capabilities ?? NONE) | grant.capabilities;
    grants.set(grant.pattern.text, { pattern: grant.pattern, capabilities });
  }
  const found = new Map<string, Reached>();
  for (const pathClass of pathClasses([
    ...list.rules.map(({ pattern }) => pattern),
    ...(besides?.rules ?? []).map(({ pattern }) => pattern),
    ...[...grants.values()].map(({ pattern }) => pattern),
  ])) {
    const allowed = ({ matched }: Pick<PathClass, 'matched'>) =>
      matched.reduce((set, { text }) => set | (grants.get(text)?.capabilities ?? NONE), NONE);
    const known =
      allowed(pathClass) | (pathClass.bare ? allowed({ matched: pathClass.bare }) & LISTING : NONE);
    for (const { rule, capabilities } of reachedAt(list, pathClass)) {
      const other = besides
        ? reachedAt(besides, pathClass).reduce((set, one) => set | one.capabilities, NONE)
        : NONE;
      const more = capabilities & ~known & ~other;
      const key = `${rule.pattern.text} ${more}`;
      if (more === NONE || found.has(key)) continue;
      found.set(key, { witness: pathClass.witness, capabilities: capabilityNames(more), rule });
    }
  }
  return [...found.values()];
}

/**
 * One request for each way in which an access list decides about the paths of a pattern, so that what holds for all of
 * them holds for every path of the pattern.
 */
export function* requestsWithin(
  list: AccessList,
  pattern: PathPattern,
  operation: Operation,
): Generator<Request> {
  if (pattern.kind === 'exact') {
    const { text } = pattern;
    // No path begins with a slash, and nothing is at the empty one.
    if (text === '' || text.startsWith('/')) return;
    yield { operation, path: isListing(operation) && !text.endsWith('/') ? `${text}/` : text };
    return;
  }
  for (const { witness, matched, bare } of pathClasses([
    ...list.rules.map((rule) => rule.pattern),
    // Vault decides about these in another way, whatever the rules are.
    ...ROOT_PROTECTED,
    pattern,
  ])) {
    // A listing always arrives with its final slash.
    if (isListing(operation) ? bare && [...matched, ...bare].includes(pattern) : matched.includes(pattern)) {
      yield { operation, path: witness };
    }
  }
}

/** Rules that allow something there, with what. One that decides about both listings is told once for them. */
function reachedAt(
  list: AccessList,
  pathClass: PathClass,
): readonly { rule: AclRule; capabilities: CapabilitySet }[] {
  const found: { rule: AclRule; capabilities: CapabilitySet; isListing: boolean }[] = [];
  for (const { scope, listing, decidingOf } of SCOPES) {
    const rule = decidingOf(list, pathClass);
    if (!rule || (rule.capabilities & scope) === NONE) continue;
    const capabilities = rule.capabilities & scope;
    const known = found.find((one) => one.rule === rule && one.isListing && listing);
    if (known) known.capabilities |= capabilities;
    else found.push({ rule, capabilities, isListing: listing !== undefined });
  }
  return found;
}
