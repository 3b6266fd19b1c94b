import { Unsealing } from '../../operations/unsealing';
import { problemsOf, scene } from './vault-fakes';

/** A server that was begun long ago and restarted. */
function sealedServer(count = 1) {
  const set = scene({ nodes: count });
  const shares = set.vault.begin(5, 3);
  set.vault.restart();
  return { ...set, shares, unsealing: new Unsealing(set.nodes) };
}

test('gives each share to every sealed node and says how many are missing', async () => {
  const { unsealing, shares, vault } = sealedServer(3);
  expect(await unsealing.give(shares[0] as string)).toBe('taken');
  expect(vault.nodes.map(({ parts }) => parts.length)).toEqual([1, 1, 1]);
  expect(await unsealing.look()).toMatchObject({ given: 1, threshold: 3, unsealed: [] });
  await unsealing.give(shares[3] as string);
  expect(await unsealing.give(shares[1] as string)).toBe('taken');
  expect(vault.nodes.map(({ sealed }) => sealed)).toEqual([false, false, false]);
  expect(await unsealing.look()).toMatchObject({ sealed: [], given: 0, threshold: 0 });
});

test.each([
  ['the same text', (share: string) => share],
  ['in hexadecimal', (share: string) => Buffer.from(share, 'base64').toString('hex')],
])('knows a share that it was given before, %s', async (_how, again) => {
  const { unsealing, shares } = sealedServer();
  await unsealing.give(shares[0] as string);
  expect(await unsealing.give(again(shares[0] as string))).toBe('known');
  expect(await unsealing.look()).toMatchObject({ given: 1 });
});

test('knows a share that somebody else gave before', async () => {
  const { unsealing, shares, nodes } = sealedServer();
  await new Unsealing(nodes).give(shares[0] as string);
  await new Unsealing(nodes).give(shares[1] as string);
  expect(await unsealing.give(shares[1] as string)).toBe('known');
  expect(await unsealing.give(shares[2] as string)).toBe('taken');
  expect((await unsealing.look()).sealed).toEqual([]);
});

test('what is no share changes nothing', async () => {
  const { unsealing, shares } = sealedServer();
  await unsealing.give(shares[0] as string);
  expect(await unsealing.give('no share!')).toBe('no share');
  expect(await unsealing.look()).toMatchObject({ given: 1 });
  await unsealing.give(shares[1] as string);
  expect(await unsealing.give(shares[2] as string)).toBe('taken');
});

test('a wrong share is found out with the last one, and all nodes begin again', async () => {
  const { unsealing, shares, vault } = sealedServer(3);
  const wrong = Buffer.alloc(33, 7).toString('base64');
  expect(await unsealing.give(wrong)).toBe('taken');
  await unsealing.give(shares[0] as string);
  expect(await unsealing.give(shares[1] as string)).toBe('begin again');
  expect(vault.nodes.map(({ parts }) => parts)).toEqual([[], [], []]);
  for (const share of shares.slice(0, 3)) expect(await unsealing.give(share)).toBe('taken');
  expect((await unsealing.look()).unsealed).toHaveLength(3);
});

test('begins again also on a node that did not get as far', async () => {
  const { unsealing, shares, vault } = sealedServer(3);
  vault.nodes[0]?.parts.push(shares[4] as string);
  expect(await unsealing.give(Buffer.alloc(33, 7).toString('base64'))).toBe('taken');
  expect(await unsealing.give(shares[0] as string)).toBe('begin again');
  expect(vault.nodes.map(({ parts }) => parts)).toEqual([[], [], []]);
});

test('a wrong share is known at once where one is enough', async () => {
  const { nodes, vault } = scene();
  vault.begin(1, 1);
  vault.restart();
  expect(await new Unsealing(nodes).give(Buffer.alloc(32, 7).toString('base64'))).toBe('begin again');
});

