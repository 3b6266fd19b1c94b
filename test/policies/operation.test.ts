import { ALL_CAPABILITIES } from '../../policies/capability';
import { isListing, neededCapability, OPERATIONS, WITH_PARAMETERS } from '../../policies/operation';

test.each([
  ['read', 'read'],
  ['revoke', 'update'],
  ['renew', 'update'],
  ['rollback', 'update'],
  ['recover', 'recover'],
] as const)('%s needs the capability %s', (operation, capability) => {
  expect(neededCapability(operation)).toBe(capability);
});

test('every operation but help needs a capability that there is', () => {
  const without = OPERATIONS.filter((operation) => !ALL_CAPABILITIES.includes(neededCapability(operation)));
  expect(without).toEqual(['help']);
});

test('listings are no operations of which all parameters are looked at', () => {
  expect(OPERATIONS.filter(isListing)).toEqual(['list', 'scan']);
  expect(WITH_PARAMETERS.filter(isListing)).toEqual([]);
});
