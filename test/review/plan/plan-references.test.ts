import type { Json, ModuleConfiguration } from '../../../review/plan/plan';
import { type PlanInstance, PlanModules } from '../../../review/plan/plan-instances';
import { PlanReferences, referencesOf } from '../../../review/plan/plan-references';
import { refers } from './made-plan';

const CONFIGURATION: ModuleConfiguration = {
  module_calls: {
    team: {
      for_each_expression: refers('vault_policy.p'),
      expressions: {
        whole: refers('vault_auth_backend.a'),
        path: refers('vault_auth_backend.a.path', 'vault_auth_backend.a'),
        own: refers('vault_policy.p', 'each.key'),
        deep: refers('module.team["y"].id'),
        each: refers('each.value.id', 'each.value'),
        constant: { constant_value: 'a' },
      },
      module: {
        outputs: {
          id: { expression: refers('vault_identity_entity.e.id', 'vault_identity_entity.e') },
          whole: { expression: refers('vault_identity_entity.e') },
          back: { expression: refers('var.path') },
        },
      },
    },
  },
};

const modules = new PlanModules(CONFIGURATION);
const team = (key: string) => modules.child(modules.root, 'team', key);

function instance(address: string, more: Partial<PlanInstance> = {}): PlanInstance {
  const [, type = '', name = ''] = /([\w-]+)\.([\w-]+)$/.exec(address) ?? [];
  const { key } = more;
  return {
    address: key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
    kind: 'resource',
    type,
    name,
    module: modules.root,
    values: {},
    sensitive: {},
    unknown: {},
    ...more,
  };
}

const INSTANCES = [
  instance('vault_auth_backend.a'),
  instance('vault_policy.p', { key: 'x' }),
  instance('vault_policy.p', { key: 'y' }),
  instance('data.vault_auth_backend.d', { kind: 'data' }),
  instance('module.team["x"].vault_identity_entity.e', { module: team('x') }),
  instance('module.team["y"].vault_identity_entity.e', { module: team('y') }),
];
const references = new PlanReferences(INSTANCES, modules);

const found = (from: PlanInstance, ...all: readonly string[]) =>
  references
    .targets(refers(...all), from)
    ?.map(({ instance: { address }, attribute }) =>
      attribute === undefined ? address : `${address} ${attribute}`,
    );

const ROOT = instance('vault_policy.from', { key: 'y' });
const INSIDE = instance('module.team["x"].vault_policy.from', { module: team('x') });
const E = (key: string) => `module.team["${key}"].vault_identity_entity.e`;

test.each([
  [['vault_auth_backend.a.accessor', 'vault_auth_backend.a'], ['vault_auth_backend.a accessor']],
  [['data.vault_auth_backend.d.accessor'], ['data.vault_auth_backend.d accessor']],
  [['vault_policy.p["x"].id', 'vault_policy.p["x"]', 'vault_policy.p'], ['vault_policy.p["x"] id']],
  [['vault_policy.p', 'each.key'], ['vault_policy.p["y"]']],
  [['vault_policy.p'], ['vault_policy.p["x"]', 'vault_policy.p["y"]']],
  [['module.team["x"].id', 'module.team["x"]'], [`${E('x')} id`]],
  [['module.team["x"].whole.id'], [`${E('x')} id`]],
  [['module.team', 'each.key'], undefined],
  [['module.team["x"].back'], ['vault_auth_backend.a path']],
  [['module.team["x"].unheard_of'], undefined],
  [['module.unheard_of.id'], undefined],
  [['vault_policy.unheard_of'], undefined],
  [['vault_policy.p["z"]'], undefined],
  [['var.given'], undefined],
  [['local.made'], undefined],
  [['vault_auth_backend.a.path', 'local.made'], undefined],
  [['each.key'], undefined],
  [['each.value'], undefined],
  [[], undefined],
])('from the root %j leads to %j', (all, expected) => {
  expect(found(ROOT, ...all)).toEqual(expected);
});

test.each([
  [['var.whole.accessor', 'var.whole'], ['vault_auth_backend.a accessor']],
  [['var.path'], ['vault_auth_backend.a path']],
  [['var.path.more'], undefined],
  [['var.own'], ['vault_policy.p["x"]']],
  [['var.deep'], [`${E('y')} id`]],
  [['var.each'], ['vault_policy.p["x"] id']],
  [['var.constant'], undefined],
  [['var.unheard_of'], undefined],
  [['vault_identity_entity.e.id'], [`${E('x')} id`]],
  [['vault_auth_backend.a.path'], undefined],
])('from a module %j leads to %j', (all, expected) => {
  expect(found(INSIDE, ...all)).toEqual(expected);
});

test('what each value is of is the one by the same key', () => {
  const configuration = {
    address: 'a.b',
    type: 'a',
    for_each_expression: refers('vault_policy.p') as Json,
  };
  expect(found({ ...ROOT, configuration }, 'each.value.id', 'each.value')).toEqual([
    'vault_policy.p["y"] id',
  ]);
});

test('modules that hand on to each other without end lead nowhere', () => {
  const round: ModuleConfiguration = {
    module_calls: { a: { module: { outputs: {} }, expressions: { x: refers('module.a.x') } } },
  };
  Object.assign(round.module_calls?.a?.module?.outputs as object, { x: { expression: refers('var.x') } });
  const all = new PlanModules(round);
  expect(
    new PlanReferences([], all).targets(refers('module.a.x'), { ...ROOT, module: all.root }),
  ).toBeUndefined();
});

test.each<[Json | undefined, readonly string[]]>([
  [undefined, []],
  [{ constant_value: ['a'] }, []],
  [false, []],
  [{ references: 'a' }, []],
  [{ references: ['a.b.c', 'a.b', 'a.bc', 1] }, ['a.b.c', 'a.bc']],
  [{ references: ['a.b["c"].d', 'a.b["c"]', 'a.b'] }, ['a.b["c"].d']],
])('of %j the references are %j', (expression, expected) => {
  expect(referencesOf(expression)).toEqual(expected);
});
