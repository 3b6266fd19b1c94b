import { AccessList, type AclRule } from '../policies/access-list';
import { DEFAULT_POLICY, defaultPolicy } from '../policies/default-policy';
import type { Dialect } from '../policies/dialect';
import type { Policy, PolicyRule } from '../policies/policy';
import type { EnvironmentAccess, Identity } from './environment-access';

/** Policies that every server brings. `root` has no rules: it is everything by its name. */
export function serverPolicies(dialect: Dialect): readonly Policy[] {
  return [defaultPolicy(dialect), { name: 'root', rules: [] }];
}

/**
 * What an identity can do as every token can, by the policy `default` that the server brings. Of one that the stacks write
 * in its place it is what both allow.
 *
 * @returns nothing for a token without that policy
 */
export function serverDefault(
  { policies, accessList }: Identity,
  environment: EnvironmentAccess,
): AccessList | undefined {
  if (!policies.includes(DEFAULT_POLICY)) return undefined;
  const { name, rules } = defaultPolicy(environment.dialect);
  const declared = environment.policies.get(DEFAULT_POLICY)?.rules ?? [];
  const isOwn =
    declared.length === rules.length &&
    rules.every(({ pattern }, i) => pattern.text === declared[i]?.pattern.text);
  // Its paths with templates are those of the identity itself, where that is known.
  const resolved = (rule: PolicyRule): PolicyRule => {
    const same = accessList.rules.find(({ origins }) =>
      origins.some(({ policy, line }) => policy === DEFAULT_POLICY && line === rule.origin.line),
    );
    return isOwn && same ? { ...rule, pattern: same.pattern } : rule;
  };
  return AccessList.of([{ name, rules: rules.map(resolved) }], environment.dialect);
}

/** Whether a rule is one of the policy `default` that the server brings, and of no other policy. */
export function isServerDefault({ pattern, capabilities, origins }: AclRule, dialect: Dialect): boolean {
  return (
    origins.every(({ policy }) => policy === DEFAULT_POLICY) &&
    defaultPolicy(dialect).rules.some(
      (rule) => rule.pattern.text === pattern.text && rule.capabilities === capabilities,
    )
  );
}
