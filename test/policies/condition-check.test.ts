import { violatedCondition } from '../../policies/condition-check';
import {
  type Conditions,
  type Parameters,
  type ParameterValue,
  UNCONDITIONAL,
} from '../../policies/conditions';
import { DIALECTS, type DialectName } from '../../policies/dialect';

type Plain = Readonly<Record<string, readonly ParameterValue[]>>;

const map = (plain: Plain | undefined): Parameters | undefined => plain && new Map(Object.entries(plain));

function violation(
  conditions: Partial<Conditions>,
  request: { readonly wrapTtl?: number; readonly parameters?: Readonly<Record<string, ParameterValue>> },
  dialect: DialectName = 'vault',
): string | undefined {
  const checks = { checksParameters: true, dialect: DIALECTS[dialect] };
  return violatedCondition({ ...UNCONDITIONAL, ...conditions }, request, checks);
}

describe('wrapping', () => {
  test.each([
    [0, 0, undefined, undefined],
    [0, 0, 60, undefined],
    [60, 0, undefined, 'the answer must be wrapped, for 60 s at least'],
    [60, 0, 59, 'the answer must be wrapped for 60 s at least, got 59 s'],
    [60, 0, 60, undefined],
    [60, 0, 61, undefined],
    [0, 60, undefined, 'the answer must be wrapped, for 60 s at most'],
    [0, 60, 1, undefined],
    [0, 60, 60, undefined],
    [0, 60, 61, 'the answer must be wrapped for 60 s at most, got 61 s'],
    [30, 60, 29, 'the answer must be wrapped for 30 s at least and 60 s at most, got 29 s'],
    [30, 60, 30, undefined],
    [30, 60, 61, 'the answer must be wrapped for 30 s at least and 60 s at most, got 61 s'],
    [60, 30, 45, 'the answer must be wrapped for 60 s at least and 30 s at most, which no request can'],
  ])('of %d s at least and %d s at most, asked for %s', (min, max, wrapTtl, expected) => {
    expect(violation({ minWrappingTtl: min, maxWrappingTtl: max }, { wrapTtl })).toBe(expected);
  });
});

const MISSING = "parameter 'Name' must be given";
const DENIED = "parameter 'a' must not have this value";
const UNKNOWN = "parameter 'a' must not be given";
const OTHER = "parameter 'a' must have another value";

describe('parameters', () => {
  test.each<
    [string, Plain | undefined, Plain | undefined, Record<string, ParameterValue>, string | undefined]
  >([
    ['nothing is said', undefined, undefined, { a: 'x' }, undefined],
    ['nothing is given', { b: [] }, { '*': [] }, {}, undefined],
    ['all are denied', undefined, { '*': [] }, { a: 'x' }, 'no parameter may be given'],
    ['it is denied', undefined, { a: [] }, { a: 'x' }, DENIED],
    ['its value is denied', undefined, { a: ['x'] }, { a: 'x' }, DENIED],
    ['another value is denied', undefined, { a: ['y'] }, { a: 'x' }, undefined],
    ['the beginning of its value is denied', undefined, { a: ['x*'] }, { a: 'xyz' }, DENIED],
    ['it is allowed', { a: [] }, undefined, { a: 'x' }, undefined],
    ['its value is allowed', { a: ['x', 'y'] }, undefined, { a: 'y' }, undefined],
    ['the end of its value is allowed', { a: ['*z'] }, undefined, { a: 'xyz' }, undefined],
    ['another value is allowed', { a: ['y'] }, undefined, { a: 'x' }, OTHER],
    ['another one is allowed', { b: [] }, undefined, { a: 'x' }, UNKNOWN],
    ['any other is allowed', { b: [], '*': [] }, undefined, { a: 'x' }, undefined],
    ['any is allowed, and of it some values', { a: ['y'], '*': [] }, undefined, { a: 'x' }, OTHER],
    ['it is allowed and denied', { a: [] }, { a: [] }, { a: 'x' }, DENIED],
    ['a flag is allowed', { a: [true] }, undefined, { a: true }, undefined],
    ['a flag is not a text', { a: ['true'] }, undefined, { a: true }, OTHER],
    ['a number is never the same', { a: [1] }, undefined, { a: 1 }, OTHER],
  ])('where %s', (_, allowed, denied, parameters, expected) => {
    const conditions = { allowedParameters: map(allowed), deniedParameters: map(denied) };
    expect(violation(conditions, { parameters })).toBe(expected);
  });

  test.each([
    [{}, MISSING],
    [{ other: 'x' }, MISSING],
    [{ name: 'x' }, undefined],
    [{ NAME: 'x' }, MISSING],
  ])('a required one, given %j', (parameters, expected) => {
    expect(violation({ requiredParameters: ['Name'] }, { parameters })).toBe(expected);
  });

  test('a name is compared without regard to its case', () => {
    expect(violation({ deniedParameters: map({ a: [] }) }, { parameters: { A: 'x' } })).toBe(
      "parameter 'A' must not have this value",
    );
  });

  test.each([
    ['vault', undefined],
    ['openbao', OTHER],
    ['openbao-2.5', OTHER],
  ] as const)('each element of a list counts for itself with %s or not', (dialect, expected) => {
    const conditions = { allowedParameters: map({ a: ['x', 'y'] }) };
    expect(violation(conditions, { parameters: { a: ['y', 'x'] } }, dialect)).toBe(expected);
    expect(violation(conditions, { parameters: { a: ['y', 'z'] } }, dialect)).toBe(OTHER);
  });

  test('they are not looked at where an operation has none', () => {
    const conditions = { ...UNCONDITIONAL, requiredParameters: ['a'], minWrappingTtl: 60 };
    const checks = { checksParameters: false, dialect: DIALECTS.vault };
    expect(violatedCondition(conditions, { wrapTtl: 60 }, checks)).toBeUndefined();
    expect(violatedCondition(conditions, {}, checks)).toMatch(/must be wrapped/);
  });
});

