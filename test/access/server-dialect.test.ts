import type { DialectName } from '../../policies/dialect';
import { loadPolicyParser } from '../../policies/policy-text';
import { accessOf, policies } from './declared';

beforeAll(loadPolicyParser);

const image = (name: string) => ({ docker_image: { i: { name } } });

test.each<[string, Record<string, Record<string, unknown>>, DialectName]>([
  ['nothing that tells', {}, 'vault'],
  ['an image of Vault', image('hashicorp/vault:1.20'), 'vault'],
  ['an image of Vault Enterprise', image('hashicorp/vault-enterprise:1.20-ent'), 'vault'],
  ['an image of OpenBao', image('openbao/openbao'), 'openbao'],
  ['its latest one', image('quay.io/openbao/openbao:latest'), 'openbao'],
  ['version 2.5', image('openbao/openbao:2.5.5'), 'openbao-2.5'],
  ['version 2.5 of another image', image('ghcr.io/openbao/openbao-ubi:v2.5.0@sha256:abc'), 'openbao-2.5'],
  ['version 2.6', image('openbao/openbao:2.6.0'), 'openbao'],
  ['version 2', image('openbao/openbao:2'), 'openbao'],
  ['version 2.10', image('openbao/openbao:2.10'), 'openbao'],
  ['version 1.9', image('openbao/openbao:1.9'), 'openbao-2.5'],
  ['a container of it', { docker_container: { c: { image: 'openbao/openbao:2.5.5' } } }, 'openbao-2.5'],
  [
    'a container of an image that is a resource',
    { docker_container: { c: { image: '${docker_image.i.image_id}' } }, ...image('openbao/openbao:2.5.5') },
    'openbao-2.5',
  ],
  [
    'other images',
    { docker_image: { a: { name: 'vaultwarden/server:1' }, b: { name: 'me/my-vault' } } },
    'vault',
  ],
])('%s', (_, resource, expected) => {
  expect(accessOf({ ...policies('a'), ...resource }).dialect.name).toBe(expected);
});

test.each<[string, string, DialectName]>([
  ['vault', 'openbao/openbao:2.5.5', 'vault'],
  ['openbao', 'openbao/openbao:2.5.5', 'openbao-2.5'],
  ['openbao', 'hashicorp/vault:1.20', 'openbao'],
  ['other', 'openbao/openbao:2.5.5', 'openbao-2.5'],
])('where the stack says %s, the image %s makes it %s', (distribution, name, expected) => {
  const access = accessOf({ ...policies('a'), ...image(name) }, { locals: { vault: { distribution } } });
  expect(access.dialect.name).toBe(expected);
});

test('what is given counts where the stacks do not tell', () => {
  expect(accessOf(policies('a'), {}, { dialect: 'openbao' }).dialect.name).toBe('openbao');
  const told = accessOf({ ...policies('a'), ...image('hashicorp/vault:1.20') }, {}, { dialect: 'openbao' });
  expect(told.dialect.name).toBe('vault');
});

test.each<[string, DialectName]>([
  ['openbao/openbao:latest', 'openbao-2.5'],
  ['openbao/openbao:2.6.0', 'openbao'],
])('what is given tells the version of %s where its tag does not', (name, expected) => {
  const access = accessOf({ ...policies('a'), ...image(name) }, {}, { dialect: 'openbao-2.5' });
  expect(access.dialect.name).toBe(expected);
});

test('a policy is read in the dialect', () => {
  const scanning = { vault_policy: { p: { name: 'p', policy: 'path "a" { capabilities = ["scan"] }' } } };
  expect(() => accessOf(scanning)).toThrow(/shop: vault_policy.p: policy 'p':1:\d+: .*scan/);
  expect(accessOf({ ...scanning, ...image('openbao/openbao') }).identities).toHaveLength(1);
});
