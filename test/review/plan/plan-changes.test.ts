import { planChanges, planDrift } from '../../../review/plan/plan-changes';
import { planNote } from '../../../review/plan/plan-note';
import { readPlan } from '../../../review/plan/read-plan';
import { MADE_UP, RECORDED_PLANS, type RecordedPlan, recordedPlan } from '../recorded-plans';
import { attributesOf, changeOf, madeChange, planOf, shortly } from './changed-plan';

const recorded = (name: RecordedPlan) => readPlan(recordedPlan(name), 'shop');

/** Resources in short: what happens, to which, and why. */
function inShort(name: RecordedPlan): readonly string[] {
  return planChanges(recorded(name), 'shop').map(
    ({ action, address, movedFrom, importedFrom, reason }) =>
      `${action} ${address}${movedFrom ? ` from ${movedFrom}` : ''}${importedFrom ? ` imported by ${importedFrom}` : ''}${reason ? `: ${reason}` : ''}`,
  );
}

function attributes(name: RecordedPlan, address: string, read = planChanges): readonly string[] {
  const found = read(recorded(name), 'shop').find((one) => one.address === address);
  return (found?.attributes ?? []).map(shortly);
}

test('a replacement says why, and what is created first', () => {
  expect(inShort('replace')).toEqual([
    'replace docker_container.store: the provider cannot update it in place',
    'replace docker_network.shop: it is tainted: its last apply failed, or somebody marked it so',
    'replace random_password.queue: the provider cannot update it in place',
    'replace terraform_data.follower: what its replace_triggered_by names changes',
    'update terraform_data.generation',
    'update vault_mount.shop',
    'replace vault_policy.billing: the provider cannot update it in place; the new one is created before the old one is destroyed',
    'replace vault_policy.store: asked for by -replace',
  ]);
});

test('a delete says why, and what is only forgotten is told apart', () => {
  expect(inShort('delete')).toEqual([
    'delete random_password.queue: it is not in the configuration',
    'delete vault_mount.shop: it is not in the configuration',
    'delete vault_policy.counted[1]: its index is beyond count',
    'delete vault_policy.each["billing"]: its key is not in for_each',
    'forget vault_policy.kept: it is not in the configuration',
    'delete vault_policy.single: count or for_each was added or removed, so that its key is of another kind',
    'create vault_policy.single["single"]',
    'delete module.part.vault_policy.of_part: it is not in the configuration',
  ]);
});

test('a move and an import are told, also where more happens', () => {
  expect(inShort('adopt')).toEqual([
    'update vault_policy.billing from vault_policy.old_name',
    'import vault_policy.by_hand imported by by-hand',
    'update vault_policy.by_hand_too imported by by-hand-too',
    'move vault_policy.store from vault_policy.old',
  ]);
});

test('an update says what changes, and that a secret does', () => {
  expect(inShort('update')[0]).toBe(
    'update terraform_data.marked: what is marked as sensitive changes, and no value',
  );
  expect(attributes('update', 'terraform_data.marked')).toEqual([]);
  expect(attributes('update', 'vault_approle_auth_backend_role.store')).toEqual([
    'token_policies: ["store"] -> ["billing","store"]',
    'token_ttl: 3600 -> 7200',
  ]);
  expect(attributes('update', 'vault_kv_secret_v2.mail')).toEqual(['data_json: <sensitive> -> <sensitive>']);
  expect(attributes('update', 'vault_kv_secret_v2.payments')).toEqual([
    'data_json_wo: <sensitive> -> <sensitive>',
    'data_json_wo_version: 1 -> 2',
  ]);
  expect(attributes('update', 'vault_mount.shop')).toEqual([
    'description: secrets of shop -> secrets of shop and its partners',
  ]);
  expect(attributes('update', 'vault_token.store')).toEqual(['renew_min_lease: <absent> -> 60']);
});

