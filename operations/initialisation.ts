import type { InitOptions } from './init-options';
import { OperationError } from './operation-error';
import type { VaultNodes } from './vault-nodes';
import { refusalProblem } from './vault-problems';

/** Raft needs about ten seconds; an answer that nobody waited for loses the server. */
const PATIENCE_MS = 300_000;

/** What a server gives out once, and never again. */
export interface InitialSecrets {
  /** Whether the shares unseal, or the server does that by itself. */
  readonly kind: 'unseal' | 'recovery';
  /** In base64: encrypted where the server was given keys, in clear otherwise. */
  readonly shares: readonly string[];
  readonly rootToken: string;
}

/**
 * Whether a node has keys already.
 * @throws OperationError when none has and one does not say: two nodes with keys of their own are two servers
 */
export async function isInitialised(nodes: VaultNodes): Promise<boolean> {
  const answers = await Promise.allSettled(nodes.all.map((node) => node.sealStatus()));
  if (answers.some((answer) => answer.status === 'fulfilled' && answer.value.initialised)) return true;
  const failure = answers.find((answer) => answer.status === 'rejected');
  if (failure) throw failure.reason;
  return false;
}

/**
 * Initialises the first node; others join it.
 *
 * @returns `undefined` when somebody else was faster
 * @throws OperationError
 */
export async function initialise(
  nodes: VaultNodes,
  { shares, threshold, holders }: InitOptions,
): Promise<InitialSecrets | undefined> {
  const { environment, first } = nodes;
  // A server that unseals itself gives its people recovery shares, with which they prove that they are a quorum.
  const kind = (await first.sealStatus()).type === 'shamir' ? 'unseal' : 'recovery';
  const prefix = kind === 'unseal' ? 'secret' : 'recovery';
  const keys = holders?.serverKeys;
  const body = {
    [`${prefix}_shares`]: shares,
    [`${prefix}_threshold`]: threshold,
    ...(keys && { [kind === 'unseal' ? 'pgp_keys' : 'recovery_pgp_keys']: keys }),
  };
  const answer = await first
    .request('PUT', 'sys/init', { body, patienceMs: PATIENCE_MS })
    .catch(async (error: unknown) => {
      const lost = await first.sealStatus().catch(() => undefined);
      if (!lost?.initialised || !(error instanceof OperationError)) throw error;
      throw new OperationError([
        ...error.problems,
        `'vault' of ${environment} must answer with its shares, got an initialised server without them: nobody can unseal it, unless somebody else has initialised it in this moment; remove its volume, deploy ${environment}-vault and begin again`,
      ]);
    });
  if (answer.status === 400 && answer.errors.some((words) => words.includes('already initialized')))
    return undefined;
  const given = answer.body[kind === 'unseal' ? 'keys_base64' : 'recovery_keys_base64'];
  const { root_token: rootToken } = answer.body;
  if (
    answer.status === 200 &&
    Array.isArray(given) &&
    given.length === shares &&
    typeof rootToken === 'string'
  )
    return { kind, shares: given.map(String), rootToken };
  throw new OperationError([
    refusalProblem(
      `'vault' of ${environment} must be initialised`,
      answer,
      // Seen with a PGP key that can sign alone: raft has begun, and does not begin twice.
      `correct that; where it then says that its cluster already has state, remove its volume and deploy ${environment}-vault first`,
    ),
  ]);
}
