import { ruleText } from '../../access/rule-text';
import type { AclRule } from '../../policies/access-list';
import { NONE } from '../../policies/capability';
import { covers } from '../../policies/path-overlap';
import { PathPattern } from '../../policies/path-pattern';
import { decisionsOf } from '../decisions';
import { isKnown, isOwn, observed, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

/**
 * A deny counts only where no rule outranks it. An exception to it that is written in the same policy, as a path inside
 * of the denied ones, is meant and no finding.
 */
export const shadowedDeny: Rule = {
  id: 'VLT002',
  level: 'error',
  title: 'a deny does not hold, since another rule outranks it',
  check: (environment) =>
    observed(environment, function* (list) {
      const said = new Set<string>();
      for (const { matched, deciding, witness } of decisionsOf(list)) {
        if (!deciding || deciding.capabilities === NONE) continue;
        if (!isOwn(environment, deciding) || !isKnown(deciding.pattern)) continue;
        for (const deny of matched) {
          if (!deny.denies || !isOwn(environment, deny) || !isKnown(deny.pattern)) continue;
          if (isException(deciding, deny)) continue;
          const key = `${deny.pattern.text}\0${deciding.pattern.text}`;
          if (said.has(key)) continue;
          said.add(key);
          yield {
            policy: policyOf(environment, deny),
            seen: `${ruleText(deny)} does not hold: at '${witness}' ${ruleText(deciding)} decides, since of the two the deny loses: ${PathPattern.because(deciding.pattern, deny.pattern)}`,
            remedy:
              'write the deny so that it outranks the other, with its first wildcard later or none at all; or take the right away where it is given',
          };
        }
      }
    }),
};

/** Whether who wrote the deny wrote the exception too. */
function isException(allowing: AclRule, deny: AclRule): boolean {
  const [{ policy } = { policy: '' }] = deny.origins;
  return (
    covers(deny.pattern, allowing.pattern) && allowing.origins.every((origin) => origin.policy === policy)
  );
}
