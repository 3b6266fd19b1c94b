import { parseTemplate } from '../../../policies/terraform-expression';
import { PlanModules } from '../../../review/plan/plan-instances';
import { PlanLabels } from '../../../review/plan/plan-labels';

function instance(name: string, module = '', key?: string | number) {
  const modules = new PlanModules({});
  return {
    address: `${module}/${name}/${key}`,
    kind: 'resource' as const,
    type: 'vault_policy',
    name,
    key,
    module: module === '' ? modules.root : modules.at(module, modules.root),
    values: {},
    sensitive: {},
    unknown: {},
  };
}

test.each([
  [instance('a'), 'a'],
  [instance('a', '', 0), 'a-0'],
  [instance('a', '', 'x/y z'), 'a-x_y_z'],
  [instance('a', 'module.team'), 'team-a'],
  [instance('a', 'module.team["x.y"]', 1), 'team-x_y-a-1'],
  [instance('a', '', '${evil}"'), 'a-__evil__'],
])('%j is %s', (one, label) => {
  expect(new PlanLabels().of(one)).toBe(label);
  const expression = parseTemplate(`\${vault_policy.${label}.name}`);
  expect(expression).toMatchObject({ kind: 'access', steps: [{ name: label }, { name: 'name' }] });
});

test('no two have the same label, and each keeps its own', () => {
  const labels = new PlanLabels();
  const all = [instance('a', '', 'x.y'), instance('a', '', 'x/y'), instance('a-x_y')];
  const expected = ['a-x_y', 'a-x_y-2', 'a-x_y-3'];
  expect(all.map((one) => labels.of(one))).toEqual(expected);
  expect(all.reverse().map((one) => labels.of(one))).toEqual(expected.reverse());
  expect(labels.of({ ...instance('a-x_y'), address: 'other', type: 'vault_mount' })).toBe('a-x_y');
});
