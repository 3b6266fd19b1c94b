import type { OperatorAccessDescription } from '../../constructs/vault-description';
import { setUpOperatorAccess } from '../../operations/operator-access';
import { OperatorPasswords } from '../../operations/operator-passwords';
import { RootToken } from '../../operations/root-token';
import { problemsOf, scene } from './vault-fakes';

const TTL = { token_ttl: '1h', token_max_ttl: '8h' };
const USERPASS: OperatorAccessDescription = {
  type: 'userpass',
  path: 'people',
  users: ['ann', 'ben'],
  ...TTL,
};
const JWT: OperatorAccessDescription = {
  type: 'jwt',
  path: 'ci',
  config: { oidc_discovery_url: 'https://ci.example.test', bound_issuer: 'https://ci.example.test' },
  role: 'operator',
  bound_audiences: ['vault'],
  bound_claims: { repository: 'shop' },
  user_claim: 'sub',
  ...TTL,
};
const USER = { token_policies: ['operator'], ...TTL };

function server() {
  const set = scene({
    variables: { VAULT_OPERATOR_PASSWORD_ANN: 'of ann', VAULT_OPERATOR_PASSWORD_BEN: 'of ben' },
  });
  set.vault.begin(5, 3);
  const root = new RootToken(set.nodes, set.nodes.first, set.vault.makeToken(['root']), set.outside);
  const passwords = new OperatorPasswords(set.outside);
  const run = (access: readonly OperatorAccessDescription[], newPasswordFor: readonly string[] = []) =>
    setUpOperatorAccess(root, access, { passwords, newPasswordFor, say: set.outside.say });
  return { ...set, run };
}

test('has people log in with names and passwords, and locks them out after wrong ones', async () => {
  const { run, vault, said } = server();
  await run([USERPASS]);
  expect(vault.auth['people/']).toMatchObject({ type: 'userpass' });
  expect(Object.fromEntries(vault.written)).toEqual({
    'sys/auth/people/tune': {
      user_lockout_config: {
        lockout_threshold: '5',
        lockout_duration: '15m',
        lockout_counter_reset_duration: '15m',
        lockout_disable: false,
      },
    },
    'auth/people/users/ann': { password: 'of ann', ...USER },
    'auth/people/users/ben': { password: 'of ben', ...USER },
  });
  expect(said.join('\n')).not.toContain('of ann');
});

test('leaves passwords as they are the second time, but those that are asked for anew', async () => {
  const { run, vault, said } = server();
  vault.written.set('auth/people/users/ann', { password: 'hers', token_policies: ['other'] });
  vault.written.set('auth/people/users/ben', { password: 'his' });
  await run([USERPASS], ['ben']);
  expect(vault.written.get('auth/people/users/ann')).toEqual({ password: 'hers', ...USER });
  expect(vault.written.get('auth/people/users/ben')).toEqual({ password: 'of ben', ...USER });
  expect(said).toEqual([
    'operator ann logs in with the password from before at auth/people',
    'operator ben logs in with a new password at auth/people',
  ]);
});

test('removes operators who are not declared any more, and nobody else', async () => {
  const { run, vault, said } = server();
  vault.written.set('auth/people/users/eve', { token_policies: ['operator'] });
  vault.written.set('auth/people/users/reader', { token_policies: ['other'] });
  await run([USERPASS]);
  expect(vault.written.has('auth/people/users/eve')).toBe(false);
  expect(vault.written.has('auth/people/users/reader')).toBe(true);
  expect(said.at(-1)).toBe('operator eve is not declared any more and was removed from auth/people');
});

test('has CI log in with signed tokens of the declared claims', async () => {
  const { run, vault } = server();
  await run([JWT]);
  expect(vault.auth['ci/']).toMatchObject({ type: 'jwt' });
  expect(vault.written.get('auth/ci/config')).toEqual({
    oidc_discovery_url: 'https://ci.example.test',
    bound_issuer: 'https://ci.example.test',
  });
  expect(vault.written.get('auth/ci/role/operator')).toEqual({
    role_type: 'jwt',
    bound_audiences: ['vault'],
    bound_claims: { repository: 'shop' },
    user_claim: 'sub',
    ...USER,
  });
});

test('warns where the server cannot lock anybody out', async () => {
  const { run, vault, said } = server();
  vault.intercept = ({ path }) =>
    path.endsWith('/tune') ? { status: 400, errors: ['unsupported'] } : undefined;
  await run([USERPASS]);
  expect(said[0]).toBe('warning: auth/people locks nobody out after wrong passwords: unsupported');
  expect(vault.written.has('auth/people/users/ann')).toBe(true);
});

test('fails where another method is at the path', async () => {
  const { run, vault } = server();
  vault.auth['ci/'] = { type: 'approle' };
  expect((await problemsOf(run([JWT]))).problems).toEqual([
    "'auth/ci' must be of type jwt, got 'approle'; move that away, or declare another path",
  ]);
});

test('fails with the words of the server where it does not reach the issuer', async () => {
  const { run, vault } = server();
  vault.intercept = ({ path }) =>
    path.endsWith('/config') ? { status: 400, errors: ['error checking discovery URL'] } : undefined;
  expect((await problemsOf(run([JWT]))).problems).toEqual([
    "'auth/ci/config' must be written, got 400 'error checking discovery URL'; mend it, then run npm run vault -- operator shop-production",
  ]);
});
