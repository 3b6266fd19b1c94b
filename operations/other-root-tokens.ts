import type { RootToken } from './root-token';
import type { SetUp } from './set-up';
import type { VaultSurroundings } from './vault-surroundings';

/** How many tokens are looked up at a time. */
const AT_A_TIME = 8;

/** A root token besides the one that is used. */
interface OtherRootToken {
  readonly accessor: string;
  readonly made: Date;
}

/**
 * Revokes the root token that a ceremony which broke off has left. Other people's are named: somebody may be at work
 * with one.
 */
export async function endOtherRootTokens(
  root: RootToken,
  { isFirst }: SetUp,
  say: VaultSurroundings['say'],
): Promise<void> {
  for (const { accessor, made } of await otherRootTokens(root)) {
    const name = `root token ${accessor}, made ${made.toISOString()},`;
    if (!isFirst) {
      say(
        `warning: ${name} is alive; unless somebody is at work with it, revoke it: npm run vault -- root ${root.environment} -- ${root.program} token revoke -accessor ${accessor}`,
      );
      continue;
    }
    await root.must(`root token ${accessor} must be revoked`, 'POST', 'auth/token/revoke-accessor', {
      accessor,
    });
    say(`${name} of the ceremony that broke off is revoked`);
  }
}

async function otherRootTokens(root: RootToken): Promise<readonly OtherRootToken[]> {
  const own = (await root.must('the root token must be known', 'GET', 'auth/token/lookup-self')).data
    .accessor;
  const { data } = await root.must('tokens must be listed', 'LIST', 'auth/token/accessors');
  const accessors = (Array.isArray(data.keys) ? data.keys.map(String) : []).filter((one) => one !== own);
  const found: OtherRootToken[] = [];
  for (let next = 0; next < accessors.length; next += AT_A_TIME) {
    const some = accessors.slice(next, next + AT_A_TIME);
    const looked = await Promise.all(some.map((accessor) => lookUp(root, accessor)));
    found.push(...looked.filter((one) => one !== undefined));
  }
  return found;
}

async function lookUp(root: RootToken, accessor: string): Promise<OtherRootToken | undefined> {
  const { status, data } = await root.request('POST', 'auth/token/lookup-accessor', { body: { accessor } });
  // A token may end meanwhile.
  if (status !== 200 || !Array.isArray(data.policies) || !data.policies.includes('root')) return undefined;
  return { accessor, made: new Date(Number(data.creation_time) * 1000) };
}
