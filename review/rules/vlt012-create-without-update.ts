import { ruleText } from '../../access/rule-text';
import { has } from '../../policies/capability';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

/**
 * Where the API has no notion of whether something exists, every write is an `update`. Only paths of the server itself
 * are judged, of which that is known.
 */
const WITHOUT_EXISTENCE: readonly string[] = [
  'sys/policies/',
  'sys/policy/',
  'sys/mounts/',
  'sys/auth/',
  'sys/audit/',
  'auth/token/create',
  'identity/entity',
  'identity/group',
];

/** Vault asks for `create` where something is not there yet, and only few parts of its API can tell. */
export const createWithoutUpdate: Rule = {
  id: 'VLT012',
  level: 'error',
  title: "'create' without 'update' where Vault asks for 'update' alone",
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const { pattern, capabilities } = rule;
        if (!has(capabilities, 'create') || has(capabilities, 'update') || !isKnown(pattern)) continue;
        if (!WITHOUT_EXISTENCE.some((beginning) => pattern.text.startsWith(beginning))) continue;
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} lets nobody write: there every write is an 'update'`,
          remedy: 'give update',
        };
      }
    }),
};
