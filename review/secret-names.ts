import { namesASecret } from '../policies/secret-text';

const known = new Map<string, boolean>();
/** Names of variables are few, and the same in many containers. */
const MOST = 10_000;

/** See {@link namesASecret}. */
export function isSecretName(name: string): boolean {
  const found = known.get(name) ?? namesASecret(name);
  if (known.size < MOST) known.set(name, found);
  return found;
}
