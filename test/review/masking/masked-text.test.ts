import { KnownSecrets } from '../../../review/masking/known-secrets';
import { isSecretFlag, maskedText, maskedWord } from '../../../review/masking/masked-text';
import { Masking } from '../../../review/masking/masking';

const masking = (): Masking => new Masking(KnownSecrets.none());
const S = '(sensitive value)';
// Put together here, so that nobody takes this file for one that has tokens in it.
const HVS = `hvs.${'CAESI'.repeat(6)}`;
const BAO = `s.${'MadeUp'.repeat(4)}`;
const JWT = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
const KEY = `-----BEGIN EC PRIVATE KEY-----\nMadeUp\n-----END EC PRIVATE KEY-----`;

test.each([
  // By name.
  ['password=hunter2', `password=${S}`],
  ['db_password: hunter2 # the old one', `db_password: ${S}`],
  ['  secret_key = "hunter2"', `  secret_key = ${S}`],
  ['{ token = "hunter2", path = "shop" }', `{ token = ${S}, path = "shop" }`],
  ['"apiKey": "hunter2", "host": "mx"', `"apiKey": ${S}, "host": "mx"`],
  ["'client-secret' => 'hunter2'", `'client-secret' => ${S}`],
  ['export VAULT_TOKEN=hunter2 VAULT_ADDR=x', `export VAULT_TOKEN=${S}`],
  ['PASSWORD="hunter2"tail', `PASSWORD=${S}`],
  ['"{\\"password\\":\\"hunter2\\"}"', `"{\\"password\\":${S}`],
  ['curl -H "X-Vault-Token: hunter2"', `curl -H "X-Vault-Token: ${S}`],
  ['Authorization: Bearer hunter2', `Authorization: ${S}`],
  ['VAULT_DEV_ROOT_TOKEN_ID=hunter2', `VAULT_DEV_ROOT_TOKEN_ID=${S}`],
  ['https://mx/hook?token=hunter2&a=b', `https://mx/hook?token=${S}`],
  ['redis-server --requirepass hunter2 --port 6379', `redis-server --requirepass ${S} --port 6379`],
  ["psql --password 'hunter 2' shop", `psql --password ${S} shop`],
  ['serve --admin-password=hunter2', `serve --admin-password=${S}`],
  ['curl -u shop:hunter2 https://mx', `curl -u shop:${S} https://mx`],
  ["ALTER USER shop PASSWORD 'hunter2';", `ALTER USER shop PASSWORD ${S};`],
  ['requirepass hunter2', `requirepass ${S}`],
  ['user shop on >hunter2 ~*', `user shop on >${S} ~*`],
  ['machine mx login shop password hunter2', `machine mx login shop password ${S}`],
  ['<password>hunter2</password>', `<password>${S}</password>`],
  // By form.
  ['postgres://shop:hunter2@db:5432/shop', `postgres://shop:${S}@db:5432/shop`],
  ['postgres://shop:hunter@2@db/shop', `postgres://shop:${S}@db/shop`],
  ['https://0123456789abcdef0123@mx/x.git', `https://${S}@mx/x.git`],
  ['Server=db;Pwd=hunter2', `Server=db;Pwd=${S}`],
  [`found ${HVS} there`, `found ${S} there`],
  [`found ${BAO} there`, `found ${S} there`],
  [`found ${JWT} there`, `found ${S} there`],
  [`key AKIA${'A1B2'.repeat(4)} there`, `key ${S} there`],
  [`share ${'MadeUp0'.repeat(6)}x= there`, `share ${S} there`],
  ['basicauth.users=shop:$apr1$c2hvcDpo$dW50ZXIyLg/x', `basicauth.users=shop:${S}`],
  [`post https://${'hooks.slack.com'}/services/T0/B0/made-up`, `post https://${S}`],
  ['NEO4J_AUTH=neo4j/hunter2', `NEO4J_AUTH=${S}`],
  ['https://mx/blob?sv=1&sig=hunter2', `https://mx/blob?sv=1&sig=${S}`],
  ['Proxy: Basic c2hvcDpodW50ZXIy', `Proxy: Basic ${S}`],
])('hides what is secret in: %s', (text, shown) => {
  expect(maskedText(text, masking())).toEqual([shown]);
});

