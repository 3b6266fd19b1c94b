import { loadPolicyParser } from '../../../policies/policy-text';
import { runsOnRoot } from '../../../review/rules/wir014-runs-on-root';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const TOKENS = {
  vault_token: { root: { policies: ['root'], display_name: 'ops' }, crm: { policies: ['crm'] } },
};

test.each([
  [
    'a token with the policy root',
    { env: { VAULT_TOKEN: '${vault_token.root.client_token}' }, resource: TOKENS },
    'the token of vault_token.root, which has the policy root',
  ],
  [
    'a container that is not told where Vault is',
    { env: { VAULT_ADDR: undefined, VAULT_TOKEN: '${var.root_token}' } },
    'a root token, by its name',
  ],
  [
    'a variable that is called so',
    { env: { BAO_TOKEN: '${var.vault_root_token}' } },
    'a root token, by its name',
  ],
  [
    'the token that the server is started with',
    {
      env: { VAULT_TOKEN: '${var.start}' },
      server: { command: ['server', '-dev', '-dev-root-token-id=${var.start}'] },
    },
    'the root token of the server',
  ],
])('%s is found', (_, declared, why) => {
  const seen = wiringSeen(runsOnRoot, declared);
  expect(seen).toEqual([expect.stringMatching(new RegExp(`^app: '(VAULT|BAO)_TOKEN' is ${why}$`))]);
});

test.each([
  ['a token of its own', { env: { VAULT_TOKEN: '${vault_token.crm.client_token}' }, resource: TOKENS }],
  ['a variable', { env: { VAULT_TOKEN: '${var.token}' } }],
  ['a token that is written out, which HRD-B08 tells', { env: { VAULT_TOKEN: 'root' } }],
  ['development', { name: 'shop-development', env: { VAULT_TOKEN: '${var.root_token}' } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(runsOnRoot, declared)).toEqual([]);
});
