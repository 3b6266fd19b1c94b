import { createHash } from 'node:crypto';
import { OPERATOR_POLICY } from '../constructs/vault-description';
import { type Credentials, CredentialsFile } from './credentials';
import { firstUnseal } from './first-unseal';
import { generateRoot } from './generate-root';
import { initialise, isInitialised } from './initialisation';
import { OperationError } from './operation-error';
import { OperatorPasswords } from './operator-passwords';
import { endOtherRootTokens } from './other-root-tokens';
import { asRoot, RootToken } from './root-token';
import { setUp } from './set-up';
import { Unsealing } from './unsealing';
import type { VaultNodes } from './vault-nodes';
import type { NamedServer } from './vault-problems';
import type { VaultSurroundings } from './vault-surroundings';

/** A day without a deploy, the server's own maximum; each renewal begins it anew. */
const LONG_LIVED = { period: '24h' };

/**
 * The quick form of the ceremony, for development: one share, which a file of this machine keeps together with the
 * operator's token. The same command unseals after a restart, and renews or replaces the token.
 *
 * @param policy of operators, as the stacks need it now
 * @returns the exit code
 */
export async function quickInit(
  nodes: VaultNodes,
  policy: string,
  outside: VaultSurroundings,
): Promise<number> {
  refuseOutsideDevelopment(nodes);
  const { environment } = nodes;
  const file = new CredentialsFile(outside.folder, environment);
  const isNew = !(await isInitialised(nodes)) && (await begin(nodes, file, policy, outside));
  return isNew ? 0 : resume(nodes, file, policy, outside);
}

/**
 * Before anything else is looked at, such as the certificate of the authority.
 * @throws OperationError with exit code 2 where the quick form is not for this environment
 */
export function refuseOutsideDevelopment({ environment, description }: NamedServer): void {
  if (description.development && description.mode === 'configured') return;
  throw new OperationError(
    [
      `'--development' must be for a development environment with a server of its own, got '${environment}'; run npm run vault -- init ${environment} with the holders' keys`,
    ],
    2,
  );
}

/** @returns whether it was this command that initialised the server */
async function begin(
  nodes: VaultNodes,
  file: CredentialsFile,
  policy: string,
  outside: VaultSurroundings,
): Promise<boolean> {
  const { environment, first } = nodes;
  const passwords = new OperatorPasswords(outside);
  await passwords.collect(OperatorPasswords.usersOf(nodes.description));
  if (file.read()) outside.say(`the server is new: ${file.path} of the old one is ${file.setAside()} now`);
  const options = { shares: 1, threshold: 1, holders: undefined };
  const secrets = await initialise(nodes, options);
  if (!secrets) return false;
  const credentials: Credentials = { address: first.address, share: secrets.shares[0] as string };
  // Before anything else can go wrong.
  file.write(credentials);
  await firstUnseal(nodes, secrets, options, outside);
  const root = new RootToken(nodes, await nodes.active(outside), secrets.rootToken, outside);
  await setUpWith(root, nodes, file, credentials, { policy, passwords }, outside);
  outside.say(
    `${environment} is ready: ${file.path} keeps its share and the token of its operator; run npm run deploy -- ${environment}`,
  );
  return true;
}

async function resume(
  nodes: VaultNodes,
  file: CredentialsFile,
  policy: string,
  outside: VaultSurroundings,
): Promise<number> {
  const { environment } = nodes;
  const credentials = file.read();
  if (!credentials) {
    throw new OperationError([
      `'${file.path}' must hold the share of ${environment}, which is initialised, got no such file; wait for another init that is running, restore it, or, where its secrets are of no worth, remove the server's volume and deploy ${environment}-vault again`,
    ]);
  }
  await unsealWith(credentials.share, nodes, file, outside);
  const reason = await reasonForNewToken(credentials, nodes, policy, outside);
  if (!reason) {
    outside.say(`${environment} is ready: unsealed, and the token in ${file.path} is renewed`);
    return 0;
  }
  outside.say(`${environment}: ${reason}; a new token is made from the share`);
  let given = false;
  const once = async () => {
    if (given) return undefined;
    given = true;
    return credentials.share;
  };
  // Nobody else makes root tokens of a development server: what is under way was broken off.
  const root = await generateRoot(nodes, once, outside, { restart: true });
  await setUpWith(
    root,
    nodes,
    file,
    credentials,
    { policy, passwords: new OperatorPasswords(outside) },
    outside,
  );
  outside.say(`${environment} is ready: ${file.path} has the new token of its operator`);
  return 0;
}

async function unsealWith(
  share: string,
  nodes: VaultNodes,
  file: CredentialsFile,
  outside: VaultSurroundings,
): Promise<void> {
  const unsealing = new Unsealing(nodes);
  const { sealed } = await unsealing.look();
  if (sealed.length === 0) return;
  const outcome = await unsealing.give(share);
  await unsealing.settle(outside);
  if (outcome === 'taken') {
    outside.say(`${nodes.environment}: unsealed`);
    return;
  }
  throw new OperationError([
    `'share' in ${file.path} must be the one of this server, got one that does not unseal it; restore the file, or remove the server's volume and deploy ${nodes.environment}-vault again`,
  ]);
}

/** @returns `undefined` where the token works, and was renewed */
async function reasonForNewToken(
  { token, policy: written }: Credentials,
  nodes: VaultNodes,
  policy: string,
  outside: VaultSurroundings,
): Promise<string | undefined> {
  if (token === undefined) return 'the set-up is not complete';
  if (written !== digest(policy)) return `the stacks need another policy ${OPERATOR_POLICY}`;
  const node = await nodes.active(outside);
  const { status } = await node.request('POST', 'auth/token/renew-self', { token, body: {} });
  return status === 200 ? undefined : 'the token of the operator has ended';
}

async function setUpWith(
  root: RootToken,
  nodes: VaultNodes,
  file: CredentialsFile,
  credentials: Credentials,
  given: { readonly policy: string; readonly passwords: OperatorPasswords },
  outside: VaultSurroundings,
): Promise<void> {
  await asRoot(root, async () => {
    const done = await setUp(nodes, root, { ...outside, ...given, lifetime: LONG_LIVED });
    const { token } = done;
    file.write({ ...credentials, address: nodes.first.address, token, policy: digest(given.policy) });
    // It may have ended by itself.
    if (credentials.token)
      await root.request('POST', 'auth/token/revoke', { body: { token: credentials.token } });
    await endOtherRootTokens(root, done, outside.say);
  });
}

function digest(policy: string): string {
  return createHash('sha256').update(policy).digest('hex');
}
