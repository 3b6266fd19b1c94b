import type { PlannedChange } from '../../../review/plan/plan';
import { SetAttributes } from '../../../review/plan/set-attributes';
import { planOf } from './changed-plan';

const resource = (...names: readonly string[]) => ({
  address: 'a.store',
  type: 'a',
  name: 'store',
  expressions: Object.fromEntries(names.map((name) => [name, {}])),
});
const plan = planOf([], {
  configuration: {
    root_module: {
      resources: [resource('one'), { ...resource('read'), mode: 'data' }],
      module_calls: {
        part: { module: { module_calls: { inner: { module: { resources: [resource('two')] } } } } },
      },
    },
  },
});

test.each([
  ['', 'one', true],
  ['', 'two', false],
  ['', 'read', false],
  ['module.part.module.inner', 'two', true],
  ['module.part["x].module.y["].module.inner[0]', 'two', true],
  ['module.part["\\"]"].module.inner', 'one', false],
  ['module.other', 'anything', true],
])('in %s, %s is set: %s', (module_address, name, isIt) => {
  const planned = { type: 'a', name: 'store', ...(module_address && { module_address }) } as PlannedChange;
  expect(new SetAttributes(plan).has(planned, name)).toBe(isIt);
});

test('all is set where a plan tells nothing of its configuration', () => {
  expect(new SetAttributes(planOf([])).has({ type: 'a', name: 'b' } as PlannedChange, 'x')).toBe(true);
});
