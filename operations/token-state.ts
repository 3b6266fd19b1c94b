import type { RequiredCapability } from '../policies/operator-rules';
import { missingCapabilities } from './capabilities';
import { newPolicy, newToken, type OperatorToken } from './operator-token';
import type { VaultAnswer } from './vault-client';
import type { VaultNode } from './vault-nodes';
import { type NamedServer, refusalProblem } from './vault-problems';

/** Below this a token is renewed before a deploy. Seconds. */
const ENOUGH = 15 * 60;
/** Below this a deploy would be cut off in the middle. Seconds. */
const TOO_LITTLE = 5 * 60;
/** How many missing capabilities are named. */
const NAMED = 3;

/** What is to say of a token. */
export interface TokenState {
  /** Why Terraform cannot work with it; one line. */
  readonly problem?: string;
  /** Why the server cannot say: it has no active node. */
  readonly noAnswer?: string;
  /** Such as `operator, 57 minutes left`. */
  readonly summary?: string;
}

/**
 * Checks a token as Terraform will use it, and renews one that ends soon.
 *
 * @param required what Terraform will do with it
 */
export async function tokenState(
  server: NamedServer,
  node: VaultNode,
  { token, name }: OperatorToken,
  required: readonly RequiredCapability[],
): Promise<TokenState> {
  const { environment, description } = server;
  const answer = await node.request('GET', 'auth/token/lookup-self', { token });
  if (answer.status >= 500) {
    return {
      noAnswer: refusalProblem(
        `'vault' of ${environment} must answer requests`,
        answer,
        'wait until it has an active node',
      ),
    };
  }
  if (answer.status !== 200) {
    return {
      problem: `${name} must be a token of the server at '${node.address}', got one that it does not know or that has ended; ${newToken(server, name)}`,
    };
  }
  const { policies, type, num_uses: uses, expire_time: end } = answer.data;
  const held: readonly unknown[] = Array.isArray(policies) ? policies : [];
  if (held.includes('root')) {
    if (description.development) return { summary: 'root' };
    return {
      problem: `${name} must not be a root token outside development, got one; nobody deploys with it: ${newToken(server, name)}`,
    };
  }
  if (type === 'batch' || Number(uses ?? 0) > 0) {
    const got = type === 'batch' ? 'a batch token' : `one for ${uses} requests`;
    return {
      problem: `${name} must be a token that Terraform can make another one with, got ${got}; ${newToken(server, name)}`,
    };
  }
  const left = end === null ? Number.POSITIVE_INFINITY : await timeLeft(node, token, answer.data);
  if (left < TOO_LITTLE) {
    return {
      problem: `${name} must be valid for ${duration(TOO_LITTLE)}, got one that ends in ${duration(left)}; ${newToken(server, name)}`,
    };
  }
  const missing = await missingCapabilities(node, token, required);
  if (missing.length > 0) {
    return {
      problem: `${name} must allow what Terraform does in ${environment}, got one that may not at ${listed(missing)}; ${newPolicy(server)}`,
    };
  }
  const names = held.filter((one) => one !== 'default').join(', ');
  return { summary: left === Number.POSITIVE_INFINITY ? names : `${names}, ${duration(left)} left` };
}

/** Seconds, after it was renewed where that is of use: soon before its end, and always where nothing ends that. */
async function timeLeft(node: VaultNode, token: string, found: VaultAnswer['data']): Promise<number> {
  const ttl = Number(found.ttl ?? 0);
  if (ttl >= ENOUGH && Number(found.period ?? 0) === 0) return ttl;
  const { body } = await node.request('POST', 'auth/token/renew-self', { token, body: {} });
  const { lease_duration: renewed } = (body.auth ?? {}) as { readonly lease_duration?: number };
  return Math.max(ttl, renewed ?? 0);
}

function listed(missing: readonly RequiredCapability[]): string {
  const named = missing
    .slice(0, NAMED)
    .map(({ path, capabilities }) => `'${path}' (${capabilities.join(', ')})`);
  const more = missing.length - named.length;
  if (more === 0)
    return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
  return `${named.join(', ')} and ${more} more`;
}

function duration(seconds: number): string {
  const [count, unit] = seconds < 2 * 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return Math.floor(count) === 1 ? `1 ${unit}` : `${Math.floor(count)} ${unit}s`;
}
