import { ruleText } from '../../access/rule-text';
import type { AccessList, AclRule } from '../../policies/access-list';
import { type CapabilitySet, capabilityNames, capabilitySet, LISTING, NONE } from '../../policies/capability';
import { PathPattern } from '../../policies/path-pattern';
import { decisionsOf } from '../decisions';
import { meaningful } from '../kv-engine';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';

/**
 * Of all rules that match a path only one counts. One that never does, since others outrank it on every path, gives
 * nothing of what it says. Where the others allow as much, nobody is missing anything and it is no finding.
 */
export const unreachableRule: Rule = {
  id: 'VLT001',
  level: 'error',
  title: 'a rule never counts, and nothing else allows what it says',
  check: (environment) =>
    observed(environment, function* (list) {
      const outranked = outrankedRules(environment, list);
      for (const rule of ownRules(environment, list)) {
        if (rule.capabilities === NONE || !isKnown(rule.pattern)) continue;
        const policy = policyOf(environment, rule);
        if (rule.pattern.text.startsWith('/')) {
          const seen = `${ruleText(rule)} never counts: no request has a path that begins with '/'`;
          yield { policy, seen, remedy: "write it without any '/' in front" };
          continue;
        }
        const { winner, capabilities, witness } = outranked.get(rule) ?? {};
        if (!winner || capabilities === undefined) continue;
        const lost = capabilityNames(capabilities).join(', ');
        yield {
          policy,
          seen: `${ruleText(rule)} never counts; at '${witness}', where it would allow ${lost}, ${ruleText(winner)} decides, since of the two ${why(rule, winner)}`,
          remedy: winner.denies
            ? 'take it away, or narrow the deny'
            : `add ${lost} to the rule that decides, or narrow that one so that the paths of this one are not its`,
        };
      }
    }),
};

/** Of a rule that never counts: what it would allow on a path where another one decides. */
interface Outranked {
  readonly winner: AclRule;
  readonly witness: string;
  readonly capabilities: CapabilitySet;
}

const NOTHING: ReadonlyMap<AclRule, Outranked> = new Map();

/** Rules that decide about nothing that they allow, by which others it is. */
export function outrankedRules(
  environment: ReviewedEnvironment,
  list: AccessList,
): ReadonlyMap<AclRule, Outranked> {
  const decisions = decisionsOf(list);
  if (decisions.length === 0) return NOTHING;
  const counting = new Set<AclRule>();
  const outranked = new Map<AclRule, Outranked>();
  const look = (
    rules: Iterable<AclRule>,
    winner: AclRule | undefined,
    scope: CapabilitySet,
    witness: string,
  ) => {
    if (!winner) return;
    if ((winner.capabilities & scope) !== NONE) counting.add(winner);
    for (const rule of rules) {
      if (rule === winner || outranked.has(rule)) continue;
      const lost = meaningful(environment, witness, rule.capabilities & ~winner.capabilities & scope);
      if (lost !== NONE) outranked.set(rule, { winner, witness, capabilities: lost });
    }
  };
  for (const { matched, deciding, listing, witness } of decisions) {
    look(matched, deciding, ~LISTING, witness);
    if (!listing) continue;
    const rules = new Set([...matched, ...listing.bare]);
    look(rules, listing.list, capabilitySet(['list']), witness);
    look(rules, listing.scan, capabilitySet(['scan']), witness);
  }
  return new Map([...outranked].filter(([rule]) => !counting.has(rule)));
}

function why(rule: AclRule, winner: AclRule): string {
  const isRanked = winner.pattern.compare(rule.pattern) > 0;
  return isRanked
    ? `this one loses: ${PathPattern.because(winner.pattern, rule.pattern)}`
    : 'the other is looked up first for a listing';
}
