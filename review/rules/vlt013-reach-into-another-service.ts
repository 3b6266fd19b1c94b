import type { Identity } from '../../access/environment-access';
import { shownNames } from '../../access/notes';
import { ruleText } from '../../access/rule-text';
import type { AccessList, AclRule } from '../../policies/access-list';
import { covers } from '../../policies/path-overlap';
import type { PathPattern } from '../../policies/path-pattern';
import { allowingWithin } from '../deciding-within';
import { kvPlace } from '../kv-engine';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';

const OPERATIONS = ['read', 'create', 'update', 'patch', 'delete'] as const;

/**
 * What one service alone is given by a path of its own is that service's. A wildcard of another service that takes it in
 * was perhaps written before it was there. Roles and tokens are services; who is given the very same path shares it.
 */
export const reachIntoAnotherService: Rule = {
  id: 'VLT013',
  level: 'warning',
  title: "a wildcard takes in another service's secrets",
  check: (environment) => {
    const owned = ownPaths(environment);
    return observed(environment, function* (list, { kind }) {
      if (!isService(kind)) return;
      for (const rule of ownRules(environment, list)) {
        const { pattern } = rule;
        if (pattern.kind === 'exact' || !isKvData(environment, pattern)) continue;
        const reached = within(owned, pattern).filter(
          (one) => one.list !== list && isReached(list, rule, one),
        );
        if (reached.length === 0) continue;
        const paths = reached.map((one) => `'${one.pattern.text}' of ${one.owner}`);
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} takes in ${shownNames(paths)}`,
          remedy:
            'name what the service needs, secret by secret, or keep what is shared in a folder of its own',
        };
      }
    });
  },
};

interface OwnPath {
  readonly pattern: PathPattern;
  readonly owner: string;
  readonly list: AccessList;
}

/** Paths of KV values that one service alone is given, in the order of their texts. */
function ownPaths(environment: ReviewedEnvironment): readonly OwnPath[] {
  const found = new Map<string, OwnPath | undefined>();
  for (const { kind, fullName, accessList } of environment.access.identities) {
    if (!isService(kind) || accessList.isRoot) continue;
    for (const { pattern, denies } of ownRules(environment, accessList)) {
      if (denies || !isKvData(environment, pattern)) continue;
      const isFirst = !found.has(pattern.text);
      found.set(pattern.text, isFirst ? { pattern, owner: fullName, list: accessList } : undefined);
    }
  }
  return [...found.values()]
    .flatMap((one) => one ?? [])
    .sort((a, b) => (a.pattern.text < b.pattern.text ? -1 : 1));
}

function isService(kind: Identity['kind']): boolean {
  return kind === 'role' || kind === 'token';
}

function isKvData(environment: ReviewedEnvironment, pattern: PathPattern): boolean {
  const place = isKnown(pattern) ? kvPlace(environment, pattern.text) : undefined;
  if (!place) return false;
  return place.mount.version === 1 || place.part === 'data';
}

/** Those that a pattern covers: their texts begin as all its paths do, so that few have to be looked at. */
function within(owned: readonly OwnPath[], pattern: PathPattern): readonly OwnPath[] {
  const beginning = pattern.beginning;
  const found: OwnPath[] = [];
  for (let i = firstFrom(owned, beginning); i < owned.length; i += 1) {
    const one = owned[i] as OwnPath;
    if (!one.pattern.text.startsWith(beginning)) break;
    if (one.pattern.text !== pattern.text && covers(pattern, one.pattern)) found.push(one);
  }
  return found;
}

function firstFrom(owned: readonly OwnPath[], text: string): number {
  let [low, high] = [0, owned.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((owned[middle] as OwnPath).pattern.text < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether it is this rule by which the other's secrets are reached. */
function isReached(list: AccessList, rule: AclRule, { pattern }: OwnPath): boolean {
  return OPERATIONS.some((operation) => allowingWithin(list, pattern, operation).has(rule));
}
