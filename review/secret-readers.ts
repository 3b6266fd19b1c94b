import type { DeclaredSecret } from '../access/environment-access';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';

/**
 * Names of the identities that may read the values of a declared secret.
 *
 * @param name such as `shop/mail`
 */
export function secretReaders(environment: ReviewedEnvironment, name: string): readonly string[] {
  const secret = declaredSecrets(environment).get(name);
  if (!secret) return [];
  return environment.access.identities
    .filter(
      ({ kind, accessList }) =>
        kind !== 'policy' && accessList.decide({ operation: 'read', path: secret.apiPath }).allowed,
    )
    .map((one) => one.name);
}

/** By their names. */
const declaredSecrets = remembered(
  ({ access }: ReviewedEnvironment): ReadonlyMap<string, DeclaredSecret> =>
    new Map(access.secrets.map((one) => [`${one.mount.path}/${one.path}`, one])),
);
