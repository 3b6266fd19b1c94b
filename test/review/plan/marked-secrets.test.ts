import { knownSecretsOf } from '../../../review/plan/marked-secrets';
import { readPlan } from '../../../review/plan/read-plan';
import { RECORDED_PLANS, recordedPlan } from '../recorded-plans';
import { planOf } from './changed-plan';

const within = (rest: object, text: string): string =>
  knownSecretsOf(planOf([], rest)).without(text, () => '…');
const nested = (values: object, sensitive_values: object) => ({
  root_module: {
    child_modules: [{ resources: [{ address: 'a.b', type: 'a', values, sensitive_values }] }],
  },
});

test.each([
  ['a sensitive value before', { prior_state: { values: nested({ a: 'made-up-1' }, { a: true }) } }],
  ['a sensitive value after', { planned_values: nested({ a: ['x', 'made-up-1'] }, { a: [false, true] }) }],
  ['a sensitive output', { planned_values: { outputs: { a: { sensitive: true, value: 'made-up-1' } } } }],
  [
    'a sensitive variable',
    {
      variables: { a: { value: 'made-up-1' } },
      configuration: { root_module: { variables: { a: { sensitive: true } } } },
    },
  ],
  ['a variable that is called like a secret', { variables: { db_password: { value: 'made-up-1' } } }],
  [
    'the token of a provider',
    {
      configuration: {
        provider_config: { vault: { expressions: { token: { constant_value: 'made-up-1' } } } },
      },
    },
  ],
  [
    'a key of a sensitive map',
    { planned_values: nested({ data: { password: 'made-up-1', host: 'shop-postgres' } }, { data: true }) },
  ],
  [
    'a key of sensitive JSON',
    {
      planned_values: nested(
        { data_json: '{"password":"made-up-1","host":"shop-postgres"}' },
        { data_json: true },
      ),
    },
  ],
  ['what was drifted', { resource_drift: [drifted('made-up-1')] }],
])('finds %s', (_, rest) => {
  expect(within(rest, 'made-up-1')).toBe('…');
  expect(within(rest, 'a shop-postgres and made-up-1 there, made-up-1')).toBe(
    'a shop-postgres and … there, …',
  );
});

test.each([
  ['what is not marked', { planned_values: nested({ a: 'made-up-1' }, {}) }],
  ['a variable', { variables: { name: { value: 'made-up-1' } } }],
  ['a text that would be found everywhere', { planned_values: nested({ a: 'made-up' }, { a: true }) }],
])('leaves %s', (_, rest) => {
  expect(within(rest, 'made-up-1')).toBe('made-up-1');
});

test('letters and digits in one word are random, and names are not', () => {
  const data = { one: 'k3J9dk2Lq0Zx81', two: 'shop-postgres-1.internal', three: 'kv/data/shop1234' };
  const rest = { planned_values: nested({ data }, { data: true }) };
  expect(within(rest, Object.values(data).join(' '))).toBe('… shop-postgres-1.internal kv/data/shop1234');
});

test.each(RECORDED_PLANS)('is found once for the plan %s', (name) => {
  const plan = readPlan(recordedPlan(name), 'shop');
  expect(knownSecretsOf(plan)).toBe(knownSecretsOf(plan));
});

function drifted(a: string): object {
  return {
    address: 'a.b',
    type: 'a',
    change: { actions: ['update'], before: {}, after: { a }, after_sensitive: { a: true } },
  };
}