test('a policy is shown line by line', () => {
  const change = planChanges(recorded('update'), 'shop').find(({ type }) => type === 'vault_policy');
  expect(change?.attributes.map(({ name }) => name)).toEqual(['policy']);
  expect(change?.attributes[0]?.before).toEqual({
    kind: 'lines',
    lines: [
      '# store may read mail: it sends receipts',
      'path "shop/data/mail" {',
      '  capabilities = ["read"]',
      '}',
    ],
  });
});

test('of a new resource what is set is shown, and of what an apply tells only what the configuration sets', () => {
  expect(attributes('create', 'vault_kv_secret_v2.database')).toEqual([
    'data_json_wo: <absent> -> <sensitive>',
    'data_json_wo_version: <absent> -> 1',
    'mount: <absent> -> shop',
    'name: <absent> -> database',
  ]);
  expect(attributes('create', 'vault_approle_auth_backend_role.store')).toContain(
    'backend: <absent> -> <unknown>',
  );
  const container = attributes('create', 'docker_container.store');
  expect(container).toEqual(
    expect.arrayContaining([
      'command: <absent> -> ["serve","--admin-password","(sensitive value)"]',
      'env: <absent> -> <unknown>',
      'ports[0].external: <absent> -> <unknown>',
      'ports[0].internal: <absent> -> 8080',
      'upload[0].file: <absent> -> /etc/shop.json',
      'volumes[0].volume_name: <absent> -> plan-shop-data',
    ]),
  );
  // The provider makes them up.
  expect(container.join()).not.toMatch(/\b(id|hostname|bridge|container_logs):/);
});

test('the variables of a container are lines, and what they force is said', () => {
  expect(attributes('replace', 'docker_container.store')).toEqual([
    'env: ["SHOP_CURRENCY=EUR","SHOP_DATABASE=postgres://shop:(sensitive value)@shop-postgres:5432/shop","SHOP_REGION=eu","SHOP_SESSION_SECRET=(sensitive value)"] -> ["SHOP_CURRENCY=CHF","SHOP_DATABASE=postgres://shop:(sensitive value, changed)@shop-postgres:5432/shop","SHOP_REGION=eu","SHOP_SESSION_SECRET=(sensitive value, changed)"] !',
  ]);
});

test('drift is told apart from changes, and not where a provider writes nothing in another way', () => {
  expect(planDrift(recorded('drift'), 'shop').map(({ action, address }) => `${action} ${address}`)).toEqual([
    'update vault_kv_secret_v2.mail',
    'update vault_policy.billing',
    'update vault_policy.store',
  ]);
  expect(attributes('drift', 'vault_policy.store', planDrift)).toEqual([
    'policy: ["path \\"shop/data/mail\\" {","  capabilities = [\\"read\\"]","}"] -> ["path \\"shop/data/mail\\" {","  capabilities = [\\"read\\", \\"delete\\"]","}"]',
  ]);
  expect(planDrift(recorded('update'), 'shop')).toEqual([]);
});

test('nothing is told of a plan in which nothing changes', () => {
  expect(planChanges(recorded('same'), 'shop')).toEqual([]);
  expect(planDrift(recorded('same'), 'shop')).toEqual([]);
});

test.each(RECORDED_PLANS)('no secret of the plan %s is in anything that is read of it', (name) => {
  const plan = recorded(name);
  const read = JSON.stringify([planChanges(plan, 'shop'), planDrift(plan, 'shop'), planNote(plan, 'shop')]);
  expect(read.match(MADE_UP)).toBeNull();
});

test('the plans do hold what is looked for', () => {
  const held = (name: RecordedPlan) => [...new Set(recordedPlan(name).match(MADE_UP))].sort();
  expect(held('create')).toEqual(['made-up-admin-word', 'made-up-smtp-word', 'made-up-supplied-word-2']);
  expect(held('update')).toEqual(
    expect.arrayContaining([
      'made-up-supplied-word-1',
      'made-up-supplied-word-2',
      's.MadeUpMadeUpMadeUpMadeUp',
    ]),
  );
  expect(held('replace')).toEqual(
    expect.arrayContaining([
      'made-up-db-word-1',
      'made-up-db-word-2',
      'made-up-session-word-1',
      'made-up-session-word-2',
    ]),
  );
  expect(held('delete')).toEqual(['Made-Up-Generated-Value-1', 'Made-Up-Hash-1']);
});

