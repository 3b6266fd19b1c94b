import type { StackSource } from '../../../access/stack-source';
import { type PlanStacks, planStacks } from '../../../review/plan/plan-stacks';
import { PASSWORD, recordedPlan } from '../plain-hcl-plans';
import { block, change, constant, type MadePlan, planOf, resource } from './made-plan';

const stacksOf = (made: MadePlan): PlanStacks => planStacks(planOf(made), { name: 'acme' });
/** Addresses of everything on one side. */
const addresses = ({ addresses: all }: StackSource) => [...(all as ReadonlyMap<string, string>).values()];
const policy = (name: string, more: object = {}) => resource(`vault_policy.${name}`, { name, ...more });

test('a stack is called as it is given, and so is its file', () => {
  const { before, after } = planStacks(planOf({}), {
    name: 'acme',
    file: 'plans/acme.json',
    dependencies: ['network'],
  });
  for (const { name, file, dependencies } of [before, after]) {
    expect({ name, file, dependencies }).toEqual({
      name: 'acme',
      file: 'plans/acme.json',
      dependencies: ['network'],
    });
  }
});

test('each instance is a block, and its address is that of Terraform', () => {
  const inner = 'module.team["a.b"].module.inner[1]';
  const { after } = stacksOf({
    more: {
      planned_values: {
        root_module: {
          resources: [policy('a')],
          child_modules: [
            {
              address: 'module.team["a.b"]',
              child_modules: [
                {
                  address: inner,
                  resources: [{ ...policy('c[0]'), address: `${inner}.vault_policy.c[0]` }],
                },
              ],
            },
          ],
        },
      },
    },
  });
  expect(after.json.resource).toEqual({
    vault_policy: { a: { name: 'a' }, 'team-a_b-inner-1-c-0': { name: 'c[0]' } },
  });
  expect([...(after.addresses ?? [])]).toEqual([
    ['vault_policy.a', 'vault_policy.a'],
    ['vault_policy.team-a_b-inner-1-c-0', `${inner}.vault_policy.c[0]`],
  ]);
});

test('what is deleted or forgotten is there before and not after', () => {
  const all = ['kept', 'deleted', 'forgotten', 'replaced'].map((name) => policy(name));
  const { before, after } = stacksOf({
    before: all,
    // As Terraform has it: what is forgotten is among what is planned.
    after: all.filter(({ name }) => name !== 'deleted'),
    changes: [
      change('vault_policy.kept', ['no-op']),
      change('vault_policy.deleted', ['delete']),
      change('vault_policy.forgotten', ['forget']),
      change('vault_policy.replaced', ['delete', 'create']),
    ],
  });
  expect(addresses(before)).toHaveLength(4);
  expect(addresses(after)).toEqual(['vault_policy.kept', 'vault_policy.replaced']);
});

test('what a plan leaves out stays as it is', () => {
  const { after } = stacksOf({
    before: [policy('targeted'), policy('other', { policy: 'text' })],
    after: [policy('targeted')],
    changes: [change('vault_policy.targeted', ['update'])],
  });
  expect(addresses(after)).toEqual(['vault_policy.targeted', 'vault_policy.other']);
});

test('data sources that were read are there on both sides, as long as they are written', () => {
  const read = ['a', 'b'].map((name) =>
    resource(`data.vault_policy_document.${name}`, { hcl: 'path "a" {}' }),
  );
  const { before, after } = stacksOf({
    before: read,
    configuration: { resources: [block('data.vault_policy_document.a')] },
  });
  expect(addresses(before)).toEqual(read.map(({ address }) => address));
  expect(addresses(after)).toEqual(['data.vault_policy_document.a']);
});

test('what a replacement left over is not what the address stands for', () => {
  const { before, after } = stacksOf({
    before: [
      policy('a', { policy: 'new' }),
      resource('vault_policy.a', { policy: 'old' }, { deposed_key: '1' }),
    ],
    after: [policy('a', { policy: 'new' })],
    changes: [
      change('vault_policy.a', ['no-op']),
      change('vault_policy.a', ['delete'], {}, { deposed: '1' }),
    ],
  });
  const expected = { a: { name: 'a', policy: 'new' } };
  expect(before.json.resource?.vault_policy).toEqual(expected);
  expect(after.json.resource?.vault_policy).toEqual(expected);
});

