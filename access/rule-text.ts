import type { AclRule, Decision, LostRule } from '../policies/access-list';
import { capabilityNames } from '../policies/capability';
import type { RuleOrigin } from '../policies/policy';
import { printable } from './printable';

/** A rule as people find it again: `path "apps/data/billing" { read } of policy billing, line 2`. */
export function ruleText({ pattern, capabilities, denies, origins }: AclRule): string {
  const allowed = denies ? 'deny' : capabilityNames(capabilities).join(', ') || 'nothing';
  return printable(`path "${pattern.text}" { ${allowed} } of ${origins.map(originText).join(' and ')}`);
}

function originText({ policy, file, line }: RuleOrigin): string {
  return file === undefined ? `policy ${policy}, line ${line}` : `policy ${policy} (${file}:${line})`;
}

/** Which rule decided, and which ones match too and lost, a line each. */
export function decisionLines({ rule, lost }: Decision): readonly string[] {
  return [...(rule ? [`decided by ${ruleText(rule)}`, ...commentLines(rule)] : []), ...lost.map(lostLine)];
}

/** A rule that matches too and does not count. */
export function lostLine({ rule, because }: LostRule): string {
  return `lost: ${ruleText(rule)}, since ${because}`;
}

/** Why it was granted, in the words of whoever wrote it. */
function commentLines({ origins }: AclRule): readonly string[] {
  const lines = origins.flatMap(({ comment }) => comment?.split('\n') ?? []);
  return lines.map((line) => printable(`  # ${line}`));
}
