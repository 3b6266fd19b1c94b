import * as fc from 'fast-check';
import { planChanges } from '../../../review/plan/plan-changes';
import { planNote } from '../../../review/plan/plan-note';
import { planOf } from './changed-plan';

/** What people and machines take for passwords: with all that ends a value somewhere. */
const secrets = fc.string({
  unit: fc.constantFrom(...'aB3k9Zq7XwE%@:/?#&$!"\'`\\,;=+-_.~^*()[]{}<>| '),
  minLength: 8,
  maxLength: 24,
});

const quoted = (text: string): string => JSON.stringify(text);
const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Where a secret may stand in what a resource has, by what it is called there. */
const CARRIERS: Readonly<Record<string, (secret: string) => unknown>> = {
  'a variable of a container': (secret) => ({ env: ['A=1', `DB_PASSWORD=${secret}`, 'B=2'] }),
  'a variable in an object': (secret) => ({ env: [{ name: 'DB_PASSWORD', value: secret }] }),
  'a map': (secret) => ({ labels: { 'shop.token': secret } }),
  'an attribute': (secret) => ({ admin_password: secret }),
  'an attribute with parts': (secret) => ({ credentials: { user: 'a', words: [secret, { more: secret }] } }),
  JSON: (secret) => ({ config: JSON.stringify({ a: 1, db: { password: secret } }) }),
  'a list in JSON': (secret) => ({ config: JSON.stringify({ api_keys: ['a', secret] }) }),
  'JSON in JSON': (secret) => ({ config: JSON.stringify({ inner: JSON.stringify({ password: secret }) }) }),
  'JSON in a variable': (secret) => ({ env: [`CONFIG=${JSON.stringify({ password: secret })}`] }),
  'JSON that is cut off': (secret) => ({
    config: JSON.stringify({ password: secret, host: 'a' }).slice(0, -1),
  }),
  HCL: (secret) => ({ config: `listener {\n  password = ${quoted(secret)}\n}\n` }),
  'HCL in one line': (secret) => ({ config: `auth { token = ${quoted(secret)}, path = "a" }` }),
  'HCL with a heredoc': (secret) => ({ config: `password = <<EOT\n${secret}\nEOT\n` }),
  YAML: (secret) => ({ config: `db:\n  password: ${quoted(secret)}\n  host: a\n` }),
  'YAML below a name': (secret) => ({ config: `password:\n  - ${quoted(secret)}\n` }),
  'a file of settings': (secret) => ({ config: `[db]\npassword = ${secret}\nhost = a\n` }),
  'a command': (secret) => ({ command: ['serve', '--admin-password', secret, '--port', '80'] }),
  'a command of one word': (secret) => ({ command: ['serve', `--admin-password=${secret}`] }),
  'a script': (secret) => ({ command: ['sh', '-c', `serve --admin-password ${quoted(secret)} --port 80`] }),
  'a script with single quotes': (secret) => ({
    command: ['sh', '-c', `DB_PASSWORD=${single(secret)} serve`],
  }),
  'a header': (secret) => ({ command: ['curl', '-H', `X-Vault-Token: ${secret}`] }),
  'an address': (secret) => ({ env: [`DB=postgres://shop:${encodeURIComponent(secret)}@db:5432/shop`] }),
  'an address in a text': (secret) => ({
    config: `use postgres://shop:${secret.replaceAll(' ', '')}x@db:5432/shop\n`,
  }),
  'a connection string': (secret) => ({ dsn: `Server=db;Database=shop;Password=${secret};` }),
  'a file': (secret) => ({ upload: [{ file: '/run/secrets/db', content: secret }] }),
  'a value that Terraform marks': (secret) => ({ marked: secret, also: `it is ${secret} here` }),
};

/** Any part of it by which it could be told. */
function partsOf(secret: string): readonly string[] {
  const once = quoted(secret).slice(1, -1);
  const forms = [secret, encodeURIComponent(secret), once, quoted(once).slice(1, -1)];
  return forms.flatMap((form) =>
    Array.from({ length: Math.max(1, form.length - 5) }, (_, i) => form.slice(i, i + 6)).filter((part) =>
      /[aB3k9Zq7XwE].*[aB3k9Zq7XwE].*[aB3k9Zq7XwE]/.test(part),
    ),
  );
}

test.each(Object.entries(CARRIERS))('no secret is shown in %s', (_, carrier) => {
  fc.assert(
    fc.property(secrets, secrets, (one, other) => {
      // Blanks at its ends are none of it in most texts, and an empty one is no secret.
      const [before, after] = [`aB3${one}`.trimEnd(), `Zq7${other}`.trimEnd()];
      const plan = planOf([
        {
          before: carrier(before) as never,
          after: carrier(after) as never,
          before_sensitive: { marked: true },
          after_sensitive: { marked: true },
        },
      ]);
      const read = JSON.stringify([planChanges(plan, 'shop'), planNote(plan, 'shop')]);
      const shown = [...partsOf(before), ...partsOf(after)].filter((part) => read.includes(part));
      expect(shown).toEqual([]);
      // That there is another one is told.
      if (before !== after) expect(planChanges(plan, 'shop')[0]?.attributes.length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});
