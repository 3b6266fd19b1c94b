/**
 * What a rule of a Vault policy can allow on a path, in the order in which Vault's documentation names them
 * (https://developer.hashicorp.com/vault/docs/concepts/policies#capabilities). `scan` is OpenBao's, `subscribe` and
 * `recover` are HashiCorp Vault's. `deny` is the absence of all others, and `write` is no capability.
 */
export const ALL_CAPABILITIES = [
  'create',
  'read',
  'update',
  'patch',
  'delete',
  'list',
  'scan',
  'sudo',
  'subscribe',
  'recover',
] as const;
export type AnyCapability = (typeof ALL_CAPABILITIES)[number];

/** Those that every server knows. */
export const CAPABILITIES = ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Capabilities as bits, since a matrix compares millions of them. 0 is what `deny` leaves. */
export type CapabilitySet = number;

const BITS = new Map<string, CapabilitySet>(ALL_CAPABILITIES.map((name, i) => [name, 1 << i]));

export const NONE: CapabilitySet = 0;

export function capabilitySet(names: Iterable<AnyCapability>): CapabilitySet {
  let set = NONE;
  for (const name of names) set |= BITS.get(name) as number;
  return set;
}

export function capabilityNames(set: CapabilitySet): readonly AnyCapability[] {
  return ALL_CAPABILITIES.filter((name) => (set & (BITS.get(name) as number)) !== 0);
}

export function has(set: CapabilitySet, name: AnyCapability): boolean {
  return (set & (BITS.get(name) as number)) !== 0;
}

/** Those that Vault asks for at a path with a trailing `/`, and looks up without it too. */
export const LISTING = capabilitySet(['list', 'scan']);
