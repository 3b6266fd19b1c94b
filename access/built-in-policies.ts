import { defaultPolicy } from '../policies/default-policy';
import type { Dialect } from '../policies/dialect';
import type { Policy } from '../policies/policy';

/** Policies that every server brings. `root` has no rules: it is everything by its name. */
export function serverPolicies(dialect: Dialect): readonly Policy[] {
  return [defaultPolicy(dialect), { name: 'root', rules: [] }];
}
