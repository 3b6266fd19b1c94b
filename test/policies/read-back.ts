import { capabilityNames } from '../../policies/capability';
import { UNCONDITIONAL } from '../../policies/conditions';
import { DIALECTS } from '../../policies/dialect';
import type { MergedRule } from '../../policies/policy-document';
import { parsePolicy } from '../../policies/policy-text';
import type { ModelRule } from './vault-model';

/** A rule of a rendered policy. */
export interface ReadRule extends ModelRule {
  /** The lines above it. */
  readonly reason: string;
  readonly wrapped?: true;
}

/** Reads a rendered policy as Vault does. Needs `beforeAll(loadPolicyParser)`. */
export function readBack(text: string): ReadRule[] {
  // Nothing that cannot be seen.
  expect(text).not.toMatch(/[^\P{C}\n]/u);
  // A server takes no empty policy, and an empty document renders to one.
  if (text === '') return [];
  return parsePolicy('rendered', text, { dialect: DIALECTS.vault }).rules.map((rule) => {
    const { pattern, capabilities, conditions, origin } = rule;
    const isWrapped = conditions.minWrappingTtl === 1;
    expect(conditions).toEqual({ ...UNCONDITIONAL, minWrappingTtl: isWrapped ? 1 : 0 });
    return {
      path: pattern.text,
      capabilities: capabilityNames(capabilities),
      reason: origin.comment ?? '',
      ...(isWrapped && { wrapped: true as const }),
    };
  });
}

/** What {@link readBack} must make of finished rules. */
export function asRead(rules: readonly MergedRule[]): ReadRule[] {
  return rules.map(({ reasons, ...rule }) => ({ ...rule, reason: reasons.filter(Boolean).join('\n') }));
}
