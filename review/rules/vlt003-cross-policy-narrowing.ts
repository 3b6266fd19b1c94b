import type { Identity } from '../../access/environment-access';
import { ruleText } from '../../access/rule-text';
import { AccessList, type AclRule } from '../../policies/access-list';
import { capabilityNames, capabilitySet, NONE } from '../../policies/capability';
import { type AccessChange, accessDifference, narrows } from '../../policies/difference';
import type { Policy } from '../../policies/policy';
import { decisionsOf } from '../decisions';
import { meaningful } from '../kv-engine';
import { isDeclared, isKnown, isOwn, observed, type PolicyObservation } from '../policy-observations';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';
import { outrankedRules } from './vlt001-unreachable-rule';

/**
 * Policies do not add up: a narrower path in one takes away what a wider path in another gives there, unless it says it
 * again. A deny is meant to take away, and what the server's policy `default` says of a token's own things is no finding.
 */
export const crossPolicyNarrowing: Rule = {
  id: 'VLT003',
  level: 'error',
  title: 'a policy takes away what another one gives, without a deny',
  check: (environment) =>
    observed(environment, function* (list, identity) {
      const policies = writtenPolicies(environment, identity);
      if (policies.length < 2 || !meet(list)) return;
      const unreachable = new Set(
        [...outrankedRules(environment, list).keys()].map(({ pattern }) => pattern.text),
      );
      for (const policy of policies) {
        const alone = AccessList.of([policy], list.dialect, environment.now);
        for (const change of accessDifference(alone, list)) {
          // VLT001 says it already.
          if (change.before && unreachable.has(change.before.pattern.text)) continue;
          yield* narrowing(environment, policy, change);
        }
      }
    }),
};

/** Whether rules of two policies have anything to do with each other: quick, and mostly not so. */
function meet(list: AccessList): boolean {
  const areOfSeveral = (rules: readonly AclRule[]) =>
    new Set(rules.flatMap(({ origins }) => origins.map(({ policy }) => policy))).size > 1;
  return (
    list.rules.some((rule) => areOfSeveral([rule])) ||
    decisionsOf(list).some(({ matched, listing }) => areOfSeveral([...matched, ...(listing?.bare ?? [])]))
  );
}

/** Without rules of which the paths are not known: they are compared with what they come to for somebody. */
function writtenPolicies(environment: ReviewedEnvironment, identity: Identity): readonly Policy[] {
  return identity.policies.flatMap((name) => {
    const policy = environment.access.policies.get(name);
    if (!policy || !isDeclared(environment, name)) return [];
    return { name, rules: policy.rules.filter(({ pattern }) => isKnown(pattern)) };
  });
}

function* narrowing(
  environment: ReviewedEnvironment,
  policy: Policy,
  change: AccessChange,
): Generator<PolicyObservation> {
  const { before, after, witness, conditions } = change;
  if (!narrows(change) || !before || !after || after.denies) return;
  if (!isOwn(environment, after) || !isKnown(after.pattern)) return;
  const taker = after.origins.find((origin) => origin.policy !== policy.name);
  if (!taker) return;
  const lost = meaningful(environment, witness, capabilitySet(change.lost));
  const isStricter = conditions === 'tighter' || conditions === 'other';
  if (lost === NONE && !isStricter) return;
  const what = lost === NONE ? '' : capabilityNames(lost).join(', ');
  yield {
    policy: taker.policy,
    seen:
      lost === NONE
        ? `${ruleText(after)} asks more of a request at '${witness}' than ${ruleText(before)} does alone`
        : `${ruleText(after)} takes ${what} at '${witness}' from what ${ruleText(before)} allows`,
    remedy:
      lost === NONE
        ? 'give the two policies to different identities, or ask for the same in both'
        : `add ${what} to the rule that decides, or write a deny if that is meant`,
  };
}
