import { ruleText } from '../../access/rule-text';
import { has } from '../../policies/capability';
import { overlap } from '../../policies/path-overlap';
import { PathPattern } from '../../policies/path-pattern';
import { observed, ownRules, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

const SECRET_ID = PathPattern.of('auth/+/role/+/secret-id');
/** With fewer segments a rule is about whole roles, and VLT010 says so. */
const DEPTH = 4;

/** A secret id that is not wrapped is readable wherever it passes by. Vault can insist on wrapping. */
export const unwrappedSecretId: Rule = {
  id: 'VLT014',
  level: 'warning',
  title: 'secret ids are issued without response wrapping',
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const { pattern, capabilities, conditions } = rule;
        const isIssuing = has(capabilities, 'update') || has(capabilities, 'create');
        const isWrapped = conditions.minWrappingTtl > 0 || conditions.maxWrappingTtl > 0;
        if (!isIssuing || isWrapped || pattern.segments.length <= DEPTH) continue;
        if (!overlap(pattern, SECRET_ID)) continue;
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} issues secret ids that need not be wrapped`,
          remedy: 'add min_wrapping_ttl = "1s" and max_wrapping_ttl, such as "5m"',
        };
      }
    }),
};