test.each([
  ['PASSWORD_FILE=/run/secrets/db'],
  ['POSTGRES_PASSWORD=${DB_PASSWORD}'],
  ['token = ""'],
  ['token: null'],
  ['password = {{ .Data.data.password }}'],
  ['use_token = true'],
  ['path "shop/data/password" {'],
  ['capabilities = ["create", "update"]'],
  ['allowed_parameters = { "token" = [] }'],
  ['token_ttl = 3600'],
  ['VAULT_ADDR=https://vault:8200'],
  ['http://shop:8080/orders?page=2'],
  ['redis://cache:6379/0'],
  ['image@sha256:2b1d0e1b5a6f7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f90a1b2c3'],
  ['serve --token-file /run/token'],
  ['if [ "$TOKEN" = "" ]; then'],
])('leaves as it is: %s', (text) => {
  expect(maskedText(text, masking())).toEqual([text]);
});

test.each([
  ['a secret of several lines in HCL', 'password = <<EOT\nhunter2\nEOT'],
  ['a secret of several lines in YAML', 'password: |\n  hunter2'],
  ['a secret below its name', 'password:\n  hunter2'],
  ['secrets in a list that goes on', 'passwords = [\n  "hunter2",\n]'],
  ['a quote that goes on', 'password = "hunter\n2"'],
  ['a line that goes on', 'password=hun\\\nter2'],
  ['an address that is found by its form alone', `${'a'.repeat(40)}://shop:hunter2@db`],
  ['a private key that is cut off', `${KEY.slice(0, 40)}`],
])('shows nothing of %s', (_, text) => {
  expect(maskedText(text, masking())).toBeUndefined();
});

test('a private key goes from its beginning to its end', () => {
  expect(maskedText(`cert\n${KEY}\nend`, masking())).toEqual(['cert', S, 'end']);
});

test('remarks of a policy are for people, and still have no tokens in them', () => {
  const text = `# may rotate token: all of shop\n# ${HVS}\ntoken = "hunter2"`;
  expect(maskedText(text, masking(), { hasRemarks: true })).toEqual([
    '# may rotate token: all of shop',
    `# ${S}`,
    `token = ${S}`,
  ]);
});

test('what is passed over as a remark is searched elsewhere', () => {
  const [text, of] = ['# token: hunter2', masking()];
  expect(maskedText(text, of, { hasRemarks: true })).toEqual([text]);
  expect(maskedText(text, of)).toEqual([`# token: ${S}`]);
});

test('all of a variable is its value', () => {
  expect(maskedWord('DB_PASSWORD="hunter2" or more\nand more', masking())).toBe(`DB_PASSWORD=${S}`);
  expect(maskedWord('DB_PASSWORD=', masking())).toBe('DB_PASSWORD=');
  expect(maskedWord('DB_HOST=postgres', masking())).toBe('DB_HOST=postgres');
});

test.each([
  ['--password', true],
  ['-admin-token', true],
  ['--password-file', false],
  ['password', false],
  ['--port', false],
])('after the word %s comes a secret: %s', (word, isSecret) => {
  expect(isSecretFlag(word)).toBe(isSecret);
});

test('a secret that is another one afterwards is marked so, and one that is the same is not', () => {
  const of = masking();
  expect(maskedText('password=one\ntoken=two', of)).toEqual([`password=${S}`, `token=${S}`]);
  of.after();
  expect(maskedText('password=other\ntoken=two', of)).toEqual([
    'password=(sensitive value, changed)',
    `token=${S}`,
  ]);
});

test('what is too long to be searched is not shown, and told where it changes', () => {
  const of = masking();
  expect(maskedText(`a\n${'b'.repeat(3000)}`, of)).toEqual(['a', '(not shown: 3000 characters)']);
  of.after();
  expect(maskedText(`a\n${'c'.repeat(3000)}`, of)).toEqual(['a', '(not shown: 3000 characters, changed)']);
  expect(maskedText('x'.repeat(2_000_000), masking())).toEqual(['(not shown: 2000000 characters)']);
});

test.each([
  ['a.'.repeat(950)],
  [' '.repeat(1900)],
  [`${'a.'.repeat(940)}://`],
  ['password=" '.repeat(170)],
  ['user a> '.repeat(230)],
  ['a://b:a '.repeat(230)],
  [`a://b:${'x@'.repeat(900)}`],
  ['-u '.repeat(600)],
  ["password '".repeat(190)],
  ['\\'.repeat(1900)],
  ['eyJ'.repeat(600)],
])('a text written to be slow is not: %.20s', (line) => {
  const text = Array.from({ length: 50 }, () => line).join('\n');
  expect(maskedText(text, masking())).toHaveLength(50);
});
