import { ClusterWriter, type Writing } from './cluster-writer';
import { eventually, expectSuccess, progress, run } from './command';
import { settled } from './engine';
import type { CurrentEnvironment } from './failure-suite';

const NODES = ['fail-trio-vault-1', 'fail-trio-vault-2', 'fail-trio-vault-3'] as const;
const READER = 'fail-trio-reader';
/** Long enough for an election, and for the writer to go on after it. Seconds. */
const STREAM = 60;
/** As long as an election takes at most, several times. Seconds. */
const WITHOUT_QUORUM = 20;

type Node = (typeof NODES)[number];

/** Three servers go on when one is lost; when two are, nothing is said to be written that is not. */
export function clusterTests(current: CurrentEnvironment): void {
  let token: string;

  test('comes up with three voters, and an empty plan', async () => {
    await current().certificates();
    const { code } = await current().deploy();
    expect(code).not.toBe(0);
    await current().initialise();
    expectSuccess(await current().deploy());
    token = await current().watch();
    await eventually('three voters', async () => (await voters()).length === 3);
    expect(await current().reads()).toMatch(/^[0-9a-f]{64}$/);
    await current().expectEmptyPlans();
  });

  test('no acknowledged write is lost when the leader is killed, and services go on', async () => {
    const writer = new ClusterWriter(READER, 'runs/leader');
    const value = await current().reads();
    const leader = await leaderNow();
    const [written, killed] = await Promise.all([writer.write(STREAM), killAfter(10, [leader])]);
    const lost = await writer.lost(written);
    report(`${leader} was killed`, written, lost);
    expect(lost).toEqual([]);
    expect(written.writing.lastAnswer).toBeGreaterThan(killed);
    expect(written.reading.lastAnswer).toBeGreaterThan(killed);
    expect(written.acknowledged).toHaveLength(written.writing.answered);
    expect(await leaderNow()).not.toBe(leader);
    expect(await current().reads()).toBe(value);
    await comesBack([leader]);
  });

  test('no write is acknowledged while two of three are lost, and none is lost', async () => {
    const writer = new ClusterWriter(READER, 'runs/quorum');
    const before = await writer.write(3);
    expect(before.acknowledged.length).toBeGreaterThan(0);
    const leader = await leaderNow();
    const follower = NODES.find((node) => node !== leader) as Node;
    await run('docker', ['kill', leader, follower]);
    const during = await new ClusterWriter(READER, 'runs/without').write(WITHOUT_QUORUM);
    expect(during.acknowledged).toEqual([]);
    expect(during.writing.refused).toBeGreaterThan(0);
    await comesBack([leader, follower]);
    const lost = await writer.lost(before);
    report('two were killed after', before, lost);
    expect(lost).toEqual([]);
    const after = new ClusterWriter(READER, 'runs/after');
    const written = await after.write(3);
    expect(written.acknowledged.length).toBeGreaterThan(0);
    expect(await after.lost(written)).toEqual([]);
  });

  /** Nodes that were killed are started, unsealed by the holders, and vote again. */
  async function comesBack(nodes: readonly Node[]): Promise<void> {
    await run('docker', ['start', ...nodes]);
    await settled(nodes);
    await current().unseal();
    await eventually('three voters', async () => (await voters()).length === 3);
    await settled([...NODES, READER, `${READER}-agent`]);
    await current().expectEmptyPlans();
  }

  /** Those that vote and are well, as the leader sees it. */
  async function voters(): Promise<string[]> {
    const { data } = await ask<{ servers?: Record<string, Server> }>('sys/storage/raft/autopilot/state');
    return Object.values(data?.servers ?? {})
      .filter(({ status, healthy }) => healthy && (status === 'voter' || status === 'leader'))
      .map(({ id }) => id);
  }

  async function leaderNow(): Promise<Node> {
    let leader: Node | undefined;
    await eventually('a leader', async () => {
      const { leader_address: address } = await ask('sys/leader');
      leader = NODES.find((node) => String(address).includes(`//${node}:`));
      return leader !== undefined;
    });
    return leader as Node;
  }

  /** The first answer of a node that can give one. */
  async function ask<Data>(
    path: string,
  ): Promise<{ readonly data?: Data; readonly leader_address?: unknown }> {
    for (const i of NODES.keys()) {
      const answer = await current()
        .client(token, i)
        .request('GET', path)
        .catch(() => undefined);
      if (answer?.status === 200) return answer.body as { readonly data?: Data };
    }
    return {};
  }
}

interface Server {
  readonly id: string;
  readonly status: string;
  readonly healthy: boolean;
}

/** @returns when they were dead, in seconds since 1970 */
async function killAfter(seconds: number, containers: readonly string[]): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await run('docker', ['kill', ...containers]);
  return Date.now() / 1000;
}

function report(what: string, { acknowledged, writing, reading }: Writing, lost: readonly number[]): void {
  progress(
    `${what}: ${acknowledged.length} writes acknowledged, ${acknowledged.length - lost.length} found, longest pause ${writing.pause} s; ${reading.answered} reads, longest pause ${reading.pause} s`,
  );
}
