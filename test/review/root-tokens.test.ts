import { loadPolicyParser } from '../../policies/policy-text';
import { whyRoot } from '../../review/root-tokens';
import { declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

const server = {
  command: ['server', '-dev', '-dev-root-token-id', 'start'],
  env: ['BAO_DEV_ROOT_TOKEN_ID=begin'],
};
const resource = { vault_token: { root: { policies: ['root'] }, crm: { policies: ['crm'] } } };

test.each([
  ['start', undefined, 'the root token of the server'],
  ['begin', undefined, 'the root token of the server'],
  ['root', undefined, 'a root token, by its name'],
  ['\u27e8var.root_token\u27e9', undefined, 'a root token, by its name'],
  [
    '\u27e8vault_token.root.client_token\u27e9',
    'vault_token.root',
    'the token of vault_token.root, which has the policy root',
  ],
  ['\u27e8vault_token.crm.client_token\u27e9', 'vault_token.crm', undefined],
  ['hvs.another', undefined, undefined],
])('%s is one of root: %s %s', (text, address, why) => {
  expect(whyRoot(declaredWiring({ server, resource }), text, address)).toBe(why);
});
