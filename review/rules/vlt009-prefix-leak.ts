import { ruleText } from '../../access/rule-text';
import { KV_API } from '../../policies/kv-access';
import type { PathPattern } from '../../policies/path-pattern';
import { kvPlace } from '../kv-engine';
import { observed, ownRules, policyOf } from '../policy-observations';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';

/**
 * `foo*` matches `foo/bar`, and `foobar` as well. After a `-`, `_` or `.` the beginning of a name is meant, and is no
 * finding; nor is a deny, which at worst takes too much.
 */
export const prefixLeak: Rule = {
  id: 'VLT009',
  level: 'warning',
  title: "a path ends with '*' in the middle of a name",
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const { pattern, denies } = rule;
        if (denies || !endsInName(environment, pattern)) continue;
        const folder = pattern.text.slice(0, -1);
        const another = `${folder}2`;
        const secret = secretsBeside(environment, pattern, folder);
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} is about '${another}' too${secret === undefined ? '' : `, and about '${secret}', which is declared`}`,
          remedy: `write '${folder}/*' for what is below, and '${folder}' besides for the path itself`,
        };
      }
    }),
};

function endsInName(environment: ReviewedEnvironment, { text, isGlob, segments }: PathPattern): boolean {
  if (!isGlob) return false;
  const place = kvPlace(environment, text);
  if (!place) return false;
  const isOfSecret = place.mount.version === 1 || (place.below !== undefined && KV_API.includes(place.part));
  return isOfSecret && /[\p{L}\p{N}}\u27e9]$/u.test(segments.at(-1) as string);
}

/** A secret that the rule reaches by the beginning of its name alone. */
function secretsBeside(
  { access }: ReviewedEnvironment,
  pattern: PathPattern,
  folder: string,
): string | undefined {
  const depth = folder.split('/').length;
  const isBeside = (path: string) =>
    pattern.matches(path) && path.split('/')[depth - 1] !== folder.split('/')[depth - 1];
  return access.secrets.find(({ apiPath }) => isBeside(apiPath))?.apiPath;
}
