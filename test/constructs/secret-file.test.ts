import * as fc from 'fast-check';
import { SecretFile } from '../../constructs/secret-file';
import { SecretValue } from '../../constructs/secret-value';
import { testPlatform } from '../helper';
import { render } from './consul-template';

const apps = testPlatform().addMount('apps');
const database = apps.addSecret('database', {
  password: SecretValue.generated(),
});
const mail = apps.addSuppliedSecret('mail');
const password = database.value('password');

/** Text near everything that the language of templates could trip over. */
const text = fc
  .array(
    fc.constantFrom(
      '{',
      '{{',
      '}}',
      '{{ end }}',
      '{{-',
      '$',
      '${',
      '%{',
      '"',
      "'",
      '\\',
      '\n',
      '`',
      'a',
      ' ',
    ),
    {
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.join(''));

test('the bare value is what *_FILE variables expect', () => {
  const file = SecretFile.value('password', password);
  expect([file.path, file.secrets, file.variables]).toEqual(['/vault/secrets/password', [database], []]);
  expect(file.template).toBe('{{ with secret "apps/data/database" }}{{ .Data.data.password }}{{ end }}');
});

test('text has values in it', () => {
  const file = SecretFile.text('app.conf', ['password="', password, '" # {{ kept }}\n']);
  expect(file.secrets).toEqual([database]);
  expect(file.template).toMatchInlineSnapshot(`
    "password="{{ with secret "apps/data/database" }}{{ .Data.data.password }}{{ end }}" # {{ "{{" }} kept }}
    "
  `);
  expect(render(file.template, { 'apps/data/database': { password: 'x{{y' } })).toBe(
    'password="x{{y" # {{ kept }}\n',
  );
});

test('text without values needs no secret', () => {
  expect(SecretFile.text('app.conf', ['a = 1\n'])).toMatchObject({
    secrets: [],
    template: 'a = 1\n',
  });
});

test('text is rendered as it was written, also beside values and beside other text', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.constant(password)), { maxLength: 6 }), text, (parts, secret) => {
      const { template } = SecretFile.text('app.conf', parts);
      const expected = parts.map((part) => (typeof part === 'string' ? part : secret)).join('');
      expect(render(template, { 'apps/data/database': { password: secret } })).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test('variables are shell assignments, one a line', () => {
  const file = SecretFile.variables('env', {
    DB_PASSWORD: password,
    MAIL_USER: mail.value('user'),
  });
  expect([file.secrets, file.variables]).toEqual([
    [database, mail],
    ['DB_PASSWORD', 'MAIL_USER'],
  ]);
  expect(file.template).toMatchInlineSnapshot(`
    "DB_PASSWORD='{{ with secret "apps/data/database" }}{{ .Data.data.password | replaceAll "'" "'\\\\''" }}{{ end }}'
    MAIL_USER='{{ with secret "apps/data/mail" }}{{ .Data.data.user | replaceAll "'" "'\\\\''" }}{{ end }}'
    "
  `);
});

test('all keys of a secret that a shell can read become variables', () => {
  const names = ['PATH', 'IFS', 'ENV', 'BASH_ENV', 'LD_PRELOAD', 'VAULT_ADDR', 'BAO_TOKEN'];
  const harmful = Object.fromEntries(names.map((name) => [name, 'x']));
  const file = SecretFile.allVariables('env', mail);
  expect([file.secrets, file.variables]).toEqual([[mail], []]);
  expect(
    render(file.template, {
      'apps/data/mail': {
        HOST: 'mx',
        NOTE: "it's",
        'api-key': 'x',
        'A;id': 'x',
        'B\nid': 'x',
        MY_PATH: '/x',
        ...harmful,
      },
    }),
  ).toBe("HOST='mx'\nMY_PATH='/x'\nNOTE='it'\\''s'\n");
});

test.each([
  ['an identifier', 'user'],
  ['no identifier', 'api-key'],
])('a key that is %s is rendered, and stops the agent when it is missing', (_, key) => {
  const { template } = SecretFile.value('file', mail.value(key));
  expect(render(template, { 'apps/data/mail': { [key]: "it's" } })).toBe("it's");
  expect(() => render(template, { 'apps/data/mail': { other: 'x' } })).toThrow(`no key ${key}`);
  const { template: variables } = SecretFile.variables('env', { A: mail.value(key) });
  expect(render(variables, { 'apps/data/mail': { [key]: "it's" } })).toBe("A='it'\\''s'\n");
});

test.each(['user', 'api-key'])('a quoted value of %s is JSON, an integer one a whole number', (key) => {
  const value = mail.value(key);
  const quoted = SecretFile.text('a.yaml', ['a: ', SecretFile.quoted(value)]);
  const integer = SecretFile.text('a.yaml', ['a: ', SecretFile.integer(value)]);
  const rendered = (file: SecretFile, text: string) =>
    render(file.template, { 'apps/data/mail': { [key]: text } });
  expect(quoted.secrets).toEqual([mail]);
  expect(quoted.template).toContain(' | toJSON }}');
  expect(integer.template).toContain(' | parseInt }}');
  expect(JSON.parse(rendered(quoted, '"\\\n<{{').slice(3))).toBe('"\\\n<{{');
  expect(rendered(integer, '5432')).toBe('a: 5432');
  expect(() => rendered(integer, '1\nb: 2')).toThrow('no whole number');
});

test('the text beside the values is known, so that no credential hides in it', () => {
  expect(SecretFile.text('app.conf', ['a = 1\n', password, '\n']).literals).toEqual(['a = 1\n', '\n']);
});
