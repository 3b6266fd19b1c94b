import { waitFor } from './clock';
import { OperationError } from './operation-error';
import type { RequestOptions, VaultAnswer } from './vault-client';
import type { VaultNode, VaultNodes } from './vault-nodes';
import { refusalProblem } from './vault-problems';
import type { VaultSurroundings } from './vault-surroundings';

/** A server that elects a leader answers soon. */
const REVOCATION = { patienceMs: 60_000, everyMs: 1_000 };

/** How long a command has at most: one may be killed, and nobody is left then to revoke its token. */
const SHORT_LIVED = { ttl: '1h', explicit_max_ttl: '1h', renewable: false };

/** A root token, for as short as possible: what uses one does so in {@link asRoot}. It is never shown. */
export class RootToken {
  /** Whether the server took it: that it refuses it later is no proof otherwise. */
  private accepted = false;

  /** @param node that takes requests */
  public constructor(
    private readonly nodes: VaultNodes,
    private node: VaultNode,
    /** For a program that works with it. */
    public readonly value: string,
    private readonly outside: Pick<VaultSurroundings, 'clock' | 'say'>,
  ) {}

  public get environment(): string {
    return this.nodes.environment;
  }

  /** See {@link VaultNodes.program}. */
  public get program(): string {
    return this.nodes.program;
  }

  /** The node that it works on. */
  public get address(): string {
    return this.node.address;
  }

  /** Sends a request with it; an answer of any status is an answer. */
  public async request(
    method: Parameters<VaultNode['request']>[0],
    path: string,
    options: RequestOptions = {},
  ): Promise<VaultAnswer> {
    const answer = await this.node.request(method, path, { ...options, token: this.value });
    this.accepted ||= isDone(answer);
    return answer;
  }

  /** @throws OperationError unless the server takes it */
  public async verify(): Promise<void> {
    await this.must(`'root token' of ${this.environment} must be accepted`, 'GET', 'auth/token/lookup-self');
  }

  /**
   * Sends a request that must succeed.
   *
   * @param what it does, as in "'policy' must be written"
   * @throws OperationError with Vault's own words
   */
  public async must(
    what: string,
    method: Parameters<VaultNode['request']>[0],
    path: string,
    body?: RequestOptions['body'],
  ): Promise<VaultAnswer> {
    const answer = await this.request(method, path, { body });
    if (isDone(answer)) return answer;
    throw new OperationError([
      refusalProblem(what, answer, `mend it, then run npm run vault -- operator ${this.nodes.environment}`),
    ]);
  }

  /**
   * Another one in its place, which ends by itself within an hour. What a quorum makes never does; it is revoked here.
   * @throws OperationError when there is none, or this one may be alive
   */
  public async exchange(): Promise<RootToken> {
    const endless = new RootToken(this.nodes, this.node, this.value, { ...this.outside, say: () => {} });
    let made: RootToken | undefined;
    try {
      return await asRoot(endless, async () => {
        made = await endless.shortLived(this.outside);
        return made;
      });
    } catch (error) {
      if (!made) throw error;
      return asRoot(made, () => Promise.reject(error));
    }
  }

  /** An orphan, since it lives on when this one is revoked. */
  private async shortLived(outside: RootToken['outside']): Promise<RootToken> {
    const what = `'root token' of ${this.environment} must be exchanged for one that ends`;
    const { body } = await this.must(what, 'POST', 'auth/token/create-orphan', {
      policies: ['root'],
      display_name: 'root',
      ...SHORT_LIVED,
    });
    const token = (body.auth as { readonly client_token?: unknown } | undefined)?.client_token;
    if (typeof token === 'string' && token !== '') {
      return new RootToken(this.nodes, this.node, token, outside);
    }
    throw new OperationError([`${what}, got an answer without one; try again`]);
  }

  /**
   * Revokes it, and proves that it is dead.
   * @throws OperationError when it may be alive
   */
  public async revoke(): Promise<void> {
    let last = 'no answer';
    // Not interrupted by anybody: this is what the interruption waits for.
    const { signal } = new AbortController();
    const dead = await waitFor({ clock: this.outside.clock, signal }, REVOCATION, async () => {
      try {
        if (!this.accepted) await this.verify();
        await this.request('POST', 'auth/token/revoke-self');
        const { status, errors } = await this.request('GET', 'auth/token/lookup-self');
        if (status === 403) return true;
        last = `${status} ${errors.join('; ')}`.trim();
        await this.moveToActive(signal);
      } catch (error) {
        if (!(error instanceof OperationError)) throw error;
        last = error.problems.join('; ');
        await this.moveToActive(signal);
      }
      return undefined;
    });
    const { environment } = this.nodes;
    if (dead) {
      this.outside.say(`${environment}: the root token is revoked, and the server refuses it`);
      return;
    }
    throw new OperationError([
      `'root token' of ${environment} must be revoked, got '${last}'; it may be alive: mend the server, then run npm run vault -- operator ${environment}, which finds it and says how to revoke it`,
    ]);
  }

  /** Another node may have become the active one. */
  private async moveToActive(signal: AbortSignal): Promise<void> {
    if (this.nodes.all.length === 1) return;
    const active = await this.nodes.active({ clock: this.outside.clock, signal }).catch(() => undefined);
    if (active) this.node = active;
  }
}

/** A standby that has lost its leader sends elsewhere, by a redirect, and has done nothing. */
function isDone({ status }: VaultAnswer): boolean {
  return status < 300;
}

/** Uses a root token and revokes it, whatever happens. */
export async function asRoot<T>(root: RootToken, use: (root: RootToken) => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await use(root);
  } catch (error) {
    try {
      await root.revoke();
    } catch (second) {
      if (!(error instanceof OperationError && second instanceof OperationError)) throw second;
      throw new OperationError([...error.problems, ...second.problems], error.exitCode);
    }
    throw error;
  }
  await root.revoke();
  return result;
}
