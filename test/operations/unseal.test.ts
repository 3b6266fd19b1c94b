import { unseal } from '../../operations/unseal';
import { problemsOf, type SceneProps, scene, type Typed } from './vault-fakes';

/** A server that was begun long ago and restarted, and holders who type some of its shares. */
function sealedServer(props: SceneProps, typed: (shares: readonly string[]) => readonly Typed[]) {
  const set = scene(props);
  const shares = set.vault.begin(5, 3);
  set.vault.restart();
  set.input.type(...typed(shares));
  return set;
}

test('asks one holder after another until all nodes are unsealed', async () => {
  const { nodes, outside, input, said, vault } = sealedServer({ nodes: 3, isTerminal: true }, (shares) =>
    shares.slice(0, 3),
  );
  expect(await unseal(nodes, outside)).toBe(0);
  expect(input.asked).toEqual([
    'share 1 of 3, which is not shown',
    'share 2 of 3, which is not shown',
    'share 3 of 3, which is not shown',
  ]);
  expect(said).toEqual([
    'taken: 1 of 3',
    'taken: 2 of 3',
    'taken',
    'https://127.0.0.1:8200 is unsealed',
    'https://127.0.0.1:8201 is unsealed',
    'https://127.0.0.1:8202 is unsealed',
  ]);
  expect(vault.authenticated).toEqual([]);
});

test('takes one share a line where there is no terminal', async () => {
  const { nodes, outside } = sealedServer({}, (shares) => shares.slice(2));
  expect(await unseal(nodes, outside)).toBe(0);
});

test('explains what it cannot take, without a word of it', async () => {
  const wrong = Buffer.alloc(33, 7).toString('base64');
  const { nodes, outside, said } = sealedServer({}, (shares) => [
    'garbage!',
    shares[0] as string,
    shares[0] as string,
    wrong,
    shares[1] as string,
    ...shares.slice(0, 3),
  ]);
  expect(await unseal(nodes, outside)).toBe(0);
  expect(said.slice(0, 6)).toEqual([
    'this is no share; paste what decrypting the file of the holder gave, and nothing else',
    'taken: 1 of 3',
    'this share was given before; each holder has another one',
    'taken: 2 of 3',
    'one of these shares is wrong or of another server, and the server cannot tell which: it has forgotten all of them, begin again with the first',
    'taken: 1 of 3',
  ]);
  expect(said.join('\n')).not.toContain(wrong);
});

test.each([
  ['an empty line', ['']],
  ['the end of the input', []],
])('ends with 2 at %s, and the server keeps what it has', async (_what, rest) => {
  const { nodes, outside, said, vault } = sealedServer({}, (shares) => [shares[0] as string, ...rest]);
  expect(await unseal(nodes, outside)).toBe(2);
  expect(said.at(-1)).toBe(
    'shop-production is still sealed, with 1 of 3 shares; it keeps them: give the others with npm run vault -- unseal shop-production',
  );
  expect(vault.nodes[0]?.parts).toHaveLength(1);
});

test('takes the question back when others have unsealed the server', async () => {
  const set = sealedServer({ isTerminal: true }, () => []);
  set.clock.after(4_000, () => Object.assign(set.vault.nodes[0] as object, { sealed: false, unsealedAt: 0 }));
  expect(await unseal(set.nodes, set.outside)).toBe(0);
  expect(set.said).toEqual(['https://127.0.0.1:8200 is unsealed']);
});

test('says so when nothing is sealed', async () => {
  const { nodes, outside, said, vault, input } = scene();
  vault.begin(5, 3);
  expect(await unseal(nodes, outside)).toBe(0);
  expect(said).toEqual(['shop-production: nothing is sealed']);
  expect(input.asked).toEqual([]);
});

test('fails before it asks anybody where nothing was initialised', async () => {
  const { nodes, outside, input } = scene({ nodes: 3 });
  expect((await problemsOf(unseal(nodes, outside))).problems).toEqual([
    "'vault' of shop-production must be initialised, got one that is not at 'https://127.0.0.1:8200'; run npm run vault -- init shop-production",
  ]);
  expect(input.asked).toEqual([]);
});

test('fails where shares do not unseal', async () => {
  const { nodes, outside, vault } = scene({ seal: 'static', description: { seal: 'static' } });
  vault.begin(5, 3);
  vault.restart();
  expect((await problemsOf(unseal(nodes, outside))).problems).toEqual([
    "'seal' of shop-production must be shamir for shares to unseal it, got 'static', which unseals by itself; look at the log of 'https://127.0.0.1:8200' for what its seal lacks",
  ]);
});

test('fails where no node answers, once for each', async () => {
  const { nodes, outside, vault } = scene({ nodes: 3 });
  for (const { address } of nodes.all) vault.silent.add(address);
  expect((await problemsOf(unseal(nodes, outside))).problems).toHaveLength(3);
});

test('unseals the others and fails in the end where a node gives no answer', async () => {
  const { nodes, outside, vault, said } = sealedServer({ nodes: 3 }, (shares) => shares.slice(0, 3));
  vault.silent.add('https://127.0.0.1:8202');
  expect((await problemsOf(unseal(nodes, outside))).problems).toEqual([
    "'vault' of shop-production must answer, got 'connection refused' from 'https://127.0.0.1:8202'; bring it up with npx cdktf deploy shop-production-vault",
  ]);
  expect(said.filter((line) => line.endsWith('is unsealed'))).toHaveLength(2);
});

test('fails where a node has not joined the cluster', async () => {
  const { nodes, outside, vault } = scene({ nodes: 3 });
  vault.begin(5, 3);
  vault.intercept = ({ address, path }) =>
    address.endsWith('8202') && path === 'sys/seal-status'
      ? { body: { initialized: false, sealed: true } }
      : undefined;
  expect((await problemsOf(unseal(nodes, outside))).problems).toEqual([
    "'https://127.0.0.1:8202' must have joined the cluster, got one that has not; look at its log, then run npm run vault -- unseal shop-production",
  ]);
});

test('ends at once when somebody asks it to, and says how to go on', async () => {
  const set = sealedServer({}, (shares) => [
    shares[0] as string,
    () => {
      set.controller.abort('SIGTERM');
      return undefined;
    },
  ]);
  expect(await problemsOf(unseal(set.nodes, set.outside))).toEqual({
    problems: ['the server keeps the shares that it has; go on with npm run vault -- unseal shop-production'],
    exitCode: 143,
  });
});