test('a node that joins later gets the shares that unsealed the first, after the rest of others is dropped', async () => {
  const { nodes, vault, outside } = scene({ nodes: 3 });
  await nodes.first.request('PUT', 'sys/init', { body: { secret_shares: 5, secret_threshold: 3 } });
  const unsealing = new Unsealing(nodes);
  for (const share of vault.shares.slice(0, 3)) await unsealing.give(share);
  expect(await unsealing.look()).toMatchObject({
    unsealed: [nodes.first],
    uninitialised: [nodes.all[1], nodes.all[2]],
  });
  vault.nodes[2]?.parts.push(Buffer.alloc(33, 7).toString('base64'));
  expect(await unsealing.settle(outside)).toMatchObject({ sealed: [], opening: [], uninitialised: [] });
  expect(vault.nodes.map(({ sealed }) => sealed)).toEqual([false, false, false]);
});

test('waits no longer than two minutes for a node that does not join', async () => {
  const { nodes, vault, outside, clock } = scene({ nodes: 3 });
  await nodes.first.request('PUT', 'sys/init', { body: { secret_shares: 1, secret_threshold: 1 } });
  vault.intercept = ({ address, path }) =>
    address.endsWith('8202') && path === 'sys/seal-status'
      ? { body: { initialized: false, sealed: true } }
      : undefined;
  const unsealing = new Unsealing(nodes);
  const before = clock.now();
  await unsealing.give(vault.shares[0] as string);
  expect(await unsealing.settle(outside)).toMatchObject({ uninitialised: [nodes.all[2]] });
  expect(clock.now() - before).toBe(120_000);
});

test('waits for a follower that has all shares and still says that it is sealed', async () => {
  const { unsealing, shares, vault, outside, clock, nodes } = sealedServer(3);
  let isSlow = true;
  clock.after(3_000, () => {
    isSlow = false;
  });
  vault.intercept = ({ address, path }) => {
    const node = vault.nodes.find((one) => one.address === address);
    return isSlow && address.endsWith('8201') && path === 'sys/seal-status' && node?.sealed === false
      ? { body: { initialized: true, sealed: true, t: 3, n: 5, progress: 0, type: 'shamir' } }
      : undefined;
  };
  for (const share of shares.slice(0, 3)) expect(await unsealing.give(share)).toBe('taken');
  expect(await unsealing.look()).toMatchObject({ sealed: [], opening: [nodes.all[1]] });
  expect(await unsealing.settle(outside)).toMatchObject({ opening: [], unsealed: nodes.all });
});

test('fails with the way out where a node waits for ever with a wrong share', async () => {
  const { nodes, vault, clock } = scene({ nodes: 3 });
  await nodes.first.request('PUT', 'sys/init', { body: { secret_shares: 5, secret_threshold: 3 } });
  const first = new Unsealing(nodes);
  for (const share of vault.shares.slice(0, 3)) await first.give(share);
  await clock.sleep(5_000, new AbortController().signal);
  const unsealing = new Unsealing(nodes);
  await unsealing.give(Buffer.alloc(33, 7).toString('base64'));
  await unsealing.give(vault.shares[0] as string);
  expect((await problemsOf(unsealing.give(vault.shares[1] as string))).problems).toEqual([
    "'share' must be one of this server, got no answer from 'https://127.0.0.1:8201' since it has 3 of them; a node that joins a cluster waits for ever when one is wrong: restart its container, then give the shares again",
  ]);
});

test('goes on with the others where a node gives no answer, and says so', async () => {
  const { unsealing, shares, vault } = sealedServer(3);
  vault.silent.add('https://127.0.0.1:8201');
  for (const share of shares.slice(0, 3)) expect(await unsealing.give(share)).toBe('taken');
  const { unsealed, problems } = await unsealing.look();
  expect(unsealed).toHaveLength(2);
  expect(problems).toEqual([expect.stringContaining("from 'https://127.0.0.1:8201'")]);
});
