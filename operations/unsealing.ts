import { type Waiting, waitFor } from './clock';
import { OperationError } from './operation-error';
import type { SealStatus, VaultNode, VaultNodes } from './vault-nodes';

/** A follower fetches the data of the cluster before it says that it is unsealed. */
const JOINING = { patienceMs: 120_000, everyMs: 500 };
/** A node derives keys and loads its data while it answers. */
const PATIENCE_MS = 60_000;

/** What became of a share. */
export type Outcome =
  /** More are needed, or none any more. */
  | 'taken'
  /** It was given before. */
  | 'known'
  /** It is none. Nothing was changed by it. */
  | 'no share'
  /** One of those given is wrong, nobody can tell which: all of them must be given again. */
  | 'begin again';

/** Where the nodes of a server stand. */
export interface UnsealProgress {
  /** Those that need shares. */
  readonly sealed: readonly VaultNode[];
  /** Those that were given all shares, and are not done with them. */
  readonly opening: readonly VaultNode[];
  /** Those that have not joined the cluster: they take no share yet. */
  readonly uninitialised: readonly VaultNode[];
  readonly unsealed: readonly VaultNode[];
  /** Why some give no answer. */
  readonly problems: readonly string[];
  /** Of the sealed node that needs the most shares. */
  readonly given: number;
  readonly threshold: number;
}

/**
 * Unseals all nodes of a server with the same shares. They are kept until that is done: a raft node joins when the
 * first one is unsealed, and needs them then.
 */
export class Unsealing {
  private shares: string[] = [];
  /** How many of the shares a node was given. */
  private readonly given = new Map<VaultNode, number>();
  private readonly complete = new Set<VaultNode>();
  /** Whether a node was unsealed by these shares. */
  private proven = false;

  public constructor(private readonly nodes: VaultNodes) {}

  /** Gives a share to every node that is sealed. */
  public async give(share: string): Promise<Outcome> {
    if (this.shares.some((one) => canonical(one) === canonical(share))) return 'known';
    this.shares.push(share);
    const outcomes: Outcome[] = [];
    for (const node of this.nodes.all) outcomes.push(...(await this.catchUp(node)));
    if (outcomes.includes('begin again')) {
      await this.reset();
      return 'begin again';
    }
    if (outcomes.includes('no share')) {
      this.shares.pop();
      return 'no share';
    }
    return outcomes.length > 0 && outcomes.every((one) => one === 'known') ? 'known' : 'taken';
  }

  /** Asks all nodes; those that have joined meanwhile get what the others got. */
  public async look(): Promise<UnsealProgress> {
    const problems: string[] = [];
    const known: { readonly node: VaultNode; readonly status: SealStatus }[] = [];
    for (const node of this.nodes.all) {
      try {
        if (this.proven) await this.catchUp(node);
        known.push({ node, status: await node.sealStatus() });
      } catch (error) {
        if (!(error instanceof OperationError)) throw error;
        problems.push(...error.problems);
      }
    }
    const nodesWhere = (fits: (status: SealStatus, node: VaultNode) => boolean) =>
      known.filter(({ node, status }) => fits(status, node)).map(({ node }) => node);
    const sealed = nodesWhere((one, node) => one.initialised && one.sealed && !this.complete.has(node));
    const waiting = known.filter(({ node }) => sealed.includes(node)).map(({ status }) => status);
    return {
      sealed,
      opening: nodesWhere((one, node) => one.initialised && one.sealed && this.complete.has(node)),
      uninitialised: nodesWhere((one) => !one.initialised),
      unsealed: nodesWhere((one) => one.initialised && !one.sealed),
      problems,
      given: waiting.length === 0 ? 0 : Math.min(...waiting.map(({ progress }) => progress)),
      threshold: Math.max(0, ...waiting.map(({ threshold }) => threshold)),
    };
  }

  /**
   * Waits for the nodes that have all shares, and, where those are at hand, for the ones that are still to join.
   * @returns where they stand then
   */
  public async settle(waiting: Waiting): Promise<UnsealProgress> {
    const settled = await waitFor(waiting, JOINING, async () => {
      const progress = await this.look();
      const joining = this.proven ? [...progress.uninitialised, ...progress.sealed] : [];
      return progress.opening.length + joining.length === 0 ? progress : undefined;
    });
    return settled ?? this.look();
  }

  /** Sends a node the shares that it has not got. */
  private async catchUp(node: VaultNode): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    let before = await node.sealStatus().catch(silence);
    if (!before || !this.takesShares(before, node)) return [];
    // What somebody else gave may be wrong, and a node that joins would wait for ever with it.
    if (this.proven && !this.given.has(node) && before.progress > 0) before = await this.resetNode(node);
    for (let next = this.given.get(node) ?? 0; next < this.shares.length; next += 1) {
      if (!this.takesShares(before, node)) break;
      const { accepted, after } = await this.send(node, this.shares[next] as string, before);
      if (!accepted) {
        const wrong = before.threshold === 1 || after.progress < before.progress;
        return [...outcomes, wrong ? 'begin again' : 'no share'];
      }
      this.given.set(node, next + 1);
      const isKnown = after.sealed && before.progress > 0 && after.progress === before.progress;
      outcomes.push(isKnown ? 'known' : 'taken');
      // A follower that has them all says for a while that it is sealed, and has none.
      if (!after.sealed || (!isKnown && before.progress + 1 >= before.threshold)) this.complete.add(node);
      if (!after.sealed) this.proven = true;
      before = after;
    }
    return outcomes;
  }

  private takesShares({ initialised, sealed }: SealStatus, node: VaultNode): boolean {
    return initialised && sealed && !this.complete.has(node);
  }

  private async send(node: VaultNode, key: string, before: SealStatus) {
    try {
      const answer = await node.request('PUT', 'sys/unseal', { body: { key }, patienceMs: PATIENCE_MS });
      return { accepted: answer.status === 200, after: await node.sealStatus() };
    } catch (error) {
      if (!(error instanceof OperationError) || before.progress + 1 < before.threshold) throw error;
      throw new OperationError([
        `'share' must be one of this server, got no answer from '${node.address}' since it has ${before.threshold} of them; a node that joins a cluster waits for ever when one is wrong: restart its container, then give the shares again`,
      ]);
    }
  }

  /** Begins again everywhere: a node that was not asked to try the shares still has the wrong one. */
  private async reset(): Promise<void> {
    this.shares = [];
    this.given.clear();
    this.complete.clear();
    for (const node of this.nodes.all) {
      const status = await node.sealStatus().catch(silence);
      if (status?.sealed && status.progress > 0) await this.resetNode(node);
    }
  }

  private async resetNode(node: VaultNode): Promise<SealStatus> {
    await node.request('PUT', 'sys/unseal', { body: { reset: true } });
    return node.sealStatus();
  }
}

/** A share is written in hexadecimal or in base64. */
function canonical(share: string): string {
  return /^([0-9a-f]{2}){16,}$/i.test(share) ? Buffer.from(share, 'hex').toString('base64') : share;
}

/** A node that gives no answer is left out here; {@link Unsealing.look} says so. */
function silence(error: unknown): undefined {
  if (!(error instanceof OperationError)) throw error;
  return undefined;
}
