import {
  type Conditions,
  isSatisfiable,
  mergeConditions,
  type ParameterValue,
  UNCONDITIONAL,
} from '../../policies/conditions';

const conditions = (some: Partial<Conditions>): Conditions => ({ ...UNCONDITIONAL, ...some });
const parameters = (plain: Readonly<Record<string, readonly ParameterValue[]>>) =>
  new Map(Object.entries(plain));

describe('blocks of the same path', () => {
  test.each<[string, Partial<Conditions>, Partial<Conditions>, Partial<Conditions>]>([
    ['nothing', {}, {}, {}],
    ['the shorter wrapping', { minWrappingTtl: 60 }, { minWrappingTtl: 30 }, { minWrappingTtl: 30 }],
    ['the only wrapping', { maxWrappingTtl: 60 }, {}, { maxWrappingTtl: 60 }],
    ['the only wrapping, of the second', {}, { maxWrappingTtl: 60 }, { maxWrappingTtl: 60 }],
    ['the lower limit', { paginationLimit: 9 }, { paginationLimit: 5 }, { paginationLimit: 5 }],
    ['the only limit', { paginationLimit: 9 }, {}, { paginationLimit: 9 }],
    ['the first filter', { listFilter: 'a' }, { listFilter: 'b' }, { listFilter: 'a' }],
    ['the only filter', {}, { listFilter: 'b' }, { listFilter: 'b' }],
    [
      'all required parameters, once each',
      { requiredParameters: ['a', 'b'] },
      { requiredParameters: ['b', 'c'] },
      { requiredParameters: ['a', 'b', 'c'] },
    ],
    ['all second factors', { mfaMethods: ['a'] }, { mfaMethods: ['b'] }, { mfaMethods: ['a', 'b'] }],
    ['all events', { eventTypes: ['a'] }, { eventTypes: ['a', 'b'] }, { eventTypes: ['a', 'b'] }],
    ['the first control group', { controlGroup: '1' }, { controlGroup: '2' }, { controlGroup: '1' }],
    [
      'parameters of both',
      { allowedParameters: parameters({ a: ['1'] }) },
      { allowedParameters: parameters({ b: ['2'] }) },
      { allowedParameters: parameters({ a: ['1'], b: ['2'] }) },
    ],
    [
      'values of both',
      { deniedParameters: parameters({ a: ['1'] }) },
      { deniedParameters: parameters({ a: ['2'] }) },
      { deniedParameters: parameters({ a: ['2', '1'] }) },
    ],
    [
      'any value, where one takes any',
      { allowedParameters: parameters({ a: ['1'], b: [] }) },
      { allowedParameters: parameters({ a: [], b: ['2'] }) },
      { allowedParameters: parameters({ a: [], b: [] }) },
    ],
    [
      'parameters of the only one that has some',
      {},
      { allowedParameters: parameters({ a: ['1'] }) },
      { allowedParameters: parameters({ a: ['1'] }) },
    ],
  ])('have %s together', (_, first, second, merged) => {
    expect(mergeConditions(conditions(first), conditions(second))).toEqual(conditions(merged));
  });
});

test('what is merged stays as it was', () => {
  const first = conditions({ allowedParameters: parameters({ a: ['1'] }) });
  mergeConditions(first, conditions({ allowedParameters: parameters({ a: ['2'], b: [] }) }));
  expect(first.allowedParameters).toEqual(parameters({ a: ['1'] }));
});

test.each([
  [0, 0, true],
  [60, 0, true],
  [0, 60, true],
  [60, 60, true],
  [61, 60, false],
])('a wrapping of %d s at least and %d s at most is possible: %s', (min, max, expected) => {
  expect(isSatisfiable(conditions({ minWrappingTtl: min, maxWrappingTtl: max }))).toBe(expected);
});
