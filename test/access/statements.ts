import { AccessExpectation, type IdentityExpectation } from '../../access/expect-access';
import type { AnyCapability } from '../../policies/capability';
import { type MadeAccess, madeAccess } from './made-access';

export type Rules = Readonly<Record<string, readonly (AnyCapability | 'deny')[]>>;

/** For statements about a token called `web` that has one policy with these rules. */
export function token(rules: Rules, made: Partial<MadeAccess> = {}): IdentityExpectation {
  return new AccessExpectation(madeAccess({ policies: { web: rules }, ...made })).identity('web');
}

export function secret(path: string) {
  return { mount: { path: 'kv' }, path };
}

/** All secrets whose paths begin so. */
export function tree(prefix: string) {
  return { mount: { path: 'kv' }, pattern: `${prefix}*` };
}

/** What is wrong with a statement, as a person reads it. */
export function failure(state: () => unknown): string {
  try {
    state();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the statement holds');
}