describe('of a list, or of a text with commas', () => {
  const allowed = { allowedParameters: new Map([['a', ['x', 'y*']]]) };
  const denied = { deniedParameters: new Map([['a', ['x', 'y*']]]) };

  test.each<[ParameterValue, DialectName, boolean, boolean]>([
    [['x', 'yy'], 'vault', true, true],
    [['x', 'z'], 'vault', false, true],
    [['z'], 'vault', false, false],
    [[], 'vault', true, false],
    ['x, yy', 'vault', true, true],
    ['x,z', 'vault', false, true],
    ['', 'vault', true, false],
    [['x', 'yy'], 'openbao', false, false],
    ['x,yy', 'openbao', false, false],
    ['', 'openbao', false, false],
  ])('%j is allowed by all and denied by one with %s', (value, dialect, isAllowed, isDenied) => {
    const request = { parameters: { a: value } };
    expect(violation({ ...UNCONDITIONAL, ...allowed }, request, dialect) === undefined).toBe(isAllowed);
    expect(violation({ ...UNCONDITIONAL, ...denied }, request, dialect) !== undefined).toBe(isDenied);
  });
});

test('any parameter is any, also one whose name is the word for it', () => {
  const conditions = { allowedParameters: map({ '*': ['x'] }) };
  expect(violation(conditions, { parameters: { '*': 'z', a: 'z' } })).toBeUndefined();
});

describe('the limit of a listing', () => {
  const limited = (
    given: ParameterValue | undefined,
    dialect: DialectName,
    required: readonly string[] = [],
  ) =>
    violatedCondition(
      { ...UNCONDITIONAL, paginationLimit: 5, requiredParameters: required },
      { parameters: given === undefined ? {} : { limit: given } },
      { checksParameters: false, checksLimit: true, dialect: DIALECTS[dialect] },
    );
  const TOO_HIGH = "parameter 'limit' must be at most 5";

  test.each([
    ['5', undefined],
    ['6', TOO_HIGH],
    [5, undefined],
    [6, TOO_HIGH],
    ['', undefined],
    ['0', undefined],
    ['max', undefined],
    ['all', TOO_HIGH],
    [undefined, undefined],
  ])('%j is let through or not', (given, expected) => {
    expect(limited(given, 'openbao')).toBe(expected);
    expect(limited(given, 'openbao-2.5')).toBe(expected);
  });

  test('is passed by with a negative one up to 2.5', () => {
    expect(limited('-1', 'openbao-2.5')).toBeUndefined();
    expect(limited('-1', 'openbao')).toBe(TOO_HIGH);
  });

  test('is required where the rule says so', () => {
    expect(limited(undefined, 'openbao', ['Limit'])).toBe("parameter 'limit' must be given");
    expect(limited('max', 'openbao', ['limit', 'other'])).toBeUndefined();
  });
});
