import { loadPolicyParser } from '../../../policies/policy-text';
import { twoTokens } from '../../../review/rules/wir013-two-tokens';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  [
    { VAULT_TOKEN: '${var.token}' },
    "'VAULT_TOKEN' and 'VAULT_TOKEN_FILE' are both set: most programs take 'VAULT_TOKEN'",
  ],
  [
    { BAO_TOKEN: '${var.token}' },
    "'BAO_TOKEN' and 'VAULT_TOKEN_FILE' are both set: most programs take 'BAO_TOKEN'",
  ],
])('%j is found', (env, seen) => {
  expect(wiringSeen(twoTokens, { env })).toEqual([`app: ${seen}`]);
});

test.each([
  ['a file alone', {}],
  ['a token alone', { env: { VAULT_TOKEN: '${var.token}', VAULT_TOKEN_FILE: undefined } }],
  ['an empty token', { env: { VAULT_TOKEN: '' } }],
  ['an agent', { agentEnv: { VAULT_TOKEN: '${var.token}', VAULT_TOKEN_FILE: '/vault/secrets/token' } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(twoTokens, declared)).toEqual([]);
});
