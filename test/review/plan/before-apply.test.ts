import type { StackSource } from '../../../access/stack-source';
import type { TerraformJson } from '../../../policies/terraform-json';
import { beforeApply } from '../../../review/plan/before-apply';
import type { Json, PlannedChange } from '../../../review/plan/plan';
import { block, change, type MadePlan, planOf, resource } from './made-plan';

type Values = Readonly<Record<string, Json>>;
type Declared = Readonly<Record<string, Readonly<Record<string, object>>>>;

const RULE = 'path "kv/data/mail" {\n  capabilities = ["read"]\n}\n';
const STORE = {
  '//': { metadata: { path: 'shop/store' } },
  lifecycle: { prevent_destroy: true },
  name: 'store',
  policy: RULE,
};

const declared = (all: Declared): StackSource => ({
  name: 'shop',
  file: 'shop',
  dependencies: [],
  json: { resource: all, locals: { vault: { mode: 'in-memory' } } } as unknown as TerraformJson,
});

/** What happens to one of the root module. */
function changed(
  address: string,
  actions: readonly string[],
  before: Values | null,
  after: Values | null,
  more: Partial<PlannedChange['change']> = {},
): PlannedChange {
  const { name, index } = resource(address, {});
  return change(address, actions, {}, { name, index, change: { actions, before, after, ...more } });
}

/** A plan of what is declared. */
function before(all: Declared, made: MadePlan): StackSource['json'] {
  return source(all, made).json;
}

function source(all: Declared, made: MadePlan): StackSource {
  const resources = Object.entries(all).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((label) => block(`${type}.${label}`)),
  );
  const plan = planOf({ configuration: { resources }, ...made });
  return beforeApply(declared(all), { plan, stack: 'shop', file: 'plans/shop.json' });
}

const SAME: MadePlan = {
  // As a server writes it.
  before: [resource('vault_policy.store', { name: 'store', policy: `${RULE}\n`, id: 'store' })],
  changes: [changed('vault_policy.store', ['no-op'], { name: 'store' }, { name: 'store' })],
};

test('a plan that changes nothing makes no difference, however the server writes it', () => {
  const all = { vault_policy: { store: STORE } };
  expect(source(all, SAME)).toEqual(declared(all));
});

test('what is read again while it is applied makes no difference', () => {
  const all = { vault_policy: { store: STORE } };
  const read = changed('data.vault_policy.store', ['read'], null, {});
  expect(source(all, { ...SAME, changes: [{ ...read, mode: 'data' }] })).toEqual(declared(all));
});

test('of what changes the attributes that change are those of the server, and nothing else is', () => {
  const was = 'path "kv/*" {\n  capabilities = ["read"]\n}\n';
  const found = before(
    { vault_policy: { store: { ...STORE, name: '${local.store}' } } },
    {
      before: [resource('vault_policy.store', { name: 'store', policy: was })],
      changes: [
        changed(
          'vault_policy.store',
          ['update'],
          { name: 'store', policy: was },
          { name: 'store', policy: RULE },
        ),
      ],
    },
  );
  expect(found.resource).toEqual({
    vault_policy: { store: { ...STORE, name: '${local.store}', policy: was } },
  });
  expect(found.locals).toEqual({ vault: { mode: 'in-memory' } });
});

test('an attribute that is new was not there, and one that goes was', () => {
  const role = { role_name: 'store', token_ttl: 60 };
  const found = before(
    { vault_approle_auth_backend_role: { store: role } },
    {
      before: [resource('vault_approle_auth_backend_role.store', { role_name: 'store', secret_id_ttl: 30 })],
      changes: [
        changed(
          'vault_approle_auth_backend_role.store',
          ['update'],
          { role_name: 'store', secret_id_ttl: 30, token_ttl: null },
          { role_name: 'store', secret_id_ttl: null, token_ttl: 60 },
        ),
      ],
    },
  );
  expect(found.resource).toEqual({
    vault_approle_auth_backend_role: { store: { role_name: 'store', secret_id_ttl: 30 } },
  });
});

