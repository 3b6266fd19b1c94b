import { KnownSecrets } from '../../../review/masking/known-secrets';
import { Masking } from '../../../review/masking/masking';
import type { Json } from '../../../review/plan/plan';
import { JsonPrinter, secretKeysOf } from '../../../review/plan/printed-json';

const printer = () => new JsonPrinter(new Masking(KnownSecrets.none()), 'a', ['x']);
const side = (value: Json, sensitive?: Json, unknown?: Json) => ({ value, sensitive, unknown });

test('a text of JSON is printed key by key, without secrets', () => {
  const text =
    '{"host":"db","password":"made-up","list":["a","TOKEN=made-up",{"key":1}],"none":{},"token":null}';
  expect(printer().text(text)).toEqual([
    '{',
    '  "host": "db",',
    '  "password": (sensitive value),',
    '  "list": [',
    '    "a",',
    '    "TOKEN=(sensitive value)",',
    '    {',
    '      "key": 1',
    '    }',
    '  ],',
    '  "none": {},',
    '  "token": null',
    '}',
  ]);
});

test.each([
  'a',
  '"a"',
  '1',
  '{',
  '{a}',
  `${'['.repeat(200)}${']'.repeat(200)}`,
  `["${'a'.repeat(300_000)}"]`,
])('other texts are none: %.20s', (text) => {
  expect(printer().text(text)).toBeUndefined();
});

test('each item of a list is a line, and of a map each key', () => {
  expect(printer().items(side(['a', 1, { b: [2] }, null, 'PASSWORD=made-up']))).toEqual([
    'a',
    '1',
    '{ "b": [ 2 ] }',
    'null',
    'PASSWORD=(sensitive value)',
  ]);
  expect(printer().items(side({ a: 'b', token: 'made-up' }))).toEqual([
    'a = "b"',
    'token = (sensitive value)',
  ]);
});

test('masks of Terraform are obeyed', () => {
  const value = side(
    ['a', 'made-up', null, { b: 'made-up', c: 1 }],
    [false, true, false, { b: true }],
    [false, false, true],
  );
  expect(printer().items(value)).toEqual([
    'a',
    '(sensitive value)',
    '(known after apply)',
    '{ "b": (sensitive value), "c": 1 }',
  ]);
});

test('a word may say that the next one is a secret', () => {
  expect(
    printer().items(side(['serve', '--token', 'made-up', '--port', '80', '--password', '--verbose'])),
  ).toEqual(['serve', '--token', '(sensitive value)', '--port', '80', '--password', '--verbose']);
});

test('what stands beside the name of a secret is hidden in JSON too', () => {
  expect(printer().text('[{"name":"DB_PASSWORD","value":"made-up"}]')?.join('')).toBe(
    '[  {    "name": "DB_PASSWORD",    "value": (sensitive value)  }]',
  );
});

test.each<[Json, string[]]>([
  [{ name: 'DB_PASSWORD', value: 'x' }, ['value', 'Value', 'default']],
  [{ label: 'token', value: 'x' }, ['value', 'Value', 'default']],
  [{ file: '/run/secrets/a', content: 'x' }, ['content', 'contents', 'data', 'text']],
  [{ name: 'DB_HOST', value: 'x' }, []],
  [{ file: '/etc/a', content: 'x' }, []],
  [['name'], []],
  [null, []],
])('of %j these keys are secret: %j', (value, keys) => {
  expect([...secretKeysOf(value)]).toEqual(keys);
});

test('a key that is a token is none that is shown', () => {
  expect(printer().text('{"hvs.madeupmadeup1":1}')).toEqual(['{', '  "(sensitive value)": 1', '}']);
  expect(printer().items(side({ 'hvs.madeupmadeup1': 'a' }))).toEqual(['(sensitive value) = "a"']);
});
