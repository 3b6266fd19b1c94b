import type { Finding } from './rule';
import type { ReviewedName } from './rules-run';

/** How much of what is asked of a server in production holds. */
export interface HardeningScore {
  readonly environment: string;
  /** How many items hold. What is acknowledged does not hold: it is known, and still so. */
  readonly held: number;
  /** How many items can be judged of the environment. None in development. */
  readonly applying: number;
  /** Of the rules, in their order. */
  readonly ids: { readonly held: readonly string[]; readonly missed: readonly string[] };
}

/** Rules that are each an item of HashiCorp's list for production. */
const HARDENING = /^HRD-/;

/** An item holds where its rule was judged and found nothing. */
export function hardeningScore(
  { name, judged }: Pick<ReviewedName, 'name' | 'judged'>,
  findings: readonly Pick<Finding, 'id' | 'environment'>[],
): HardeningScore {
  const found = new Set(findings.filter(({ environment }) => environment === name).map(({ id }) => id));
  const items = judged.filter((id) => HARDENING.test(id));
  const [held, missed] = [items.filter((id) => !found.has(id)), items.filter((id) => found.has(id))];
  return { environment: name, held: held.length, applying: items.length, ids: { held, missed } };
}
