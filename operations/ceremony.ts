import { firstUnseal } from './first-unseal';
import { handOut } from './hand-out';
import { type InitFlags, type InitOptions, initOptions } from './init-options';
import { type InitialSecrets, initialise, isInitialised } from './initialisation';
import { endIfAsked } from './interruption';
import { OperationError } from './operation-error';
import { OperatorPasswords } from './operator-passwords';
import { asRoot, RootToken } from './root-token';
import { nextStep, setUp } from './set-up';
import { ShareFolder } from './share-folder';
import type { VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';
import { waitForVoters } from './voters';

/**
 * The key ceremony: initialises a server, gives each holder a share that nobody else can read, has the server
 * unsealed and audited, sets up the operators, and revokes the root token. A server that is initialised is left as
 * it is.
 *
 * @param policy of operators
 * @returns the exit code
 */
export async function init(
  nodes: VaultNodes,
  flags: InitFlags,
  policy: string,
  outside: VaultSurroundings,
): Promise<number> {
  const { environment, description } = nodes;
  if (await isInitialised(nodes)) return alreadyInitialised(nodes, outside);
  const options = await initOptions(environment, flags, new Date(outside.clock.now()));
  const folder = new ShareFolder(outside.folder, environment);
  try {
    prepare(options, folder, outside);
  } catch (error) {
    // Somebody else may have been faster, and left their shares there.
    if (await isInitialised(nodes)) return alreadyInitialised(nodes, outside);
    throw error;
  }
  const passwords = new OperatorPasswords(outside);
  await passwords.collect(OperatorPasswords.usersOf(description));
  endIfAsked(outside.signal);
  const secrets = await initialise(nodes, options);
  if (!secrets) return alreadyInitialised(nodes, outside);
  const { place, isSafe } = await handOut(secrets, options, folder, outside.say);
  try {
    const token = await openAndSetUp(nodes, secrets, options, { policy, passwords }, outside);
    outside.print(`${token}\n`);
  } catch (error) {
    throw withWaysOn(error, environment, place);
  }
  outside.say(nextStep(environment));
  return isSafe ? 0 : 1;
}

function prepare({ holders }: InitOptions, folder: ShareFolder, outside: VaultSurroundings): void {
  if (holders) folder.prepare();
  else if (outside.isSaidToFile) {
    throw new OperationError(
      [
        `'--print-shares-in-clear' must print to people, got a file that keeps what this command says; do not redirect it`,
      ],
      2,
    );
  }
}

/** @returns the operator's token */
async function openAndSetUp(
  nodes: VaultNodes,
  secrets: InitialSecrets,
  options: InitOptions,
  { policy, passwords }: { readonly policy: string; readonly passwords: OperatorPasswords },
  outside: VaultSurroundings,
): Promise<string> {
  await firstUnseal(nodes, secrets, options, outside);
  const root = new RootToken(nodes, await nodes.active(outside), secrets.rootToken, outside);
  return asRoot(root, async () => {
    const { token } = await setUp(nodes, root, { ...outside, policy, passwords });
    await waitForVoters(nodes, root, outside);
    return token;
  });
}

async function alreadyInitialised(nodes: VaultNodes, { say }: VaultSurroundings): Promise<number> {
  const { environment, first } = nodes;
  say(`${environment} is already initialised; nothing was changed`);
  const status = await first.sealStatus().catch(() => undefined);
  if (status?.sealed) say(`it is sealed: npm run vault -- unseal ${environment}`);
  else say(`a token for its operator: npm run vault -- operator ${environment}`);
  return 0;
}

/** A ceremony that broke off cannot be repeated, and can be completed. */
function withWaysOn(error: unknown, environment: string, place: string): unknown {
  if (!(error instanceof OperationError)) return error;
  const waysOn = `the ceremony of ${environment} is not complete: ${place}; while it is sealed run npm run vault -- unseal ${environment}, then npm run vault -- operator ${environment}, which sets up the rest and revokes the first root token`;
  return new OperationError([...error.problems, waysOn], error.exitCode);
}
