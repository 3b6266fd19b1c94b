import { type AnyCapability, capabilitySet } from '../../policies/capability';
import { type ConditionChange, compareConditions } from '../../policies/condition-change';
import { type Conditions, type ParameterValue, UNCONDITIONAL } from '../../policies/conditions';

const conditions = (some: Partial<Conditions>): Conditions => ({ ...UNCONDITIONAL, ...some });
const map = (plain: Readonly<Record<string, readonly ParameterValue[]>>) => new Map(Object.entries(plain));
const allowed = (plain: Record<string, ParameterValue[]>) => ({ allowedParameters: map(plain) });
const denied = (plain: Record<string, ParameterValue[]>) => ({ deniedParameters: map(plain) });

const OPPOSITE: Readonly<Record<ConditionChange, ConditionChange>> = {
  same: 'same',
  looser: 'tighter',
  tighter: 'looser',
  other: 'other',
};

test.each<[string, Partial<Conditions>, Partial<Conditions>, ConditionChange]>([
  ['nothing', {}, {}, 'same'],
  ['a first wrapping', {}, { minWrappingTtl: 1 }, 'tighter'],
  ['a first longest wrapping', {}, { maxWrappingTtl: 60 }, 'tighter'],
  ['a longer wrapping', { minWrappingTtl: 30 }, { minWrappingTtl: 60 }, 'tighter'],
  ['a longer longest wrapping', { maxWrappingTtl: 30 }, { maxWrappingTtl: 60 }, 'looser'],
  [
    'a range inside',
    { minWrappingTtl: 30, maxWrappingTtl: 90 },
    { minWrappingTtl: 60, maxWrappingTtl: 60 },
    'tighter',
  ],
  [
    'a range beside',
    { minWrappingTtl: 30, maxWrappingTtl: 60 },
    { minWrappingTtl: 45, maxWrappingTtl: 90 },
    'other',
  ],
  ['at most for at least', { minWrappingTtl: 60 }, { maxWrappingTtl: 60 }, 'other'],
  [
    'two that no request can satisfy',
    { minWrappingTtl: 9, maxWrappingTtl: 1 },
    { minWrappingTtl: 8, maxWrappingTtl: 2 },
    'same',
  ],
  [
    'one that no request can satisfy',
    { minWrappingTtl: 5 },
    { minWrappingTtl: 9, maxWrappingTtl: 1 },
    'tighter',
  ],
  ['a required parameter', {}, { requiredParameters: ['a'] }, 'tighter'],
  ['the case of a required parameter', { requiredParameters: ['A'] }, { requiredParameters: ['a'] }, 'same'],
  ['another required parameter', { requiredParameters: ['a'] }, { requiredParameters: ['b'] }, 'other'],
  ['a second factor', { mfaMethods: ['a'] }, { mfaMethods: ['a', 'b'] }, 'tighter'],
  ['a control group', {}, { controlGroup: '{}' }, 'tighter'],
  ['another control group', { controlGroup: '{"ttl":1}' }, { controlGroup: '{}' }, 'other'],
  ['a filter of listings', {}, { listFilter: '{{ .key }}' }, 'tighter'],
  ['a limit of listings', {}, { paginationLimit: 5 }, 'tighter'],
  ['a lower limit of listings', { paginationLimit: 6 }, { paginationLimit: 5 }, 'tighter'],
  ['more events', { eventTypes: ['a'] }, { eventTypes: ['a', 'b'] }, 'looser'],
  ['first allowed parameters', {}, allowed({ a: [] }), 'tighter'],
  ['any parameter', {}, allowed({ '*': [] }), 'same'],
  ['one more parameter', allowed({ a: [] }), allowed({ a: [], b: [] }), 'looser'],
  ['one more value', allowed({ a: ['x'] }), allowed({ a: ['x', 'y'] }), 'looser'],
  ['any value', allowed({ a: ['x'] }), allowed({ a: [] }), 'looser'],
  ['another value', allowed({ a: ['x'] }), allowed({ a: ['y'] }), 'other'],
  ['any other parameter', allowed({ a: ['x'] }), allowed({ a: ['x'], '*': [] }), 'looser'],
  ['a value among any', allowed({ '*': [] }), allowed({ '*': [], a: ['x'] }), 'tighter'],
  ['a parameter denied', {}, denied({ a: [] }), 'tighter'],
  ['a value denied', denied({ a: ['x'] }), denied({ a: ['x', 'y'] }), 'tighter'],
  ['any value denied', denied({ a: ['x'] }), denied({ a: [] }), 'tighter'],
  ['all denied', denied({ a: [] }), denied({ '*': [] }), 'tighter'],
  ['one allowed and one denied', {}, { ...allowed({ a: [], '*': [] }), ...denied({ b: [] }) }, 'tighter'],
  ['looser and tighter', { minWrappingTtl: 60 }, { requiredParameters: ['a'] }, 'other'],
])('%s', (_, before, after, expected) => {
  expect(compareConditions(conditions(before), conditions(after))).toBe(expected);
  expect(compareConditions(conditions(after), conditions(before))).toBe(OPPOSITE[expected]);
});

test.each<[Partial<Conditions>, AnyCapability, ConditionChange]>([
  [{ requiredParameters: ['a'] }, 'update', 'tighter'],
  [{ requiredParameters: ['a'] }, 'delete', 'same'],
  [{ requiredParameters: ['a'] }, 'list', 'same'],
  [{ paginationLimit: 5 }, 'list', 'tighter'],
  [{ paginationLimit: 5 }, 'read', 'same'],
  [{ minWrappingTtl: 60 }, 'delete', 'tighter'],
  [{ minWrappingTtl: 60 }, 'sudo', 'same'],
  [{ mfaMethods: ['a'] }, 'read', 'tighter'],
])('%j is looked at in requests of %s: %s', (after, capability, expected) => {
  expect(compareConditions(UNCONDITIONAL, conditions(after), capabilitySet([capability]))).toBe(expected);
});
