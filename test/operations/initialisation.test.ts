import { initialise, isInitialised } from '../../operations/initialisation';
import { NoAnswer } from '../../operations/vault-client';
import { problemsOf, scene } from './vault-fakes';

const CLEAR = { shares: 5, threshold: 3, holders: undefined };
const holders = { count: 5, serverKeys: ['a', 'b', 'c', 'd', 'e'], encrypt: async () => [] };

test('gets shares in clear where nobody has keys', async () => {
  const { nodes, vault } = scene();
  expect(await initialise(nodes, CLEAR)).toEqual({
    kind: 'unseal',
    shares: vault.shares,
    rootToken: vault.rootTokens[0],
  });
  expect(vault.requests.at(-1)).toMatchObject({
    method: 'PUT',
    path: 'sys/init',
    body: { secret_shares: 5, secret_threshold: 3 },
  });
});

test('has the server encrypt to the keys that it takes', async () => {
  const { nodes, vault } = scene();
  const secrets = await initialise(nodes, { ...CLEAR, holders });
  expect(vault.requests.at(-1)?.body).toEqual({
    secret_shares: 5,
    secret_threshold: 3,
    pgp_keys: ['a', 'b', 'c', 'd', 'e'],
  });
  expect(Buffer.from(secrets?.shares[1] ?? '', 'base64').toString()).toMatch(/ for b$/);
});

test('asks for recovery shares where the server unseals itself', async () => {
  const { nodes, vault } = scene({ seal: 'static' });
  const secrets = await initialise(nodes, { ...CLEAR, holders });
  expect(vault.requests.at(-1)?.body).toEqual({
    recovery_shares: 5,
    recovery_threshold: 3,
    recovery_pgp_keys: ['a', 'b', 'c', 'd', 'e'],
  });
  expect(secrets).toMatchObject({ kind: 'recovery', shares: { length: 5 } });
});

test('waits minutes for the answer, which comes once', async () => {
  const { nodes, vault } = scene();
  const patience: unknown[] = [];
  const { clients } = vault;
  const [node] = nodes.all;
  const client = clients(node?.address ?? '', undefined);
  Object.assign(node as object, {
    client: {
      ...client,
      request: (...args: Parameters<typeof client.request>) => {
        patience.push([args[1], args[2]?.patienceMs]);
        return client.request(...args);
      },
    },
  });
  await initialise(nodes, CLEAR);
  expect(patience).toContainEqual(['sys/init', 300_000]);
});

test('knows when somebody else was faster', async () => {
  const { nodes, vault } = scene();
  vault.begin(5, 3);
  expect(await initialise(nodes, CLEAR)).toBeUndefined();
});

test.each([
  ['the first', 0],
  ['another', 2],
])('a server is initialised when %s of its nodes is', async (_which, i) => {
  const { nodes, vault } = scene({ nodes: 3 });
  Object.assign(vault.nodes[i] as object, { hasData: true });
  expect(await isInitialised(nodes)).toBe(true);
});

test('a server is not initialised when no node is', async () => {
  expect(await isInitialised(scene({ nodes: 3 }).nodes)).toBe(false);
});

test('fails where a node does not say: it might be initialised', async () => {
  const { nodes, vault } = scene({ nodes: 3 });
  vault.silent.add('https://127.0.0.1:8201');
  expect((await problemsOf(isInitialised(nodes))).problems).toEqual([
    expect.stringContaining("from 'https://127.0.0.1:8201'"),
  ]);
  Object.assign(vault.nodes[0] as object, { hasData: true });
  expect(await isInitialised(nodes)).toBe(true);
});

test('fails with the words of the server, and what a half begun raft needs', async () => {
  const { nodes, vault } = scene();
  vault.intercept = ({ path }) =>
    path === 'sys/init' ? { status: 400, errors: ['no valid encryption keys'] } : undefined;
  expect((await problemsOf(initialise(nodes, CLEAR))).problems).toEqual([
    "'vault' of shop-production must be initialised, got 400 'no valid encryption keys'; correct that; where it then says that its cluster already has state, remove its volume and deploy shop-production-vault first",
  ]);
});

test('fails with what that means when the answer is lost', async () => {
  const { nodes, vault } = scene();
  vault.intercept = (request) => {
    if (request.path !== 'sys/init') return undefined;
    vault.serve(request);
    throw new NoAnswer(request.address, 'unreachable', 'aborted');
  };
  expect((await problemsOf(initialise(nodes, CLEAR))).problems).toEqual([
    expect.stringContaining("got 'aborted' from"),
    "'vault' of shop-production must answer with its shares, got an initialised server without them: nobody can unseal it, unless somebody else has initialised it in this moment; remove its volume, deploy shop-production-vault and begin again",
  ]);
});

test('fails as usual when the request was lost', async () => {
  const { nodes, vault } = scene();
  vault.intercept = ({ path, address }) => {
    if (path === 'sys/init') throw new NoAnswer(address, 'unreachable', 'aborted');
    return undefined;
  };
  expect((await problemsOf(initialise(nodes, CLEAR))).problems).toHaveLength(1);
});
