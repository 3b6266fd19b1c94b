import type { EnvironmentAccess, Identity } from './environment-access';

/** Those that are meant by a name: as their platform calls them, or where none is called so, as Vault does. */
export function identitiesNamed({ identities }: EnvironmentAccess, name: string): readonly Identity[] {
  const named = identities.filter((one) => one.name === name);
  return named.length > 0 ? named : identities.filter((one) => one.fullName === name);
}
