import type { EnvironmentAccess, Grantees, Identity } from './environment-access';
import { sentencesOf } from './notes';

/** What is not known of all that an environment declares and may give an identity more than is known. */
export function gapsOf(
  identity: Identity,
  { notes, policies }: Pick<EnvironmentAccess, 'notes' | 'policies'>,
): readonly string[] {
  const found = notes.filter(({ mayGrantTo }) => isAmong(identity, mayGrantTo));
  const told = new Set(found.flatMap(({ mayGrantTo }) => (hasPolicy(mayGrantTo) ? mayGrantTo.policy : [])));
  // Told by the notes too; a proof must not depend on them for that.
  const missing = identity.policies.filter((name) => !policies.has(name) && !told.has(name));
  return [...sentencesOf(found), ...missing.map((name) => `policy '${name}' is not known`)];
}

function isAmong({ kind, address, policies }: Identity, grantees: Grantees): boolean {
  if (typeof grantees === 'string') return grantees === 'everybody';
  if (hasPolicy(grantees)) return policies.includes(grantees.policy);
  return 'address' in grantees ? grantees.address === address : grantees.kind === kind;
}

function hasPolicy(grantees: Grantees): grantees is { readonly policy: string } {
  return typeof grantees === 'object' && 'policy' in grantees;
}
