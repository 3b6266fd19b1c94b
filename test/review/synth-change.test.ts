import { ACTIONS, type ResourceChange } from '../../review/resource-change';
import { synthChange } from '../../review/synth-change';
import { SHOP, shopWith, stack } from './made-change';

type Change = Parameters<typeof shopWith>[0];

function changes(change: Change, more: object = {}): readonly ResourceChange[] {
  return synthChange([stack('shop', SHOP)], [stack('shop', shopWith(change), more)]).resources;
}

const told = (all: readonly ResourceChange[]) => all.map(({ action, address }) => `${action} ${address}`);

test('the same synth twice changes nothing', () => {
  expect(synthChange([stack('shop', SHOP)], [stack('shop', SHOP)])).toEqual({ resources: [], others: [] });
});

test.each<[string, object]>([
  ['what cdktf notes down', { '//': { metadata: { path: 'shop/store', uniqueId: 'store' } } }],
  ['the order of applying', { depends_on: ['docker_network.shop'] }],
  ['what is checked', { lifecycle: { precondition: [{ condition: 'true', error_message: 'no' }] } }],
  ['what is not set', { hostname: null }],
])('%s is no change', (_, attributes) => {
  expect(changes({ 'docker_container.store': attributes })).toEqual([]);
});

test('resources are told by stack and address', () => {
  const before = [stack('b', { x: { one: { a: 1 }, two: { a: 1 } } }), stack('a', {})];
  const after = [stack('a', { x: { z: {}, y: {} } }), stack('b', { x: { two: { a: 2 } } })];
  const { resources } = synthChange(before, after);
  expect(resources.map(({ stack: of, action, address }) => [of, action, address])).toEqual([
    ['a', 'create', 'x.y'],
    ['a', 'create', 'x.z'],
    ['b', 'delete', 'x.one'],
    ['b', 'update', 'x.two'],
  ]);
  expect(ACTIONS).toContain('create');
});

test('attributes are told one by one, with what they were and are', () => {
  const [change] = changes({ 'vault_policy.store': { policy: 'path "a" {\n}\n' } });
  expect(change?.attributes).toEqual([
    {
      name: 'policy',
      before: { kind: 'lines', lines: ['path "shop/data/mail" {', '  capabilities = ["read"]', '}'] },
      after: { kind: 'lines', lines: ['path "a" {', '}'] },
      forcesReplacement: false,
    },
  ]);
});

test('the variables of a container are lines, and their secrets are not shown', () => {
  const env = ['CURRENCY=CHF', 'DB_PASSWORD=hunter2', 'REGION=eu', 'ROLE=shop-store'];
  const [change] = changes({ 'docker_container.store': { env } });
  expect(JSON.stringify(change)).not.toContain('hunter2');
  expect(change?.attributes).toMatchObject([
    {
      name: 'env',
      after: { lines: ['CURRENCY=CHF', 'DB_PASSWORD=(sensitive value)', 'REGION=eu', 'ROLE=shop-store'] },
      forcesReplacement: true,
    },
  ]);
});

test.each<[string, Change]>([
  ['what is only written', { 'vault_kv_secret_v2.mail': { data_json_wo: '{"password":"hunter3"}' } }],
  ['what KV keeps', { 'vault_kv_secret_v2.bills': { data_json: '{"text":"hunter3"}' } }],
  ['what is called a secret', { 'docker_container.store': { token: 'hunter3' } }],
  ['what has the form of one', { 'docker_container.store': { command: ['postgres://u:hunter3@db/x'] } }],
  ['what is in a text of several lines', { 'docker_container.store': { note: 'a\npassword = "hunter3"' } }],
])('a secret is told as changed and never shown: %s', (_, change) => {
  const found = changes(change);
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toMatch(/hunter[23]/);
});

test('a secret that was there is not shown where its resource goes', () => {
  const [change] = changes({ 'vault_kv_secret_v2.mail': undefined });
  expect(change?.attributes).toContainEqual({
    name: 'data_json_wo',
    before: { kind: 'sensitive' },
    after: { kind: 'absent' },
    forcesReplacement: false,
  });
});

