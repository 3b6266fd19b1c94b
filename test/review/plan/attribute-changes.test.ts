import { attributesOf, changeOf } from './changed-plan';

/** A configuration that sets some attributes of the resource. */
const configured = (...names: readonly string[]): object => ({
  configuration: {
    root_module: {
      resources: [
        {
          address: 'docker_container.store',
          mode: 'managed',
          type: 'docker_container',
          name: 'store',
          expressions: Object.fromEntries(names.map((name) => [name, {}])),
        },
      ],
    },
  },
});

test('maps and blocks are taken apart, and what stays is left out', () => {
  const before = {
    labels: { a: '1', b: '1', c: '1' },
    healthcheck: [{ test: ['a'], retries: 3 }],
    name: 'x',
  };
  const after = { labels: { a: '1', b: '2', d: '1' }, healthcheck: [{ test: ['b'], retries: 3 }], name: 'x' };
  expect(attributesOf({ before, after })).toEqual([
    'healthcheck[0].test: ["a"] -> ["b"]',
    'labels.b: 1 -> 2',
    'labels.c: 1 -> <absent>',
    'labels.d: <absent> -> 1',
  ]);
});

test('a block of a set that stays is the same wherever it is', () => {
  const port = (internal: number, ip = '0.0.0.0') => ({ internal, ip });
  expect(
    attributesOf({
      before: { ports: [port(80), port(443), port(8080)] },
      after: { ports: [port(443, '127.0.0.1'), port(8080), port(9000)] },
    }),
  ).toEqual(['ports[0].ip: 0.0.0.0 -> 127.0.0.1', 'ports[2].internal: 80 -> 9000']);
});

test('of a list in another order that is told', () => {
  const [a, b] = [{ x: 1 }, { x: 2 }];
  expect(attributesOf({ before: { list: [a, b] }, after: { list: [b, a] } })).toEqual([
    'list: ["{ \\"x\\": 1 }","{ \\"x\\": 2 }"] -> ["{ \\"x\\": 2 }","{ \\"x\\": 1 }"]',
  ]);
});

test('what an apply alone can tell is not known, in a part too', () => {
  expect(
    attributesOf({
      before: { id: 'a', env: ['A=1'], list: [{ a: 1, b: 1 }] },
      after: { env: ['A=1', null], list: [{ a: 1 }] },
      after_unknown: { id: true, env: [false, true], list: [{ b: true }] },
    }),
  ).toEqual([
    'env: ["A=1"] -> ["A=1","(known after apply)"]',
    'id: a -> <unknown>',
    'list[0].b: 1 -> <unknown>',
  ]);
});

test('what is sensitive before or after is shown neither before nor after', () => {
  const values = { before: { a: 'x', b: { c: 'x' } }, after: { a: 'y', b: { c: 'y' } } };
  expect(attributesOf({ ...values, before_sensitive: { a: true, b: { c: true } } })).toEqual([
    'a: <sensitive> -> <sensitive>',
    'b.c: <sensitive> -> <sensitive>',
  ]);
  expect(attributesOf({ ...values, after_sensitive: { a: true, b: true } })).toEqual([
    'a: <sensitive> -> <sensitive>',
    'b: <sensitive> -> <sensitive>',
  ]);
  expect(attributesOf({ ...values, after_sensitive: true })).toEqual([': <sensitive> -> <sensitive>']);
});

test('a sensitive item of a list is hidden there, and told where it changes', () => {
  expect(
    attributesOf({
      before: { env: ['A=1', 'made-up-1', 'C=3'] },
      after: { env: ['A=2', 'made-up-2', 'C=3'] },
      before_sensitive: { env: [false, true, false] },
      after_sensitive: { env: [false, true, false] },
    }),
  ).toEqual(['env: ["A=1","(sensitive value)","C=3"] -> ["A=2","(sensitive value, changed)","C=3"]']);
});

test.each(['password', 'db_password', 'clientSecret', 'api_key', 'write_token', 'webhook_url'])(
  'an attribute that is called %s holds a secret, whatever Terraform says',
  (name) => {
    expect(attributesOf({ before: { [name]: 'a' }, after: { [name]: 'b' } })).toEqual([
      `${name}: <sensitive> -> <sensitive>`,
    ]);
    expect(attributesOf({ before: { settings: { [name]: { x: 'a' } } }, after: { settings: {} } })).toEqual([
      `settings.${name}.x: <sensitive> -> <absent>`,
    ]);
  },
);

test.each([
  'token_policies',
  'secret_id_num_uses',
  'token_bound_cidrs',
  'password_policy',
  'data_json_wo_version',
])('of Vault, %s says what it does and is shown', (name) => {
  expect(attributesOf({ type: 'vault_role', before: { [name]: 1 }, after: { [name]: 2 } })).toEqual([
    `${name}: 1 -> 2`,
  ]);
});

