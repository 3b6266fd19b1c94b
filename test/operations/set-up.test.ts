import { OPERATOR_POLICY } from '../../constructs/vault-description';
import { OperatorPasswords } from '../../operations/operator-passwords';
import { RootToken } from '../../operations/root-token';
import { nextStep, type SetUpOptions, setUp } from '../../operations/set-up';
import { problemsOf, type SceneProps, scene } from './vault-fakes';

const POLICY = 'path "sys/mounts/apps" {\n  capabilities = ["read", "update"]\n}\n';

function server(props: SceneProps = {}, given: Partial<SetUpOptions> = {}) {
  const set = scene(props);
  set.vault.begin(5, 3);
  const root = new RootToken(set.nodes, set.nodes.first, set.vault.makeToken(['root']), set.outside);
  const options = { ...set.outside, policy: POLICY, passwords: new OperatorPasswords(set.outside), ...given };
  return { ...set, run: () => setUp(set.nodes, root, options) };
}

test('does the least in the right order', async () => {
  const { run, vault, said } = server();
  const { token, isFirst } = await run();
  expect(vault.authenticated).toEqual([
    'GET sys/audit',
    'GET sys/policies/acl/operator',
    'PUT sys/policies/acl/operator',
    'POST auth/token/create-orphan',
  ]);
  expect(isFirst).toBe(true);
  expect(vault.policies.get(OPERATOR_POLICY)).toBe(POLICY);
  expect(vault.tokens.get(token)?.given).toEqual({
    policies: ['operator'],
    display_name: 'operator',
    renewable: true,
    ttl: '1h',
    explicit_max_ttl: '24h',
  });
  expect(said).toEqual(['audited by file, stdout', 'policy operator: 1 rules']);
});

test('says what a policy loses and gains when it is written again', async () => {
  const { run, vault, said } = server();
  vault.policies.set(OPERATOR_POLICY, POLICY.replaceAll('apps', 'old'));
  expect((await run()).isFirst).toBe(false);
  expect(said.slice(1)).toEqual([
    'policy operator: changed',
    '  + path "sys/mounts/apps" [read, update]',
    '  - path "sys/mounts/old" [read, update]',
  ]);
});

test('says so when the policy is as before', async () => {
  const { run, vault, said } = server();
  vault.policies.set(OPERATOR_POLICY, POLICY);
  await run();
  expect(said.at(-1)).toBe('policy operator: as before');
});

test('gives the token another lifetime where one is wanted', async () => {
  const { run, vault } = server({}, { lifetime: { period: '768h' } });
  expect(vault.tokens.get((await run()).token)?.given).toMatchObject({ period: '768h' });
});

test('sets nothing up before it is audited', async () => {
  const { run, vault } = server({ description: { audit: [{ path: 'other', type: 'file', options: {} }] } });
  delete vault.audit['other/'];
  await problemsOf(run());
  expect(vault.policies.size).toBe(0);
});

test('fails where the answer has no token', async () => {
  const { run, vault } = server();
  vault.intercept = ({ path }) => (path === 'auth/token/create-orphan' ? { body: {} } : undefined);
  expect((await problemsOf(run())).problems).toEqual([
    "the operator's token of shop-production must be in the answer, got none; run npm run vault -- operator shop-production",
  ]);
});

test('ends between two steps when somebody asks it to', async () => {
  const { run, controller, vault } = server();
  controller.abort('SIGINT');
  expect(await problemsOf(run())).toEqual({ problems: [], exitCode: 130 });
  expect(vault.policies.size).toBe(0);
});

test('names the command that comes next', () => {
  expect(nextStep('shop-production')).toMatch(
    /with it in VAULT_TOKEN run npm run deploy -- shop-production$/,
  );
});
