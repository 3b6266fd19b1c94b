import * as crypto from 'node:crypto';
import { zakupai } from '../../platforms/zakupai';
import { STAGING } from '../helper';
import { PlatformFacts } from './platform-facts';
import { holdsBurntCredential, literalSecrets, placesOfRootToken } from './secrecy';

const facts = new PlatformFacts(zakupai, STAGING);

/** The facts of a platform in whose stacks something was written. */
function withWritten(resource: object): PlatformFacts {
  const stacks = { ...facts.stacks, access: { resource: { type: { name: resource } } } };
  return Object.assign(Object.create(facts), { stacks }) as PlatformFacts;
}

test.each([
  [{ password: 'made-up' }, 'password = made-up'],
  [{ data_json_wo: '${jsonencode({ "api_key" = "made-up" })}' }, 'data_json_wo: api_key = made-up'],
  [{ env: ['LOG_LEVEL=info', 'DB_PASSWORD=made-up'] }, 'env.1 = DB_PASSWORD=made-up'],
  [{ env: ['VAULT_TOKEN=made-up'] }, 'env.0 = VAULT_TOKEN=made-up'],
])('a literal where a secret belongs is found: %j', (resource, found) => {
  expect(literalSecrets(withWritten(resource))).toEqual([`access.resource.type.name.${found}`]);
});

test.each([
  { token: '${vault_token.a.client_token}' },
  { env: ['VAULT_TOKEN=${vault_token.a.client_token}', 'VAULT_TOKEN_FILE=/vault/secrets/token'] },
  { data_json_wo: '${jsonencode({ "password" = ephemeral.random_password.a.result })}' },
])('a reference is no literal: %j', (resource) => {
  expect(literalSecrets(withWritten(resource))).toEqual([]);
});

test('a root token is found, whatever platform it is of', () => {
  expect(placesOfRootToken(facts)).toEqual([]);
  expect(placesOfRootToken(withWritten({ command: ['-x', '-t=shop-dev-root-token'] }))).toEqual([
    'access.resource.type.name.command',
  ]);
});

test('a burnt credential is found inside a longer text', () => {
  const sha256 = crypto.createHash('sha256').update('an-old-password').digest('hex').slice(0, 16);
  const burnt = [{ length: 15, sha256 }];
  expect(holdsBurntCredential('url=postgres://u:an-old-password@host', burnt)).toBe(true);
  expect(holdsBurntCredential('url=postgres://u:a-new-password@host', burnt)).toBe(false);
});
