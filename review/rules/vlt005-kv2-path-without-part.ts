import { ruleText } from '../../access/rule-text';
import { KV_API } from '../../policies/kv-access';
import { kvPlace } from '../kv-engine';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

/** The CLI takes `kv/billing` for what the API calls `kv/data/billing`. Policies are about the API. */
export const kv2PathWithoutPart: Rule = {
  id: 'VLT005',
  level: 'error',
  title: 'a path of a KV v2 engine has no data/ or metadata/',
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const { pattern } = rule;
        const place = kvPlace(environment, pattern.text);
        if (place?.mount.version !== 2 || !isKnown(pattern)) continue;
        const { mount, part, below } = place;
        if (isPart(part, below === undefined && pattern.isGlob, pattern.isWildcard(part))) continue;
        const rest = [part, below].filter((one) => one !== undefined).join('/');
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} matches no path of the KV v2 engine at '${mount.path}'`,
          remedy: `write '${mount.path}/data/${rest}' for the values, '${mount.path}/metadata/${rest}' for names and versions`,
        };
      }
    }),
};

function isPart(part: string, isBeginning: boolean, isWildcard: boolean): boolean {
  if (isWildcard) return true;
  const beginning = part.slice(0, -1);
  return KV_API.some((one) => (isBeginning ? one.startsWith(beginning) || beginning === one : one === part));
}
