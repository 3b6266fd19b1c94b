import * as fs from 'node:fs';
import * as path from 'node:path';
import { type CommandResult, eventually, expectSuccess, progress } from './command';
import type { Deployment } from './deployment';
import { ageHolders, type Holders, pgpHolders } from './holders';

/** The project itself, with the script that makes a token for the tests. */
const ROOT = path.resolve(__dirname, '..', '..');

/** How many of the five shares unseal. */
export const THRESHOLD = 3;

/** How the shares reach those who hold them. */
export type Ceremony = 'age' | 'pgp' | 'in clear';

/** `npm run vault`, as a person types it, with the answers to what it asks. */
export function vaultCommand(
  { project, environment }: Deployment,
  verb: string,
  rest = '',
  answers: readonly string[] = [],
): Promise<CommandResult> {
  progress(`${environment}: npm run vault -- ${verb}`);
  const line = `npm run --silent vault -- ${verb} ${environment} ${rest}`;
  return project.type(line, {}, answers.map((one) => `${one}\n`).join(''));
}

/** Has a quorum make a token with which the tests can see everything. Root is gone again afterwards. */
export async function watch(deployment: Deployment, shares: readonly string[]): Promise<void> {
  const script = path.join(ROOT, 'test', 'acceptance', 'watcher.ts');
  const result = await vaultCommand(deployment, 'root', `-- node --import tsx ${script}`, shares);
  expectSuccess(result);
  deployment.lookWith(result.stdout.toString('utf8').trim());
}

/** What a ceremony left. */
export interface CeremonyResult {
  readonly token: string;
  readonly shares: readonly string[];
  readonly output: string;
}

/** Those who hold shares, and nobody where they are printed. */
export async function holdersFor(ceremony: Ceremony, deployment: Deployment): Promise<Holders> {
  if (ceremony === 'age') return ageHolders(deployment.project.folder);
  if (ceremony === 'pgp') return pgpHolders(deployment.project.folder);
  return { flags: '--print-shares-in-clear', open: async (file) => file, remove: async () => undefined };
}

/**
 * The key ceremony, as typed, with all holders in the room.
 *
 * @param line exports the operator's token
 */
export async function hold(
  deployment: Deployment,
  line: string,
  ceremony: Ceremony,
  holders: Holders,
): Promise<CeremonyResult> {
  progress(`${deployment.environment}: the key ceremony, shares ${ceremony}`);
  // A shell goes on where a command of a list fails.
  const running = deployment.project.type(`${line}\ntest -n "$VAULT_TOKEN"\nprintf %s "$VAULT_TOKEN"`);
  // The server itself encrypts to PGP keys, so nobody but the holders can go on.
  if (ceremony === 'pgp') await unsealMeanwhile(deployment, holders, running);
  const result = await running;
  expectSuccess(result);
  const token = result.stdout.toString('utf8');
  const shares =
    ceremony === 'in clear' ? printedShares(result.output) : await openedShares(deployment, holders);
  return { token, shares, output: result.output };
}

/** The files that the ceremony leaves for the holders. */
export function shareFiles({ project, environment }: Deployment): string[] {
  const folder = path.join(project.folder, 'shares', environment);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => path.join(folder, name));
}

function openedShares(deployment: Deployment, holders: Holders): Promise<string[]> {
  return Promise.all(shareFiles(deployment).map(async (file) => (await holders.open(file)).trim()));
}

function printedShares(output: string): string[] {
  return [...output.matchAll(/^share \d+: (\S+)$/gm)].map(([, share]) => share ?? '');
}

/** Holders unseal one after another at another terminal, while the ceremony waits for them. */
async function unsealMeanwhile(
  deployment: Deployment,
  holders: Holders,
  running: Promise<CommandResult>,
): Promise<void> {
  let ended: CommandResult | undefined;
  void running.then((result) => {
    ended = result;
  });
  await eventually('the shares', async () => shareFiles(deployment).length === 5 || ended !== undefined);
  if (ended) return;
  const shares = await openedShares(deployment, holders);
  expectSuccess(await vaultCommand(deployment, 'unseal', '', shares.slice(0, THRESHOLD)));
}
