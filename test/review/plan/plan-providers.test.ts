import type { Json, Plan } from '../../../review/plan/plan';
import { PlanModules } from '../../../review/plan/plan-instances';
import { PlanProviders } from '../../../review/plan/plan-providers';
import { PlanTexts } from '../../../review/plan/plan-texts';
import { block, constant, planOf, refers } from './made-plan';

const VAULT = 'registry.terraform.io/hashicorp/vault';

function providers(expressions: Readonly<Record<string, Json>>, more: object = {}): PlanProviders {
  const plan: Plan = {
    ...planOf({}),
    variables: { address: { value: 'https://${a}:8200' }, hidden: { value: 'plainly-none' } },
    configuration: {
      provider_config: { vault: { name: 'vault', full_name: VAULT, expressions, ...more } },
      root_module: {
        variables: { hidden: { sensitive: true } },
        module_calls: {
          team: {
            expressions: { url: refers('var.address'), fixed: constant('https://b') },
            module: { variables: { own: { default: 'https://c' } } },
          },
        },
      },
    },
  };
  return new PlanProviders(plan, new PlanTexts([], () => ''));
}

test.each([
  [{ address: constant('https://a') }, { address: 'https://a' }],
  [{ address: refers('var.address') }, { address: 'https://$${a}:8200' }],
  [{ address: refers('var.hidden') }, { address: '${known_after_apply(var.hidden)}' }],
  [{ address: refers('local.a') }, { address: '${known_after_apply(local.a)}' }],
  [{ address: refers('var.address', 'var.b') }, { address: '${known_after_apply(var.address, var.b)}' }],
  [{ skip_tls_verify: constant(true) }, { skip_tls_verify: true }],
  [{ token: constant('plainly-none') }, { token: 'written out' }],
  [{ token: refers('var.hidden') }, { token: '${sensitive_value(var.hidden)}' }],
  [{ auth_login: [{ parameters: constant({ password: 'plainly-none' }) }] }, {}],
])('of %j it is known that %j', (expressions, expected) => {
  expect(providers(expressions).json).toEqual({ vault: [expected] });
});

test.each([
  ['url', 'https://$${a}:8200'],
  ['fixed', 'https://b'],
  ['own', 'https://c'],
  ['unheard_of', '${known_after_apply(var.unheard_of)}'],
])("a module's own provider has what 'var.%s' is given: %s", (name, address) => {
  const all = providers({ address: refers(`var.${name}`) }, { module_address: 'module.team' });
  expect(all.json).toEqual({ vault: [{ alias: 'vault', address }] });
});

test('a provider is told by what it is, whatever the configuration calls it', () => {
  const all = providers({ namespace: constant('a') }, { name: 'secrets', alias: 'b' });
  expect(all.json).toEqual({ vault: [{ alias: 'b', namespace: 'a' }] });
  const configuration = block('vault_policy.a', {}, { provider_config_key: 'vault' });
  const instance = { address: 'vault_policy.a', kind: 'resource', type: 'vault_policy', name: 'a' } as const;
  const rest = { module: new PlanModules({}).root, values: {}, sensitive: {}, unknown: {} };
  expect(all.of({ ...instance, ...rest, configuration })).toBe('vault.b');
  // What is deleted tells no more than which provider it was of.
  expect(all.of({ ...instance, ...rest, provider: VAULT })).toBe('vault.b');
  expect(
    all.of({ ...instance, ...rest, provider: 'registry.terraform.io/kreuzwerker/docker' }),
  ).toBeUndefined();
  expect(all.of({ ...instance, ...rest })).toBeUndefined();
});

test('one that nothing is said of is none', () => {
  const plan = planOf({});
  const configuration = { provider_config: { docker: { name: 'docker' } } };
  expect(new PlanProviders({ ...plan, configuration }, new PlanTexts([], () => '')).json).toEqual({});
});