test('what a server makes up is a reference again', () => {
  const id = '4acc87ed-8f9c-c691-a45b-925e582cefc0';
  const { before } = stacksOf({
    before: [
      resource('vault_auth_backend.people', { path: 'people', accessor: 'auth_userpass_73fce55d' }),
      resource('vault_identity_entity.ada', { id, name: 'ada' }),
      resource('vault_identity_entity_alias.ada', {
        canonical_id: id,
        mount_accessor: 'auth_userpass_73fce55d',
      }),
      policy('own', { policy: 'path "{{identity.entity.aliases.auth_userpass_73fce55d.name}}" {}' }),
    ],
  });
  expect(before.json.resource).toEqual({
    vault_auth_backend: { people: { path: 'people' } },
    vault_identity_entity: { ada: { name: 'ada' } },
    vault_identity_entity_alias: {
      ada: {
        canonical_id: '${vault_identity_entity.ada.id}',
        mount_accessor: '${vault_auth_backend.people.accessor}',
      },
    },
    vault_policy: {
      own: {
        name: 'own',
        policy: 'path "{{identity.entity.aliases.${vault_auth_backend.people.accessor}.name}}" {}',
      },
    },
  });
});

test('outputs are given to other stacks where they are known and no secret', () => {
  const { before, after } = stacksOf({
    more: {
      prior_state: { values: { outputs: { path: { value: 'before' } } } },
      planned_values: {
        outputs: {
          path: { value: '${after}' },
          password: { value: PASSWORD, sensitive: true },
          later: {},
        },
      },
    },
  });
  expect(before.json.output).toEqual({ path: { value: 'before' } });
  expect(after.json.output).toEqual({ path: { value: '$${after}' } });
});

test('the same address has the same label on both sides', () => {
  const { before, after } = stacksOf({
    before: [policy('a["x.y"]'), policy('a["x/y"]')],
    after: [policy('a["x/y"]')],
    changes: [change('vault_policy.a["x.y"]', ['delete']), change('vault_policy.a["x/y"]', ['no-op'])],
  });
  expect([...(before.addresses ?? [])]).toEqual([
    ['vault_policy.a-x_y', 'vault_policy.a["x.y"]'],
    ['vault_policy.a-x_y-2', 'vault_policy.a["x/y"]'],
  ]);
  expect([...(after.addresses ?? [])]).toEqual([['vault_policy.a-x_y-2', 'vault_policy.a["x/y"]']]);
});

test('blocks name their provider by its alias', () => {
  const { after } = stacksOf({
    after: [policy('a'), policy('b')],
    more: {
      configuration: {
        root_module: {
          resources: [
            block('vault_policy.a', {}, { provider_config_key: 'vault' }),
            block('vault_policy.b', {}, { provider_config_key: 'vault.other' }),
          ],
        },
        provider_config: {
          vault: { name: 'vault', expressions: { address: constant('https://a:8200') } },
          'vault.other': { name: 'vault', alias: 'other', expressions: { namespace: constant('team') } },
        },
      },
    },
  });
  expect(after.json.resource?.vault_policy).toEqual({
    a: { name: 'a' },
    b: { name: 'b', provider: 'vault.other' },
  });
  expect(after.json.provider).toEqual({
    vault: [{ address: 'https://a:8200' }, { alias: 'other', namespace: 'team' }],
  });
});

test.each(['first', 'second'] as const)('no secret of the %s plan gets into a stack', (revision) => {
  const plan = recordedPlan(revision);
  expect(JSON.stringify(plan)).toContain(PASSWORD);
  expect(JSON.stringify(planStacks(plan, { name: 'acme' }))).not.toContain(PASSWORD);
});