test('what is created was not there, what is deleted was, and what is replaced was as it was', () => {
  const found = before(
    { vault_policy: { store: STORE }, docker_volume: { data: { name: 'new' } } },
    {
      before: [
        resource('docker_volume.data', { name: 'old', id: 'old', driver: 'local' }),
        resource('vault_policy.gone', { name: 'gone', policy: RULE }),
      ],
      changes: [
        changed('vault_policy.store', ['create'], null, { name: 'store', policy: RULE }),
        changed('vault_policy.gone', ['delete'], { name: 'gone', policy: RULE }, null),
        changed(
          'docker_volume.data',
          ['delete', 'create'],
          { name: 'old', id: 'old', driver: 'local' },
          { name: 'new' },
          { after_unknown: { id: true, driver: true } },
        ),
      ],
    },
  );
  expect(found.resource).toEqual({
    vault_policy: { gone: { name: 'gone', policy: RULE } },
    docker_volume: { data: { name: 'old' } },
  });
});

test('of several that one block declares each is as it was', () => {
  const { json, addresses } = source(
    {
      vault_policy: {
        each: { for_each: { a: 1, b: 2 }, name: '${each.key}', lifecycle: { prevent_destroy: true } },
      },
    },
    {
      before: [resource('vault_policy.each["a"]', { name: 'a' })],
      changes: [
        changed('vault_policy.each["a"]', ['no-op'], { name: 'a' }, { name: 'a' }),
        changed('vault_policy.each["b"]', ['create'], null, { name: 'b' }),
      ],
    },
  );
  expect(json.resource).toEqual({
    vault_policy: { 'each-a': { name: 'a', lifecycle: { prevent_destroy: true } } },
  });
  expect([...(addresses ?? [])]).toEqual([['vault_policy.each-a', 'vault_policy.each["a"]']]);
});

test('what has moved is the same as before', () => {
  const moved = changed('vault_policy.store', ['update'], { name: 'old' }, { name: 'store' });
  const found = before(
    { vault_policy: { store: STORE } },
    {
      before: [resource('vault_policy.former', { name: 'old', policy: RULE })],
      changes: [{ ...moved, previous_address: 'vault_policy.former' }],
    },
  );
  expect(found.resource).toEqual({ vault_policy: { store: { ...STORE, name: 'old' } } });
});

test('variables of a container that are hidden as a whole make no difference', () => {
  const container = { name: 'store', env: ['TOKEN=${vault_token.a.client_token}'], user: '1000' };
  const found = before(
    { docker_container: { store: container } },
    {
      before: [
        resource(
          'docker_container.store',
          { name: 'store', env: ['TOKEN=x'], user: '0' },
          { sensitive_values: { env: true } },
        ),
      ],
      changes: [
        changed(
          'docker_container.store',
          ['delete', 'create'],
          { name: 'store', env: ['TOKEN=x'], user: '0' },
          { name: 'store', user: '1000' },
          { before_sensitive: { env: true }, after_unknown: { env: true } },
        ),
      ],
    },
  );
  expect(found.resource).toEqual({ docker_container: { store: { ...container, user: '0' } } });
});

test('left-overs of replacements that failed, and what modules declare, are not looked at', () => {
  const all = { vault_policy: { store: STORE } };
  const gone = changed('vault_policy.store', ['delete'], { name: 'x' }, null);
  const inner = changed('vault_policy.inner', ['delete'], { name: 'x' }, null);
  const changes = [
    { ...gone, deposed: 'abcd' },
    { ...inner, module_address: 'module.a', address: 'module.a.vault_policy.inner' },
  ];
  expect(source(all, { ...SAME, changes })).toEqual(declared(all));
});

test.each([
  ['lacks', ['vault_policy.store'], "one without 'docker_volume.data'"],
  ['has', ['vault_policy.store', 'docker_volume.data', 'vault_mount.kv'], "one with 'vault_mount.kv'"],
])('fails on a plan of another declaration, which %s something', (_, planned, got) => {
  const plan = planOf({ configuration: { resources: planned.map((one) => block(one)) } });
  const all = { vault_policy: { store: STORE }, docker_volume: { data: {} } };
  expect(() => beforeApply(declared(all), { plan, stack: 'shop', file: 'plans/shop.json' })).toThrow(
    `plans/shop.json: must be a plan of what 'shop' declares now, got ${got}; plan it again, or name the synth that it is of by --head`,
  );
});
