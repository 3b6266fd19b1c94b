import { endIfAsked } from './interruption';
import { OperationError } from './operation-error';
import { RootToken } from './root-token';
import type { VaultAnswer } from './vault-client';
import type { VaultNode, VaultNodes } from './vault-nodes';
import { refusalProblem, sealedProblem, uninitialisedProblem } from './vault-problems';
import type { VaultSurroundings } from './vault-surroundings';

const ATTEMPT = 'sys/generate-root/attempt';

/** Where shares come from: people who are asked, or a file of this machine. `undefined` is that there are no more. */
export type NextShare = (question: string) => Promise<string | undefined>;

export interface GenerateRootOptions {
  /** Whether to cancel what another attempt has begun; default `false`. */
  readonly restart?: boolean;
}

/**
 * Makes a root token from a quorum of shares: unseal shares, or recovery shares where the server unseals itself.
 * Whoever calls it must revoke the token.
 *
 * @throws OperationError when there was no quorum; the attempt is then cancelled
 */
export async function generateRoot(
  nodes: VaultNodes,
  nextShare: NextShare,
  outside: VaultSurroundings,
  { restart = false }: GenerateRootOptions = {},
): Promise<RootToken> {
  await refuseSealed(nodes);
  const node = await nodes.active(outside);
  const attempt = await begin(nodes, node, restart);
  try {
    const encoded = await collect(nodes, node, attempt, nextShare, outside);
    return new RootToken(nodes, node, decode(encoded, attempt.otp), outside);
  } catch (error) {
    await cancel(node, attempt);
    throw error;
  }
}

interface Attempt {
  readonly nonce: string;
  readonly otp: string;
  readonly required: number;
}

async function refuseSealed(nodes: VaultNodes): Promise<void> {
  let failure: unknown;
  let closed: string | undefined;
  for (const node of nodes.all) {
    try {
      const { initialised, sealed } = await node.sealStatus();
      if (initialised && !sealed) return;
      closed ??= initialised ? sealedProblem(nodes, node.address) : uninitialisedProblem(nodes, node.address);
    } catch (error) {
      failure = error;
    }
  }
  throw closed ? new OperationError([closed]) : failure;
}

async function begin(nodes: VaultNodes, node: VaultNode, restart: boolean): Promise<Attempt> {
  const { environment } = nodes;
  const now = await node.request('GET', ATTEMPT);
  if ([403, 404, 405].includes(now.status)) throw new OperationError([disabledProblem(nodes, now)]);
  if (now.body.started === true && !restart) {
    throw new OperationError([
      `'root token' of ${environment} must be made by one person at a time, got an attempt under way with ${now.body.progress} of ${now.body.required} shares; wait for it, or cancel it with --restart`,
    ]);
  }
  if (now.body.started === true) await node.request('DELETE', ATTEMPT);
  const begun = await node.request('PUT', ATTEMPT, { body: {} });
  const { nonce, otp, required } = begun.body;
  if (begun.status !== 200 || typeof nonce !== 'string' || typeof otp !== 'string') {
    throw new OperationError([
      refusalProblem(`'root token' of ${environment} must be made`, begun, 'try again'),
    ]);
  }
  return { nonce, otp, required: Number(required) };
}

/** Best effort: what is left over is cancelled by the next attempt with --restart. */
async function cancel(node: VaultNode, { nonce }: Attempt): Promise<void> {
  try {
    // Not the attempt of somebody else.
    const { body } = await node.request('GET', ATTEMPT);
    if (body.nonce === nonce) await node.request('DELETE', ATTEMPT);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
  }
}

async function collect(
  nodes: VaultNodes,
  node: VaultNode,
  { nonce, required }: Attempt,
  nextShare: NextShare,
  { say, signal }: VaultSurroundings,
): Promise<string> {
  let progress = 0;
  for (;;) {
    endIfAsked(signal);
    const key = await nextShare(`share ${progress + 1} of ${required}, which is not shown`);
    endIfAsked(signal);
    if (!key) {
      throw new OperationError(
        [
          `'shares' must be ${required} to make a root token of ${nodes.environment}, got ${progress}; nothing was made, begin again`,
        ],
        2,
      );
    }
    const answer = await node.request('PUT', 'sys/generate-root/update', { body: { key, nonce } });
    const { encoded_token: encoded, encoded_root_token: older } = answer.body;
    const token = [encoded, older].find((one) => typeof one === 'string' && one !== '');
    if (answer.status === 200 && typeof token === 'string') return token;
    const before = progress;
    progress = answer.status === 200 ? Number(answer.body.progress) : await progressOf(nodes, node, nonce);
    if (progress > before) say(`taken: ${progress} of ${required}`);
    else if (before > 0 && progress === 0)
      say('one of these shares is wrong or of another server: all are forgotten, begin again with the first');
    else if (answer.errors.some((words) => words.includes('already been provided')))
      say('this share was given before; each holder has another one');
    else say('this is no share of this server; paste what decrypting the file of the holder gave');
  }
}

/** @throws OperationError when somebody has cancelled the attempt */
async function progressOf(nodes: VaultNodes, node: VaultNode, nonce: string): Promise<number> {
  const { body } = await node.request('GET', ATTEMPT);
  if (body.started === true && body.nonce === nonce) return Number(body.progress);
  throw new OperationError([
    `'root token' of ${nodes.environment} must be made in one attempt, got one that somebody else has cancelled; look into the audit log for who it was, then begin again`,
  ]);
}

function disabledProblem({ environment, description }: VaultNodes, answer: VaultAnswer): string {
  const setting =
    description.distribution === 'openbao'
      ? "the listener needs 'disable_unauthed_generate_root_endpoints = false' (OpenBao 2.5.3 and newer)"
      : 'the configuration needs \'enable_unauthenticated_access = ["generate-root"]\' (Vault 2.0 and newer)';
  return refusalProblem(
    `'root token' of ${environment} must be one that a quorum of holders can make`,
    answer,
    `${setting}: deploy ${environment}-vault with it`,
  );
}

/** The token was combined with the one-time password bit by bit. */
function decode(encoded: string, otp: string): string {
  const password = Buffer.from(otp);
  const bytes = Buffer.from(encoded, 'base64').map((byte, i) => byte ^ (password[i] ?? 0));
  return Buffer.from(bytes).toString();
}
