import type { AccessList, AclRule } from '../policies/access-list';
import { pathDivision } from '../policies/path-divisions';
import { independentGroups } from '../policies/path-groups';
import type { PathPattern } from '../policies/path-pattern';
import { remembered } from './remembered';

/** How an access list decides about paths that the same of its rules match. */
export interface DecidedPaths {
  /** One of the paths. */
  readonly witness: string;
  readonly matched: readonly AclRule[];
  /** Decides about all operations but listings. */
  readonly deciding?: AclRule;
  /** Of paths with a final `/`, which alone can be listed. */
  readonly listing?: {
    /** Match the path without its slash. */
    readonly bare: readonly AclRule[];
    readonly list?: AclRule;
    readonly scan?: AclRule;
  };
}

/**
 * How rules of an access list take paths from each other, over all paths there are. A rule that shares no path with
 * another one is not looked at: it decides about all that it matches.
 */
export const decisionsOf = remembered((list: AccessList): readonly DecidedPaths[] => {
  const byText = new Map(list.rules.map((rule) => [rule.pattern.text, rule]));
  const rulesOf = (patterns: readonly PathPattern[]) =>
    patterns.flatMap(({ text }) => byText.get(text) ?? []);
  const found: DecidedPaths[] = [];
  for (const group of independentGroups(list.rules.map(({ pattern }) => pattern))) {
    if (group.length < 2) continue;
    for (const { witness, matched, bare } of pathDivision(group)) {
      // Of these a rule may decide that is not looked at.
      if (matched.length === 0 && !bare?.length) continue;
      found.push({
        witness,
        matched: rulesOf(matched),
        deciding: list.decidingOf(matched),
        ...(bare && {
          listing: {
            bare: rulesOf(bare),
            list: list.decidingOf(matched, { operation: 'list', bare }),
            scan: list.decidingOf(matched, { operation: 'scan', bare }),
          },
        }),
      });
    }
  }
  return found;
});
