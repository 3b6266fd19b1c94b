import { isObject, markedText } from '../policies/terraform-value';
import type { Flaw } from './hardening';
import type { ReviewedEnvironment } from './reviewed-environment';
import type { Observation } from './rule';

/** How Terraform itself speaks to Vault. */
export interface VaultProvider {
  readonly stack: string;
  /** @default taken from the environment */
  readonly address?: string;
  /** Where it is not known before an apply, what is known of it. @default taken from the environment */
  readonly token?: string;
  /** Whether any certificate is believed. */
  readonly skipsVerification: boolean;
}

export function providersOf({ blocks }: ReviewedEnvironment): readonly VaultProvider[] {
  const stacks = new Map(blocks.map(({ stack, block: { values } }) => [stack, values]));
  return [...stacks].flatMap(([stack, values]) =>
    [values.evaluate(values.stack.provider?.vault ?? [])].flat().flatMap((provider) => {
      if (!isObject(provider)) return [];
      const { address, token, skip_tls_verify } = provider;
      return {
        stack,
        address: address === undefined ? undefined : markedText(address),
        token: token === undefined ? undefined : markedText(token),
        skipsVerification: String(skip_tls_verify) === 'true',
      };
    }),
  );
}

export function providerObservations(
  { stack }: VaultProvider,
  flaws: readonly Flaw[],
): readonly Observation[] {
  return flaws.map((flaw) => ({ stack, address: 'provider.vault', ...flaw }));
}
