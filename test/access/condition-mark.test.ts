import { conditionMark } from '../../access/condition-mark';
import { type Conditions, UNCONDITIONAL } from '../../policies/conditions';

test.each<[Partial<Conditions>, string]>([
  [{}, ''],
  [{ minWrappingTtl: 1 }, 'wrapped 1s..'],
  [{ minWrappingTtl: 1, maxWrappingTtl: 300 }, 'wrapped 1s..5m'],
  [{ maxWrappingTtl: 3600 }, 'wrapped ..1h'],
  [{ maxWrappingTtl: 5400 }, 'wrapped ..90m'],
  [{ minWrappingTtl: 0.5 }, 'wrapped 0.5s..'],
  [{ requiredParameters: ['a', 'b', 'c'] }, 'needs a, b, c'],
  [{ requiredParameters: ['a', 'b', 'c', 'd', 'e'] }, 'needs a, b, c and 2 more'],
  [
    {
      allowedParameters: new Map([
        ['a', []],
        ['b', ['x']],
      ]),
    },
    'only with a, b=...',
  ],
  [{ allowedParameters: new Map([['*', []]]) }, ''],
  [{ deniedParameters: new Map([['*', []]]) }, 'not with *'],
  [{ deniedParameters: new Map() }, ''],
  [{ mfaMethods: ['totp'] }, 'second factor'],
  [{ controlGroup: '{}' }, 'control group'],
  [{ paginationLimit: 10 }, 'lists at most 10'],
  [{ listFilter: 'x' }, 'list filtered'],
  [{ eventTypes: ['kv*'] }, 'events kv*'],
  [{ minWrappingTtl: 1, requiredParameters: ['a'] }, 'wrapped 1s.., needs a'],
])('%j is marked %j', (conditions, mark) => {
  expect(conditionMark({ ...UNCONDITIONAL, ...conditions })).toBe(mark);
});
