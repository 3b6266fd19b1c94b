import { ruleText } from '../../access/rule-text';
import type { Conditions } from '../../policies/conditions';
import { isKv2Data } from '../kv-engine';
import { observed, ownRules, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

/** What a request to `data/` is made of; the secret's own keys are inside of `data`, where no policy looks. */
const OF_REQUEST: readonly string[] = ['*', 'data', 'options', 'version'];

/** Vault supports no parameters for KV v2: required and allowed ones refuse every write, denied ones none. */
export const kv2Parameters: Rule = {
  id: 'VLT007',
  level: 'error',
  title: 'parameters do not work for a KV v2 engine',
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const names = parametersOf(rule.conditions);
        if (names.length === 0 || !isKv2Data(environment, rule.pattern)) continue;
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} has parameters of a secret (${names.join(', ')}), at which a KV v2 engine lets no policy look`,
          remedy:
            'part the secret, so that each path holds what the same people may write; take the parameters away',
        };
      }
    }),
};

function parametersOf({
  allowedParameters,
  deniedParameters,
  requiredParameters,
}: Conditions): readonly string[] {
  const names = [
    ...(allowedParameters?.keys() ?? []),
    ...(deniedParameters?.keys() ?? []),
    ...requiredParameters,
  ];
  return [...new Set(names)].filter((name) => !OF_REQUEST.includes(name)).sort();
}