test.each<[string, Change, string | undefined]>([
  ['a volume has another name', { 'docker_volume.data': { name: 'other' } }, 'name'],
  ['a network has another name', { 'docker_network.shop': { name: 'other' } }, 'name'],
  ['anybody may attach to a network', { 'docker_network.shop': { attachable: true } }, 'attachable'],
  ['a mount is in another namespace', { 'vault_mount.shop': { namespace: 'team' } }, 'namespace'],
  ['a mount is of another type', { 'vault_mount.shop': { type: 'transit' } }, 'type'],
  ['a mount moves', { 'vault_mount.shop': { path: 'other' } }, undefined],
  ['a container has another image', { 'docker_container.store': { image: 'shop/store:2' } }, 'image'],
  ['a container restarts otherwise', { 'docker_container.store': { restart: 'always' } }, undefined],
])('what a provider cannot change is replaced: %s', (_, change, attribute) => {
  const [found] = changes(change);
  expect(found).toMatchObject({ action: 'update' });
  expect(found?.reason).toBe(attribute && `replaced, since its provider cannot change '${attribute}'`);
  expect(found?.attributes.some(({ forcesReplacement }) => forcesReplacement)).toBe(attribute !== undefined);
});

test('that several attributes force its replacement is said in one line', () => {
  const [found] = changes({ 'docker_container.store': { image: 'a', user: 'b', name: 'c' } });
  expect(found?.reason).toBe("replaced, since its provider cannot change 'image' and 2 more");
});

test('what is moved, imported and left keeps what it holds', () => {
  const change = {
    'docker_volume.data': undefined,
    'docker_volume.moved': { name: 'shop-data' },
    'docker_network.shop': undefined,
    'vault_policy.taken': { name: 'taken', policy: '' },
  };
  const more = {
    moved: [{ from: 'docker_volume.data', to: 'docker_volume.moved' }],
    removed: [{ from: '${docker_network.shop}', lifecycle: { destroy: false } }],
    import: [{ to: 'vault_policy.taken', id: 'taken/hvs.CAESIJ1234567890abcdefghijklmn' }],
  };
  const found = changes(change, more);
  expect(told(found)).toEqual([
    'forget docker_network.shop',
    'move docker_volume.moved',
    'import vault_policy.taken',
  ]);
  expect(found[1]).toMatchObject({ movedFrom: 'docker_volume.data', attributes: [] });
  expect(found[2]).toMatchObject({ importedFrom: 'taken/(sensitive value)' });
});

test('a move to where something was already is none', () => {
  const before = stack('shop', { docker_volume: { old: { name: 'a' }, now: { name: 'b' } } });
  const moved = [{ from: 'docker_volume.old', to: 'docker_volume.now' }];
  const after = stack('shop', { docker_volume: { now: { name: 'b' } } }, { moved });
  expect(told(synthChange([before], [after]).resources)).toEqual(['delete docker_volume.old']);
});

test('of a stack that is gone nothing is deleted: no apply knows it', () => {
  const { resources } = synthChange([stack('shop', SHOP)], []);
  expect(new Set(resources.map(({ action }) => action))).toEqual(new Set(['forget']));
  expect(resources[0]).toMatchObject({
    reason: 'its stack is declared no longer, so nothing deletes it',
    isLeftBehind: true,
  });
});

test('what is no resource is told apart', () => {
  const before = stack('shop', {}, { provider: { vault: [{ address: 'https://a', token: 'hvs.old' }] } });
  const after = stack(
    'shop',
    {},
    {
      provider: { vault: [{ address: 'https://b', token: 'hvs.new' }] },
      terraform: { backend: { pg: { schema_name: 'shop' } } },
      output: { password: { value: 'hunter2', sensitive: true } },
    },
  );
  const { resources, others } = synthChange([before], [after]);
  expect(resources).toEqual([]);
  expect(told(others)).toEqual([
    'create output.password',
    'update provider.vault',
    'create terraform.backend',
  ]);
  expect(JSON.stringify(others)).not.toMatch(/hvs\.|hunter2/);
});

test('a construct is named where cdktf made it', () => {
  const metadata = { path: 'shop/store/Resource', uniqueId: 'store' };
  const [change] = changes({ 'vault_policy.more': { name: 'more', '//': { metadata } } });
  expect(change?.constructPath).toBe('shop/store/Resource');
});
