import { OPERATOR_POLICY } from '../../constructs/vault-description';
import { type OperatorOptions, operator } from '../../operations/operator';
import { problemsOf, type SceneProps, scene } from './vault-fakes';

const POLICY = 'path "sys/mounts/apps" {\n  capabilities = ["read"]\n}\n';
const ANN = {
  operator_access: [
    { type: 'userpass', path: 'userpass', users: ['ann'], token_ttl: '1h', token_max_ttl: '8h' },
  ],
} as const;

function server(props: SceneProps = {}, given: Partial<OperatorOptions> = {}) {
  const set = scene(props);
  const shares = set.vault.begin(5, 3);
  set.input.type(...shares.slice(0, 3));
  return { ...set, run: () => operator(set.nodes, POLICY, { newPasswordFor: [], ...given }, set.outside) };
}

test('prints a new token, and leaves no root token', async () => {
  const { run, vault, printed, said } = server();
  vault.policies.set(OPERATOR_POLICY, 'old');
  expect(await run()).toBe(0);
  const [token = ''] = printed.map((text) => text.trim());
  expect(printed).toEqual([`${token}\n`]);
  expect(vault.tokens.get(token)?.policies).toEqual([OPERATOR_POLICY]);
  expect(vault.rootTokens).toEqual([]);
  expect(said.join('\n')).not.toContain(token);
});

test('completes a ceremony that broke off, and revokes what it left', async () => {
  const { run, vault, said } = server();
  const left = vault.makeToken(['root']);
  expect(await run()).toBe(0);
  expect(vault.tokens.has(left)).toBe(false);
  expect(vault.rootTokens).toEqual([]);
  expect(said).toContainEqual(
    expect.stringMatching(/^root token \w+, made 2030-.*Z, of the ceremony that broke off is revoked$/),
  );
});

test('names the root token of somebody else, and leaves it', async () => {
  const { run, vault, said } = server();
  vault.policies.set(OPERATOR_POLICY, 'old');
  const theirs = vault.makeToken(['root']);
  for (let i = 0; i < 20; i += 1) vault.makeToken(['svc-web']);
  expect(await run()).toBe(0);
  expect(vault.rootTokens).toEqual([theirs]);
  const accessor = vault.tokens.get(theirs)?.accessor;
  expect(said.filter((line) => line.startsWith('warning'))).toEqual([
    expect.stringContaining(
      `revoke it: npm run vault -- root shop-production -- bao token revoke -accessor ${accessor}`,
    ),
  ]);
});

test('asks for new passwords before the shares', async () => {
  const { nodes, outside, input, vault } = scene({ isTerminal: true, description: ANN });
  const shares = vault.begin(5, 3);
  input.type('one', 'one', ...shares.slice(0, 3));
  vault.written.set('auth/userpass/users/ann', { password: 'old' });
  await operator(nodes, POLICY, { newPasswordFor: ['ann'] }, outside);
  expect(input.asked[0]).toBe('new password of operator ann, which is not shown');
  expect(vault.written.get('auth/userpass/users/ann')).toMatchObject({ password: 'one' });
});

test('fails with a new password for somebody who is not declared', async () => {
  const { run, vault } = server({ description: ANN }, { newPasswordFor: ['eve'] });
  expect(await problemsOf(run())).toEqual({
    problems: ["'--new-password' must name a declared operator, got 'eve'; declared are: ann"],
    exitCode: 2,
  });
  expect(vault.requests).toEqual([]);
});

test('revokes the root token where the set-up fails', async () => {
  const { run, vault, printed } = server({ description: ANN });
  expect((await problemsOf(run())).problems).toEqual([
    expect.stringContaining("'VAULT_OPERATOR_PASSWORD_ANN' must be set"),
  ]);
  expect(vault.rootTokens).toEqual([]);
  expect(printed).toEqual([]);
});