test('a secret that Terraform marks in one place is hidden in all others', () => {
  const rest = {
    configuration: { root_module: { variables: { word: { sensitive: true } } } },
    variables: { word: { value: 'made-up-word' } },
  };
  const after = { name: 'shop', labels: { note: 'is made-up-word here' }, command: ['made-up-word'] };
  expect(attributesOf({ actions: ['create'], before: null, after }, rest)).toEqual([
    'command: <absent> -> ["(sensitive value)"]',
    'labels.note: <absent> -> is (sensitive value) here',
    'name: <absent> -> shop',
  ]);
});

test('what would turn a terminal or a page upside down is written out', () => {
  const change = changeOf({
    address: 'a.b["\u001b[31m"]',
    type: 'a',
    before: { text: 'a', '\u202e': 'b' },
    after: { text: '\u0007</details>', '\u202e': 'c' },
  });
  expect(change.address).toBe('a.b["\\u{1b}[31m"]');
  expect(change.attributes.map(shortly)).toEqual(['text: a -> \\u{7}</details>', '["\\\\u{202e}"]: b -> c']);
});

test('names that every object has are names like others', () => {
  const before = JSON.parse('{"__proto__": {"a": "1"}, "constructor": "b", "toString": "c"}');
  const after = JSON.parse('{"__proto__": {"a": "2"}, "constructor": "c", "toString": "c"}');
  expect(attributesOf({ before, after, after_sensitive: {}, after_unknown: {} })).toEqual([
    '__proto__.a: 1 -> 2',
    'constructor: b -> c',
  ]);
  expect(attributesOf({ before, after, after_sensitive: JSON.parse('{"__proto__": true}') })).toEqual([
    '__proto__: <sensitive> -> <sensitive>',
    'constructor: b -> c',
  ]);
});

test('what a provider fills in of a block that is declared is no drift', () => {
  const volume = (read_only: boolean | null) => ({
    container_path: '/certs',
    volume_name: 'certs',
    read_only,
  });
  const drifted = (from: boolean | null, to: boolean | null) =>
    planDrift(
      planOf([], {
        resource_drift: [
          madeChange({ before: { volumes: [volume(from)] }, after: { volumes: [volume(to)] } }),
        ],
        configuration: {
          root_module: {
            resources: [
              {
                address: 'docker_container.store',
                mode: 'managed',
                type: 'docker_container',
                name: 'store',
                expressions: { volumes: [{ container_path: { constant_value: '/certs' } }] },
              },
            ],
          },
        },
      }),
      'shop',
    ).flatMap(({ attributes: all }) => all.map(shortly));
  expect(drifted(null, false)).toEqual([]);
  expect(drifted(true, false)).toEqual(['volumes[0].read_only: true -> false']);
  expect(drifted(null, true)).toEqual(['volumes[0].read_only: <absent> -> true']);
});

test('5,000 changes are read without a secret of any', () => {
  const changes = Array.from({ length: 5000 }, (_, i) => ({
    address: `docker_container.store[${i}]`,
    actions: ['delete', 'create'],
    before: {
      name: `store-${i}`,
      env: ['A=1', 'B=2', `C_TOKEN=made-up-${i}`],
      ports: [{ internal: 1 }],
      image: 'a',
    },
    after: {
      name: `store-${i}`,
      env: ['A=1', 'B=3', `C_TOKEN=made-up-${i + 1}`],
      ports: [{ internal: 2 }],
      image: 'a',
    },
    after_sensitive: { env: [false, false, false] },
    replace_paths: [['env']],
  }));
  const plan = planOf(changes);
  const read = planChanges(plan, 'shop');
  expect(read).toHaveLength(5000);
  expect(JSON.stringify(read)).not.toContain('made-up');
});
