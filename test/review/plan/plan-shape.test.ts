import { planShapeProblem } from '../../../review/plan/plan-shape';
import { RECORDED_PLANS, recordedPlan } from '../recorded-plans';

const CHANGE = { address: 'a.b', type: 'a', change: { actions: ['create'] } };

test.each(RECORDED_PLANS)('finds nothing wrong with the plan %s', (name) => {
  expect(planShapeProblem(JSON.parse(recordedPlan(name)))).toBeUndefined();
});

test.each([
  [{ resource_changes: {} }, "'resource_changes' must be a list, got an object"],
  [{ resource_changes: [null] }, "'resource_changes[0]' must be an object, got null"],
  [
    { resource_changes: [CHANGE, { type: 'a' }] },
    "'resource_changes[1].address' must be a text, got nothing",
  ],
  [
    { resource_changes: [{ ...CHANGE, change: { actions: 'create' } }] },
    "'resource_changes[0].change.actions' must be a list, got a text",
  ],
  [
    { resource_changes: [{ ...CHANGE, change: { actions: [], replace_paths: [1] } }] },
    "'resource_changes[0].change.replace_paths[0]' must be a list, got 1",
  ],
  [
    { resource_drift: [{ ...CHANGE, action_reason: 5 }] },
    "'resource_drift[0].action_reason' must be a text, got 5",
  ],
  [
    { deferred_changes: [{ resource_change: [] }] },
    "'deferred_changes[0].resource_change' must be an object, got a list",
  ],
  [{ output_changes: { a: { actions: [1] } } }, "'output_changes.a.actions[0]' must be a text, got 1"],
  [{ errored: 'yes' }, "'errored' must be a boolean, got a text"],
  [
    { prior_state: { values: { root_module: { child_modules: [{ resources: [{}] }] } } } },
    "'prior_state.values.root_module.child_modules[0].resources[0].address' must be a text, got nothing",
  ],
  [
    { configuration: { root_module: { module_calls: { part: { module: { resources: 1 } } } } } },
    "'configuration.root_module.module_calls.part.module.resources' must be a list, got 1",
  ],
])('says what is wrong in %j', (plan, problem) => {
  expect(planShapeProblem(plan)).toBe(problem);
});

test('takes names of what every object has for nothing', () => {
  expect(planShapeProblem(JSON.parse('{"__proto__": 1, "constructor": 2}'))).toBeUndefined();
  expect(planShapeProblem({ output_changes: JSON.parse('{"__proto__": {"actions": 1}}') })).toBe(
    "'output_changes.__proto__.actions' must be a list, got 1",
  );
});
