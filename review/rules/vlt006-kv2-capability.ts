import { ruleText } from '../../access/rule-text';
import type { AccessList, AclRule } from '../../policies/access-list';
import { has, NONE } from '../../policies/capability';
import { PathPattern } from '../../policies/path-pattern';
import { requestsWithin } from '../../policies/reach';
import { type KvPlace, kvPlace } from '../kv-engine';
import { isKnown, observed, ownRules, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

const BY_UPDATE: readonly string[] = ['delete', 'undelete', 'destroy'];

/**
 * Names are listed at `metadata/`, not at `data/`; versions are deleted, brought back and destroyed by `update`. A `list`
 * at `data/` that is useless is no finding where the same names can be listed at `metadata/`.
 */
export const kv2Capability: Rule = {
  id: 'VLT006',
  level: 'warning',
  title: 'a capability has no use at this part of a KV v2 engine',
  check: (environment) =>
    observed(environment, function* (list) {
      for (const rule of ownRules(environment, list)) {
        const place = kvPlace(environment, rule.pattern.text);
        if (place?.mount.version !== 2 || place.below === undefined || !isKnown(rule.pattern)) continue;
        const wrong = wrongAt(place, rule, list);
        if (wrong) yield { policy: policyOf(environment, rule), ...wrong };
      }
    }),
};

function wrongAt(
  { mount, part, below }: KvPlace,
  rule: AclRule,
  list: AccessList,
): { seen: string; remedy: string } | undefined {
  const { capabilities } = rule;
  if (part === 'data' && has(capabilities, 'list')) {
    const names = `${mount.path}/metadata/${below}`;
    if (canList(list, names)) return undefined;
    return {
      seen: `${ruleText(rule)} lists nothing: a KV v2 engine lists names at 'metadata/'`,
      remedy: `give list on '${names}'`,
    };
  }
  if (
    BY_UPDATE.includes(part) &&
    capabilities !== NONE &&
    !['create', 'update'].some((one) => has(capabilities, one as 'update'))
  ) {
    return {
      seen: `${ruleText(rule)} allows nothing: '${part}/' is asked for by 'update' alone`,
      remedy: 'give update',
    };
  }
  return undefined;
}

function canList(list: AccessList, path: string): boolean {
  for (const request of requestsWithin(list, PathPattern.of(path), 'list')) {
    if (list.decide(request).allowed) return true;
  }
  return false;
}
