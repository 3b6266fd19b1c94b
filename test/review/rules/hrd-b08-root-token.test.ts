import { loadPolicyParser } from '../../../policies/policy-text';
import { rootToken } from '../../../review/rules/hrd-b08-root-token';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ command: ['server', '-dev'] }],
  [{ command: undefined }],
  [{ image: 'openbao/openbao:2.5.5', command: ['server', '-dev-no-store-token'] }],
  [{ image: 'our/own:1.0.0', entrypoint: ['/bin/sh', '-c'], command: ['umask 077; exec bao server -dev'] }],
])('%j is a server for development', (container) => {
  expect(seenOf(rootToken, { container })).toEqual([
    'docker_container.server: the server runs in development mode: unsealed, in memory, with a root token that is known',
  ]);
});

test.each(['VAULT_TOKEN', 'BAO_TOKEN', 'VAULT_DEV_ROOT_TOKEN_ID'])(
  '%s of a container is found, untold',
  (name) => {
    const docker_container = { crm: { name: 'crm', image: 'crm:1.0.0', env: [`${name}=a-secret`] } };
    expect(seenOf(rootToken, { resource: { docker_container } })).toEqual([
      `docker_container.crm: '${name}' is written out`,
    ]);
  },
);

test('a token of the provider is found, untold', () => {
  expect(seenOf(rootToken, { vault: { token: 'a-secret' } })).toEqual([
    "provider.vault: 'token' is written out",
  ]);
});

test('whoever has the policy root is found', () => {
  const vault_token = { ops: { policies: ['root'], display_name: 'ops' } };
  const found = seenOf(rootToken, { resource: { vault_token } });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^vault_token\.ops: token '.*' has the policy root$/);
});

test.each([
  ['a variable', { vault: { token: '${var.token}' } }],
  ['a token that is taken when the stack is applied', { container: { env: ['VAULT_TOKEN=${var.token}'] } }],
  ['no token', { container: { env: ['VAULT_TOKEN='] } }],
  [
    'an agent for development',
    { resource: { docker_container: { a: { image: 'vault:1.17.6', command: ['agent', '-dev'] } } } },
  ],
  [
    'a program that is called alike',
    { resource: { docker_container: { a: { image: 'dev/vault-ui:1.0.0' } } } },
  ],
])('%s is not', (_, declared) => {
  expect(seenOf(rootToken, declared)).toEqual([]);
});
