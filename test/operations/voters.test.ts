import { RootToken } from '../../operations/root-token';
import { votersIn, waitForVoters } from '../../operations/voters';
import { type SceneProps, scene } from './vault-fakes';

function cluster(props: SceneProps = {}) {
  const set = scene({ nodes: 3, ...props });
  set.vault.begin(5, 3);
  const root = new RootToken(set.nodes, set.nodes.first, set.vault.makeToken(['root']), set.outside);
  return { ...set, run: () => waitForVoters(set.nodes, root, set.outside) };
}

test('waits until the followers vote', async () => {
  const { run, vault, clock, said } = cluster();
  for (const node of vault.nodes) node.unsealedAt = clock.now();
  await run();
  expect(said).toEqual(['shop-production: 1 of 3 nodes vote', 'shop-production: 3 of 3 nodes vote']);
});

test('warns after two minutes, and goes on', async () => {
  const { run, vault, clock, said } = cluster();
  Object.assign(vault.nodes[2] as object, { unsealedAt: Number.POSITIVE_INFINITY });
  const start = clock.now();
  await run();
  expect(said.at(-1)).toBe(
    'warning: shop-production does not survive the loss of a node yet; look at npm run vault -- status shop-production',
  );
  expect(clock.now() - start).toBe(120_000);
});

test.each([
  ['one node', { nodes: 1 }],
  ['another storage', { description: { storage: 'file' } }],
] as const)('asks nothing of a server with %s', async (_what, props) => {
  const { run, vault } = cluster(props);
  await run();
  expect(vault.requests).toEqual([]);
});

test.each([
  [2, { config: { servers: [{ voter: true }, { voter: false }, { voter: true }] } }],
  [0, { config: {} }],
  [0, {}],
])('counts %d voters in %j', (voters, data) => {
  expect(votersIn(data)).toBe(voters);
});
