import type { TerraformJson } from '../../../policies/terraform-json';
import { isObject, Unknown } from '../../../policies/terraform-value';
import { StackValues } from '../../../policies/terraform-values';
import type { Json, StateResource } from '../../../review/plan/plan';
import { planStacks } from '../../../review/plan/plan-stacks';
import { block, change, constant, planOf, refers, resource } from './made-plan';

/** What is written of one resource after an apply. */
function written(
  address: string,
  {
    values = {},
    unknown = {},
    expressions = {},
    before,
    more = {},
    others = [],
    each,
  }: {
    readonly values?: Readonly<Record<string, Json>>;
    readonly unknown?: Json;
    readonly expressions?: Readonly<Record<string, Json>>;
    readonly before?: Readonly<Record<string, Json>>;
    readonly more?: Partial<StateResource>;
    readonly others?: readonly StateResource[];
    readonly each?: Json;
  },
): Readonly<Record<string, unknown>> {
  const one = resource(address, values, more);
  const { json } = planStacks(
    planOf({
      ...(before && { before: [resource(address, before)] }),
      after: [one, ...others],
      changes: [change(address, ['update'], unknown)],
      configuration: {
        resources: [block(address, expressions, each === undefined ? {} : { for_each_expression: each })],
      },
    }),
    { name: 'acme' },
  ).after;
  return Object.values((json as TerraformJson).resource?.[one.type] ?? {})[0] as Readonly<
    Record<string, unknown>
  >;
}

test('what an apply alone can tell names what it is made of', () => {
  const attributes = written('vault_policy.a', {
    unknown: { name: true, policy: true },
    expressions: {
      name: refers('random_pet.a.id', 'random_pet.a'),
      policy: refers('local.beginning', 'data.vault_policy_document.a.hcl', 'data.vault_policy_document.a'),
    },
  });
  expect(attributes).toEqual({
    name: '${known_after_apply(random_pet.a.id)}',
    policy: '${known_after_apply(local.beginning, data.vault_policy_document.a.hcl)}',
  });
  const values = new StackValues({ resource: { vault_policy: { a: attributes } } });
  const value = values.evaluate(attributes.name);
  expect(value).toBeInstanceOf(Unknown);
  expect((value as Unknown).known).toEqual({});
});

test('of a list the elements are known that are', () => {
  const attributes = written('vault_approle_auth_backend_role.a', {
    values: { token_policies: ['a', null] },
    unknown: { token_policies: [false, true] },
    expressions: { token_policies: refers('vault_policy.b.name', 'vault_policy.b') },
  });
  expect(attributes.token_policies).toEqual(['a', '${known_after_apply(vault_policy.b.name)}']);
});

test('of a nested block the arguments are known that are', () => {
  const attributes = written('docker_container.a', {
    values: { volumes: [{ container_path: '/data', host_path: '', volume_name: null, read_only: false }] },
    unknown: { volumes: [{ volume_name: true }] },
    expressions: {
      volumes: [{ container_path: constant('/data'), volume_name: refers('docker_volume.a.name') }],
    },
  });
  expect(attributes.volumes).toEqual([
    {
      container_path: '/data',
      read_only: false,
      volume_name: '${known_after_apply(docker_volume.a.name)}',
    },
  ]);
});

test.each([
  ['a ${b} c', 'a $${b} c'],
  ['%{ if a }', '%%{ if a }'],
  ['$${', '$$${'],
  ['100%', '100%'],
])('%j stands for itself', (text, escaped) => {
  const attributes = written('vault_policy.a', { values: { policy: text } });
  expect(attributes.policy).toBe(escaped);
  expect(new StackValues({}).evaluate(attributes.policy)).toBe(text);
});

test('a map keeps what is empty in it, and its keys stand for themselves too', () => {
  const options = { '${key}': '', other: '${value}' };
  const attributes = written('vault_mount.a', {
    values: { options },
    expressions: { options: constant(options) },
  });
  const value = new StackValues({}).evaluate(attributes.options);
  expect(isObject(value) && value).toEqual(options);
});

test('what nobody has written is left out where it says nothing', () => {
  const attributes = written('vault_mount.a', {
    values: {
      path: 'kv',
      description: '',
      options: null,
      allowed_managed_keys: [],
      seal_wrap: false,
      max: 0,
    },
    unknown: { accessor: true, default_lease_ttl_seconds: true },
    expressions: { path: constant('kv'), description: constant('') },
  });
  expect(attributes).toEqual({ path: 'kv', description: '', seal_wrap: false, max: 0 });
});

