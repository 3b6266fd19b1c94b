import { loadPolicyParser } from '../../policies/policy-text';
import { type Container, containersOf } from '../../review/container';
import { identityOf, knowsVariables, variablesOf } from '../../review/container-identity';
import { type DeclaredWiring, declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

function read(declared: DeclaredWiring) {
  const environment = declaredWiring(declared);
  const app = containersOf(environment).find(({ name }) => name === 'crm') as Container;
  return { environment, app };
}
const who = (declared: DeclaredWiring) => {
  const { environment, app } = read(declared);
  const { kind, fullName } = identityOf(environment, app) ?? {};
  return kind && `${kind} ${fullName}`;
};

const resource = { vault_token: { other: { policies: ['crm'], display_name: 'other' } } };
const NO_AGENT = { docker_container: { agent: undefined } };

test.each<[string, DeclaredWiring, string | undefined]>([
  ['its agent', {}, 'role crm'],
  [
    'its own token before its agent',
    { env: { VAULT_TOKEN: '${vault_token.other.client_token}' }, resource },
    'token other',
  ],
  ['the id of a role', { env: { VAULT_ROLE_ID: 'crm' }, resource: NO_AGENT }, 'role crm'],
  [
    'a secret id',
    { env: { SECRET: '${vault_approle_auth_backend_role_secret_id.crm.secret_id}' }, resource: NO_AGENT },
    'role crm',
  ],
  ['nothing', { resource: NO_AGENT }, undefined],
  ['the id of a role that is not declared', { env: { ROLE_ID: 'theirs' }, resource: NO_AGENT }, undefined],
  [
    'a token that an apply alone knows',
    { env: { VAULT_TOKEN: '${var.token}' }, resource: NO_AGENT },
    undefined,
  ],
])('a container is known by %s', (_, declared, expected) => {
  expect(who(declared)).toBe(expected);
});

test('a variable is known with whose attribute it is', () => {
  const { app } = read({
    app: { env: ['A=b=c', 'T=${vault_token.other.client_token}', 'U=x${var.y}', '${var.z}'] },
    resource,
  });
  expect(variablesOf(app).map(({ name, text, block }) => [name, text, block?.address])).toEqual([
    ['A', 'b=c', undefined],
    ['T', '\u27e8vault_token.other.client_token\u27e9', 'vault_token.other'],
  ]);
});

test.each([
  [['A=b', 'C=${var.d}'], true],
  [['A=b', '${var.c}'], false],
  ['${var.env}', false],
])('the names of %j are known: %s', (env, isKnown) => {
  expect(knowsVariables(read({ app: { env } }).app)).toBe(isKnown);
});
