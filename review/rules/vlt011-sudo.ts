import { ruleText } from '../../access/rule-text';
import type { AclRule } from '../../policies/access-list';
import { has, NONE } from '../../policies/capability';
import { covers } from '../../policies/path-overlap';
import { ROOT_PROTECTED } from '../../policies/root-protected';
import { kvPlace } from '../kv-engine';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';

/**
 * Root-protected paths need `sudo` besides the capability, and no path of a KV engine does. Of other engines nobody can
 * tell by the path.
 */
export const sudo: Rule = {
  id: 'VLT011',
  level: 'warning',
  title: "'sudo' stands where Vault does not ask for it, or is missing where it does",
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const wrong = wrongWith(environment, rule);
        if (wrong) yield { policy: policyOf(environment, rule), ...wrong };
      }
    }),
};

function wrongWith(
  environment: ReviewedEnvironment,
  rule: AclRule,
): { seen: string; remedy: string } | undefined {
  const { pattern, capabilities } = rule;
  if (capabilities === NONE || !isKnown(pattern)) return undefined;
  if (has(capabilities, 'sudo')) {
    if (!kvPlace(environment, pattern.text)) return undefined;
    return {
      seen: `${ruleText(rule)} has sudo, which a KV engine asks for nowhere`,
      remedy: 'take sudo away',
    };
  }
  if (!ROOT_PROTECTED.some((one) => covers(one, pattern))) return undefined;
  return {
    seen: `${ruleText(rule)} allows nothing: the path is root-protected and the rule has no sudo`,
    remedy: 'give sudo too, or take the rule away',
  };
}