test('what a container has from its image is not taken for written', () => {
  const values = { image: 'a', entrypoint: ['docker-entrypoint.sh'], user: 'a' };
  const expressions = { image: constant('a') };
  const attributes = written('docker_container.a', { values, before: { ...values, user: 'b' }, expressions });
  expect(attributes).toEqual({ image: 'a', user: 'a' });
});

test('what a server says of a resource of Vault counts though nobody has written it', () => {
  const values = { name: 'a', policies: ['by-hand'] };
  const expressions = { name: constant('a') };
  expect(written('vault_identity_group.a', { values, before: values, expressions })).toEqual(values);
});

test('what is sensitive is not there, but that it is written', () => {
  const attributes = written('docker_container.a', {
    values: {
      env: ['A=plainly-none', 'B=b'],
      hosts: [{ ip: 'plainly-none', host: 'a' }],
      shm: 'plainly-none',
    },
    more: { sensitive_values: { env: [true, false], hosts: [{ ip: true }], shm: true } },
    expressions: { env: refers('var.a'), hosts: [{ ip: refers('var.ip'), host: constant('a') }] },
  });
  expect(attributes).toEqual({
    env: ['${sensitive_value(var.a)}', 'B=b'],
    hosts: [{ ip: '${sensitive_value(var.ip)}', host: 'a' }],
    shm: '${sensitive_value()}',
  });
});

describe('what names another resource', () => {
  const alias = 'vault_identity_entity_alias.a';
  const entity = (address: string) => resource(address, { name: 'a' });

  test.each([
    ['one', refers('vault_identity_entity.a.id', 'vault_identity_entity.a'), '${vault_identity_entity.a.id}'],
    ['one without attribute', refers('vault_identity_entity.a'), '${vault_identity_entity.a.id}'],
    [
      'one by another attribute',
      refers('vault_identity_entity.a.name', 'vault_identity_entity.a'),
      '${known_after_apply(vault_identity_entity.a.name)}',
    ],
    [
      'one of two',
      refers('vault_identity_entity.a.id', 'vault_identity_entity.b.id'),
      '${known_after_apply(vault_identity_entity.a.id, vault_identity_entity.b.id)}',
    ],
    [
      'one, or something else',
      refers('vault_identity_entity.a.id', 'var.other'),
      '${known_after_apply(vault_identity_entity.a.id, var.other)}',
    ],
    ['something else', refers('vault_policy.a.id'), '${known_after_apply(vault_policy.a.id)}'],
    [
      'what is not there',
      refers('vault_identity_entity.c.id'),
      '${known_after_apply(vault_identity_entity.c.id)}',
    ],
  ])('%s', (_, expression, expected) => {
    const attributes = written(alias, {
      unknown: { canonical_id: true },
      expressions: { canonical_id: expression },
      others: [
        entity('vault_identity_entity.a'),
        entity('vault_identity_entity.b'),
        resource('vault_policy.a', {}),
      ],
    });
    expect(attributes.canonical_id).toBe(expected);
  });

  test('of a list it is all', () => {
    const attributes = written('vault_identity_group.a', {
      unknown: { member_entity_ids: true },
      expressions: { member_entity_ids: refers('vault_identity_entity.a', 'vault_identity_entity.b.id') },
      others: [
        entity('vault_identity_entity.a["x"]'),
        entity('vault_identity_entity.a["y"]'),
        entity('vault_identity_entity.b'),
      ],
    });
    expect(attributes.member_entity_ids).toEqual([
      '${vault_identity_entity.a-x.id}',
      '${vault_identity_entity.a-y.id}',
      '${vault_identity_entity.b.id}',
    ]);
  });

  test('a policy is never taken for one, since an expression may add to it', () => {
    const attributes = written('vault_policy.a', {
      unknown: { policy: true },
      expressions: { policy: refers('data.vault_policy_document.a.hcl') },
      others: [resource('data.vault_policy_document.a', { rule: [{ path: 'a', capabilities: ['read'] }] })],
    });
    expect(attributes.policy).toBe('${known_after_apply(data.vault_policy_document.a.hcl)}');
  });
});
