import { ruleText } from '../../access/rule-text';
import type { PathPattern } from '../../policies/path-pattern';
import { observed, ownRules, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

/** `*` is a wildcard at the end of a path alone, and `+` as a whole segment alone. Elsewhere they stand for themselves. */
export const literalWildcard: Rule = {
  id: 'VLT004',
  level: 'error',
  title: 'a wildcard stands where it is none',
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const wildcard = literalIn(rule.pattern);
        if (wildcard === undefined) continue;
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} has a '${wildcard}' that stands for itself`,
          remedy:
            wildcard === '*'
              ? "write '+' for any one segment; '*' only at the end of the path, for any rest"
              : "write '+' as a whole segment, or the names one by one",
        };
      }
    }),
};

function literalIn({ text }: PathPattern): '*' | '+' | undefined {
  const outside = text.replace(/\{\{.*?\}\}/g, 'x');
  if (outside.slice(0, -1).includes('*')) return '*';
  const isPart = outside.split('/').some((segment) => segment.startsWith('+') && segment.length > 1);
  return isPart ? '+' : undefined;
}