test('a value beside a name that is one of a secret is one, and a file that is called so', () => {
  expect(
    attributesOf({
      actions: ['create'],
      before: null,
      after: {
        env: [
          { name: 'DB_PASSWORD', value: 'made-up' },
          { name: 'DB_HOST', value: 'db' },
        ],
        upload: [
          { file: '/run/secrets/db', content: 'made-up' },
          { file: '/etc/shop/token', content: 'made-up', content_base64: 'bWFkZS11cA==' },
          { file: '/etc/shop.conf', content: 'a=1' },
        ],
      },
    }),
  ).toEqual([
    'env[0].name: <absent> -> DB_PASSWORD',
    'env[0].value: <absent> -> <sensitive>',
    'env[1].name: <absent> -> DB_HOST',
    'env[1].value: <absent> -> db',
    'upload[0].content: <absent> -> <sensitive>',
    'upload[0].file: <absent> -> /run/secrets/db',
    'upload[1].content: <absent> -> <sensitive>',
    'upload[1].content_base64: <absent> -> <sensitive>',
    'upload[1].file: <absent> -> /etc/shop/token',
    'upload[2].content: <absent> -> a=1',
    'upload[2].file: <absent> -> /etc/shop.conf',
  ]);
});

test('what is written and never read is told by its version', () => {
  const at = (version: number | null) => ({ password_wo: null, password_wo_version: version });
  expect(attributesOf({ before: at(1), after: at(2) })).toEqual([
    'password_wo: <sensitive> -> <sensitive>',
    'password_wo_version: 1 -> 2',
  ]);
  expect(attributesOf({ actions: ['create'], before: null, after: at(1) })).toEqual([
    'password_wo: <absent> -> <sensitive>',
    'password_wo_version: <absent> -> 1',
  ]);
  expect(attributesOf({ before: { ...at(1), a: 1 }, after: { ...at(1), a: 2 } })).toEqual(['a: 1 -> 2']);
});

test('of a new resource what nobody set and nobody knows is left out', () => {
  const created = {
    actions: ['create'],
    before: null,
    after: { name: 'a', user: '', read_only: false, ports: [], restart: 'no', labels: null },
    after_unknown: { id: true, image: true, ports: [] },
  };
  expect(attributesOf(created, configured('name', 'image', 'user'))).toEqual([
    'image: <absent> -> <unknown>',
    'name: <absent> -> a',
    'restart: <absent> -> no',
    'user: <absent> -> ""',
  ]);
});

test('of a resource that is updated it is not', () => {
  const updated = { before: { id: 'a' }, after: {}, after_unknown: { id: true } };
  expect(attributesOf(updated, configured('name'))).toEqual(['id: a -> <unknown>']);
});

test('none beside nothing is no change, unless the configuration sets it', () => {
  const change = { actions: ['delete', 'create'], before: { user: '', tty: false, memory: 0 }, after: {} };
  expect(attributesOf(change, configured('image'))).toEqual([]);
  expect(attributesOf(change, configured('user'))).toEqual(['user: "" -> <absent>']);
  expect(attributesOf({ before: { user: 'a' }, after: { user: '' } }, configured('image'))).toEqual([
    'user: a -> ""',
  ]);
});

test('of a block that is set, a part that is none and then nothing is no change', () => {
  const volume = (read_only: boolean | null) => ({ container_path: '/certs', read_only });
  const changed = (from: boolean | null, to: boolean | null) =>
    attributesOf(
      {
        actions: ['delete', 'create'],
        before: { volumes: [volume(from)] },
        after: { volumes: [volume(to)] },
      },
      configured('volumes'),
    );
  expect(changed(false, null)).toEqual([]);
  expect(changed(true, null)).toEqual(['volumes[0].read_only: true -> <absent>']);
  expect(changed(null, false)).toEqual(['volumes[0].read_only: <absent> -> false']);
});

test('a list with many changes is one attribute, and one with few is not', () => {
  const blocks = (length: number, by: number) => ({
    list: Array.from({ length }, (_, i) => ({ n: i + by })),
  });
  expect(changeOf({ before: blocks(300, 0), after: blocks(300, 1000) }).attributes).toHaveLength(1);
  expect(changeOf({ before: blocks(100, 0), after: blocks(100, 1000) }).attributes).toHaveLength(100);
});

test('100,000 items are no matter', () => {
  const list = Array.from({ length: 100_000 }, (_, i) => `item-${i}`);
  const [attribute] = changeOf({ before: { list }, after: { list: [...list, 'more'] } }).attributes;
  expect(attribute?.after).toEqual({
    kind: 'lines',
    lines: ['… 99997 lines that stay the same', 'item-99997', 'item-99998', 'item-99999', 'more'],
  });
});
