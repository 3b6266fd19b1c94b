import { isSecretAttribute, isSecretFile, isSecretValue } from '../../../review/masking/secret-attributes';

test.each<[string, (string | number)[], boolean]>([
  ['vault_approle_auth_backend_role', ['token_policies', 0], false],
  ['docker_container', ['token_policies', 0], true],
  ['docker_container', ['labels', 'token'], true],
  ['docker_container', ['credentials', 'a', 0], true],
  ['docker_container', ['upload', 0, 'content_base64'], true],
  ['docker_container', ['upload', 0, 'content'], false],
  ['docker_config', ['data'], true],
  ['random_string', ['result'], true],
  ['random_string', ['length'], false],
  ['vault_generic_endpoint', ['write_data', 'a'], true],
  ['constructor', ['result'], false],
])('of %s, %j is a secret: %s', (type, path, isIt) => {
  expect(isSecretAttribute(type, path)).toBe(isIt);
});

test.each([
  ['/run/secrets/db', true],
  ['/etc/shop/db_password', true],
  ['/etc/shop/token.txt', true],
  ['/vault/unseal/key', true],
  ['/etc/shop.json', false],
  ['/etc/password_policy.hcl', false],
])('the file %s holds nothing but a secret: %s', (file, isIt) => {
  expect(isSecretFile(file)).toBe(isIt);
});

test.each([
  ['hunter2', true],
  ['"hunter2"', true],
  ['$ecret', true],
  ['{{ "hunter2" }}', true],
  ['0', true],
  ['', false],
  ['""', false],
  ['true', false],
  ['null', false],
  ['[]', false],
  ['$DB_PASSWORD', false],
  ['${var.password}', false],
  ['{{ .Data.password }}', false],
])('%s may be a secret: %s', (value, isIt) => {
  expect(isSecretValue(value)).toBe(isIt);
});
