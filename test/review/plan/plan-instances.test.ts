import { keyIn, PlanModules, sidesOf } from '../../../review/plan/plan-instances';
import { block, change, planOf, resource } from './made-plan';

const CONFIGURATION = {
  resources: [block('vault_policy.a'), block('data.vault_policy.a')],
  module_calls: { team: { module: { resources: [block('vault_policy.a')], module_calls: { inner: {} } } } },
};

test.each([
  ['module.team', 'team', undefined],
  ['module.team[0]', 'team', 0],
  ['module.team["a.b[c]"]', 'team', 'a.b[c]'],
])('%s is a module by its name and key', (address, name, key) => {
  const modules = new PlanModules(CONFIGURATION);
  const module = modules.at(address, modules.root);
  expect(module).toMatchObject({ address, parent: modules.root });
  expect(module.key).toBe(key);
  expect(module.configuration).toBe(CONFIGURATION.module_calls.team.module);
  // However it is come to, it is the same one.
  expect(modules.child(modules.root, name, key)).toBe(module);
  const inner = modules.at(`${address}.module.inner["x"]`, module);
  expect(inner).toMatchObject({ key: 'x', parent: module, call: {} });
});

test('a module that the configuration has no longer has no configuration', () => {
  const modules = new PlanModules(CONFIGURATION);
  for (const name of ['gone', 'constructor']) {
    expect(modules.child(modules.root, name)).toMatchObject({ call: undefined, configuration: undefined });
  }
});

test.each([
  ['0', 0],
  ['"a"', 'a'],
  ['"a\\"b"', 'a"b'],
  ['strange', 'strange'],
])('the index %s is %j', (index, key) => {
  expect(keyIn(index)).toBe(key);
});

test('an instance has what Terraform says of it, and how it is written', () => {
  const plan = planOf({
    before: [resource('vault_policy.a', { name: 'old' }), resource('vault_policy.gone', {})],
    after: [
      resource('vault_policy.a', { name: 'new' }, { sensitive_values: { policy: true } }),
      resource('data.vault_policy.a', {}),
    ],
    changes: [
      change('vault_policy.a', ['update'], { policy: true }),
      change('vault_policy.gone', ['delete']),
    ],
    configuration: CONFIGURATION,
  });
  const { before, after } = sidesOf(plan, new PlanModules(CONFIGURATION));
  const [managed, read] = CONFIGURATION.resources;
  expect(
    [...before.values()].map(({ values, unknown, configuration }) => [values, unknown, configuration]),
  ).toEqual([
    [{ name: 'old' }, {}, managed],
    [{}, {}, undefined],
  ]);
  expect([...after.values()]).toEqual([
    expect.objectContaining({
      values: { name: 'new' },
      unknown: { policy: true },
      sensitive: { policy: true },
      configuration: managed,
    }),
    expect.objectContaining({ kind: 'data', configuration: read }),
  ]);
});

test('a plan that holds nothing has nothing on either side', () => {
  const { before, after } = sidesOf({ format_version: '1.2' }, new PlanModules(undefined));
  expect([before.size, after.size]).toEqual([0, 0]);
});
