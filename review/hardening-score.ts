import type { ReviewedEnvironment } from './reviewed-environment';
import type { Rule } from './rule';
import { RULES } from './rules';

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

/** An item holds where its rule can be judged and finds nothing. */
export function hardeningScore(
  environment: ReviewedEnvironment,
  rules: readonly Rule[] = RULES,
): HardeningScore {
  const items = rules.filter(({ id, applies }) => HARDENING.test(id) && (applies?.(environment) ?? true));
  const missed = items.filter(({ check }) => !isEmpty(check(environment))).map(({ id }) => id);
  const held = items.map(({ id }) => id).filter((id) => !missed.includes(id));
  return { environment: environment.name, held: held.length, applying: items.length, ids: { held, missed } };
}

function isEmpty(found: Iterable<unknown>): boolean {
  return found[Symbol.iterator]().next().done === true;
}
