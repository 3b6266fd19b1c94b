import { OPERATOR_POLICY, type OperatorAccessDescription } from '../constructs/vault-description';
import { LOCKOUT } from '../policies/lockout';
import { OperationError } from './operation-error';
import type { OperatorPasswords } from './operator-passwords';
import type { RootToken } from './root-token';
import type { VaultSurroundings } from './vault-surroundings';

type Userpass = Extract<OperatorAccessDescription, { type: 'userpass' }>;
type Jwt = Extract<OperatorAccessDescription, { type: 'jwt' }>;

/** {@link LOCKOUT} in the words of the API, which are not those of the configuration. */
const USER_LOCKOUT = {
  lockout_threshold: LOCKOUT.threshold,
  lockout_duration: LOCKOUT.duration,
  lockout_counter_reset_duration: LOCKOUT.duration,
  lockout_disable: false,
};

export interface OperatorAccessOptions {
  readonly passwords: OperatorPasswords;
  /** Users that get a new password although they have one. */
  readonly newPasswordFor?: readonly string[];
  readonly say: VaultSurroundings['say'];
}

/**
 * Sets up how operators log in, as declared. What is there already is brought in line, and keeps its passwords; a
 * user of the policy `operator` who is not declared any more is removed.
 */
export async function setUpOperatorAccess(
  root: RootToken,
  access: readonly OperatorAccessDescription[],
  options: OperatorAccessOptions,
): Promise<void> {
  for (const method of access) {
    await enable(root, method);
    if (method.type === 'userpass') await setUpUsers(root, method, options);
    else await setUpJwt(root, method, options);
  }
}

async function enable(root: RootToken, { path, type }: OperatorAccessDescription): Promise<void> {
  const { data } = await root.must(`'auth methods' must be listed`, 'GET', 'sys/auth');
  const mounted = data[`${path}/`] as { readonly type?: string } | undefined;
  if (mounted?.type === type) return;
  if (mounted) {
    throw new OperationError([
      `'auth/${path}' must be of type ${type}, got '${mounted.type}'; move that away, or declare another path`,
    ]);
  }
  await root.must(`'auth/${path}' must be enabled`, 'POST', `sys/auth/${path}`, {
    type,
    description: 'how operators log in',
  });
}

async function setUpUsers(
  root: RootToken,
  { path, users, token_ttl, token_max_ttl }: Userpass,
  { passwords, newPasswordFor = [], say }: OperatorAccessOptions,
): Promise<void> {
  const tuned = await root.request('POST', `sys/auth/${path}/tune`, {
    body: { user_lockout_config: USER_LOCKOUT },
  });
  if (tuned.status >= 300) {
    say(`warning: auth/${path} locks nobody out after wrong passwords: ${tuned.errors.join('; ')}`);
  }
  const { data } = await root.request('LIST', `auth/${path}/users`);
  const present = Array.isArray(data.keys) ? data.keys.map(String) : [];
  for (const user of users) {
    const isNew = !present.includes(user) || newPasswordFor.includes(user);
    await root.must(`operator '${user}' must be written`, 'POST', `auth/${path}/users/${user}`, {
      ...(isNew && { password: await passwords.of(user) }),
      token_policies: [OPERATOR_POLICY],
      token_ttl,
      token_max_ttl,
    });
    say(
      `operator ${user} logs in with ${isNew ? 'a new password' : 'the password from before'} at auth/${path}`,
    );
  }
  for (const user of present.filter((one) => !users.includes(one)))
    await removeOperator(root, path, user, say);
}

/** The method is declared for operators; somebody may have added users of other policies by hand. */
async function removeOperator(
  root: RootToken,
  path: string,
  user: string,
  say: VaultSurroundings['say'],
): Promise<void> {
  const { data } = await root.request('GET', `auth/${path}/users/${user}`);
  if (!Array.isArray(data.token_policies) || !data.token_policies.includes(OPERATOR_POLICY)) return;
  await root.must(`operator '${user}' must be removed`, 'DELETE', `auth/${path}/users/${user}`);
  say(`operator ${user} is not declared any more and was removed from auth/${path}`);
}

async function setUpJwt(root: RootToken, method: Jwt, { say }: OperatorAccessOptions): Promise<void> {
  const { path, config, role, bound_audiences, bound_claims, user_claim, token_ttl, token_max_ttl } = method;
  await root.must(`'auth/${path}/config' must be written`, 'POST', `auth/${path}/config`, config);
  await root.must(`'auth/${path}/role/${role}' must be written`, 'POST', `auth/${path}/role/${role}`, {
    role_type: 'jwt',
    bound_audiences,
    bound_claims,
    user_claim,
    token_policies: [OPERATOR_POLICY],
    token_ttl,
    token_max_ttl,
  });
  say(`operators log in with a signed token as role ${role} at auth/${path}`);
}
