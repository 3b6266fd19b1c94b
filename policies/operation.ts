import type { AnyCapability } from './capability';

/** What a request asks Vault to do. */
export const OPERATIONS = [
  'create',
  'read',
  'update',
  'patch',
  'delete',
  'list',
  'scan',
  'revoke',
  'renew',
  'rollback',
  'help',
  'subscribe',
  'recover',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Operations without a capability of their own need that of another. */
const NEEDS: Partial<Record<Operation, AnyCapability>> = {
  revoke: 'update',
  renew: 'update',
  rollback: 'update',
};

/** The capability that a rule must have for an operation. None is called `help`, which is always allowed. */
export function neededCapability(operation: Operation): AnyCapability {
  return NEEDS[operation] ?? (operation as AnyCapability);
}

/** Operations of which the parameters are looked at. Of a listing only `limit` is. */
export const WITH_PARAMETERS: readonly (AnyCapability & Operation)[] = [
  'read',
  'create',
  'update',
  'patch',
  'recover',
];

/** Whether the path arrives with a final `/`, and is looked up without it too. */
export function isListing(operation: Operation): operation is 'list' | 'scan' {
  return operation === 'list' || operation === 'scan';
}
