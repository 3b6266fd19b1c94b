import { ruleText } from '../../access/rule-text';
import { type AnyCapability, capabilitySet, has } from '../../policies/capability';
import { decisionsOf } from '../decisions';
import { meaningful } from '../kv-engine';
import { isKnown, isOwn, observed, policyOf } from '../policy-observations';
import type { Rule } from '../rule';

const LIST: AnyCapability = 'list';

/**
 * `apps/` is listed by the rule for `apps` in HashiCorp Vault and OpenBao up to 2.5, and by the rule for `apps/` in
 * OpenBao from 2.6. Where one of the two is a deny, it is passed by in one of them. Without a deny it matters only for who
 * will upgrade OpenBao, and is a finding there alone.
 */
export const listingDialect: Rule = {
  id: 'VLT008',
  level: 'warning',
  title: 'servers disagree about whether a path may be listed',
  check: (environment) =>
    observed(environment, function* (list) {
      const said = new Set<string>();
      for (const { matched, listing, witness } of decisionsOf(list)) {
        if (!listing) continue;
        const slash = list.decidingOf(matched.map(({ pattern }) => pattern));
        const bare = list.decidingOf(listing.bare.map(({ pattern }) => pattern));
        if (!slash || !bare || slash === bare) continue;
        // Both servers look for exact rules first.
        if ([slash, bare].some(({ pattern }) => pattern.kind === 'exact' || !isKnown(pattern))) continue;
        if (has(slash.capabilities, LIST) === has(bare.capabilities, LIST)) continue;
        if (!slash.denies && !bare.denies && list.dialect.name === 'vault') continue;
        if (meaningful(environment, witness, capabilitySet([LIST])) === 0) continue;
        if (![slash, bare].every((rule) => isOwn(environment, rule))) continue;
        const key = `${slash.pattern.text}\0${bare.pattern.text}`;
        if (said.has(key)) continue;
        said.add(key);
        const here = listing.list === slash ? slash : bare;
        yield {
          policy: policyOf(environment, slash),
          seen: `listing '${witness}' is decided by ${ruleText(bare)} in HashiCorp Vault and OpenBao up to 2.5, and by ${ruleText(slash)} in OpenBao from 2.6; ${list.dialect.title} ${has(here.capabilities, LIST) ? 'allows' : 'refuses'} it`,
          remedy: `write a rule for the path '${witness.slice(0, -1)}' itself, which all servers look at first`,
        };
      }
    }),
};
