import type { AccessList, AclRule } from './access-list';
import { type CapabilitySet, capabilitySet, LISTING } from './capability';
import type { PathClass } from './path-space';

/** A part of all capabilities that one lookup decides about. */
export interface Scope {
  /** Of which capabilities it speaks. */
  readonly scope: CapabilitySet;
  /** Of which listing; of all other operations where of none. */
  readonly listing?: 'list' | 'scan';
  readonly decidingOf: (list: AccessList, pathClass: PathClass) => AclRule | undefined;
}

/** A listing is decided about by two paths, everything else by one. */
export const SCOPES: readonly Scope[] = [
  { scope: ~LISTING, decidingOf: (list, { matched }) => list.decidingOf(matched) },
  ...(['list', 'scan'] as const).map((operation) => ({
    scope: capabilitySet([operation]),
    listing: operation,
    decidingOf: (list: AccessList, { matched, bare }: PathClass) =>
      // Nobody can list a path without a final slash: the server adds it.
      bare && list.decidingOf(matched, { operation, bare }),
  })),
];
