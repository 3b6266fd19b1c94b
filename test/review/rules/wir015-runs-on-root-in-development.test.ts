import { loadPolicyParser } from '../../../policies/policy-text';
import { runsOnRootInDevelopment } from '../../../review/rules/wir015-runs-on-root-in-development';
import { DEVELOPMENT, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const TOKENS = {
  vault_token: { root: { policies: ['root'], display_name: 'ops' }, crm: { policies: ['crm'] } },
};

const name = 'shop-development';

test.each([
  [
    'the token that the server is started with',
    { env: { VAULT_TOKEN: 'start' }, server: DEVELOPMENT },
    'the root token of the server',
  ],
  [
    'the same in a variable of the server',
    { env: { VAULT_TOKEN: 'begin' }, server: { command: undefined, env: ['VAULT_DEV_ROOT_TOKEN_ID=begin'] } },
    'the root token of the server',
  ],
  ['a token that is called so', { env: { VAULT_TOKEN: 'root' } }, 'a root token, by its name'],
  [
    'a token with the policy root',
    { env: { VAULT_TOKEN: '${vault_token.root.client_token}' }, resource: TOKENS },
    'the token of vault_token.root, which has the policy root',
  ],
])('%s is found, untold', (_, declared, why) => {
  expect(wiringSeen(runsOnRootInDevelopment, { name, ...declared })).toEqual([
    `app: 'VAULT_TOKEN' is ${why}`,
  ]);
});

test.each([
  ['a token of its own', { name, env: { VAULT_TOKEN: '${vault_token.crm.client_token}' }, resource: TOKENS }],
  ['another token', { name, env: { VAULT_TOKEN: 'another' }, server: DEVELOPMENT }],
  ['no token', { name, env: { VAULT_TOKEN: '' }, server: DEVELOPMENT }],
  [
    "the server's own variable",
    { name, server: { command: undefined, env: ['VAULT_TOKEN=root', 'VAULT_ADDR=http://127.0.0.1:8200'] } },
  ],
  ['production', { env: { VAULT_TOKEN: '${var.root_token}' } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(runsOnRootInDevelopment, declared)).toEqual([]);
});
