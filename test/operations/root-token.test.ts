import { OperationError } from '../../operations/operation-error';
import { asRoot, RootToken } from '../../operations/root-token';
import { problemsOf, scene } from './vault-fakes';

/** An unsealed server and a root token of it. */
function withRoot(nodes = 1) {
  const set = scene({ nodes });
  set.vault.begin(5, 3);
  const value = set.vault.makeToken(['root']);
  return { ...set, value, root: new RootToken(set.nodes, set.nodes.first, value, set.outside) };
}

const ALIVE = "'root token' of shop-production must be revoked, got ";

test('is revoked after its use, and the server refuses it', async () => {
  const { root, vault, said } = withRoot();
  const use = async () => {
    await root.verify();
    return 'done';
  };
  expect(await asRoot(root, use)).toBe('done');
  expect(vault.rootTokens).toEqual([]);
  expect(vault.authenticated).toEqual([
    'GET auth/token/lookup-self',
    'POST auth/token/revoke-self',
    'GET auth/token/lookup-self',
  ]);
  expect(said).toEqual(['shop-production: the root token is revoked, and the server refuses it']);
});

test('is revoked when its use fails', async () => {
  const { root, vault } = withRoot();
  const failure = asRoot(root, async () => {
    throw new TypeError('of the use');
  });
  await expect(failure).rejects.toThrow(new TypeError('of the use'));
  expect(vault.rootTokens).toEqual([]);
});

test('is not called dead before the server took it once', async () => {
  const { nodes, outside, vault } = withRoot();
  const root = new RootToken(nodes, nodes.first, 'not the token', outside);
  const { problems } = await problemsOf(asRoot(root, async () => undefined));
  expect(problems[0]).toContain(`${ALIVE}''root token' of shop-production must be accepted, got 403`);
  expect(vault.rootTokens).toHaveLength(1);
});

test('is tried again until the server answers', async () => {
  const { root, vault, clock } = withRoot();
  vault.silent.add('https://127.0.0.1:8200');
  clock.after(20_000, () => vault.silent.clear());
  await root.revoke();
  expect(vault.rootTokens).toEqual([]);
});

test('follows the active node of a cluster', async () => {
  const { root, vault } = withRoot(3);
  vault.silent.add('https://127.0.0.1:8200');
  Object.assign(vault.nodes[0] as object, { sealed: true });
  await root.revoke();
  expect(vault.rootTokens).toEqual([]);
  expect(root.address).toBe('https://127.0.0.1:8201');
});

test('follows the active node where a standby sends elsewhere', async () => {
  const { root, vault } = withRoot(3);
  vault.intercept = ({ address, token }) =>
    token && address.endsWith(':8200') ? { status: 307 } : undefined;
  Object.assign(vault.nodes[0] as object, { sealed: true });
  await root.revoke();
  expect(vault.rootTokens).toEqual([]);
});

test('fails on a redirect, by which nothing was done', async () => {
  const { root, vault } = withRoot();
  vault.intercept = () => ({ status: 307 });
  expect(
    (await problemsOf(root.must("'policy' must be written", 'PUT', 'sys/policies/acl/operator', {})))
      .problems,
  ).toEqual([
    "'policy' must be written, got 307; mend it, then run npm run vault -- operator shop-production",
  ]);
});

test('fails when the server takes it still', async () => {
  const { root, vault } = withRoot();
  vault.intercept = ({ path }) => (path.endsWith('revoke-self') ? { status: 500 } : undefined);
  const { problems } = await problemsOf(asRoot(root, async () => undefined));
  expect(problems).toEqual([
    `${ALIVE}'200'; it may be alive: mend the server, then run npm run vault -- operator shop-production, which finds it and says how to revoke it`,
  ]);
});

test('fails with both reasons where its use failed too', async () => {
  const { root, vault } = withRoot();
  const failure = problemsOf(
    asRoot(root, async () => {
      Object.assign(vault.nodes[0] as object, { sealed: true });
      throw new OperationError(['of the use'], 3);
    }),
  );
  expect(await failure).toEqual({
    problems: ['of the use', expect.stringContaining('Vault is sealed')],
    exitCode: 3,
  });
});

test('says what the server refused in its own words, in one line', async () => {
  const { root, vault } = withRoot();
  vault.intercept = () => ({ status: 400, errors: ['1 error occurred:\n\t* unknown type\n\n'] });
  expect(
    (await problemsOf(root.must("'auth/x' must be enabled", 'POST', 'sys/auth/x', {}))).problems,
  ).toEqual([
    "'auth/x' must be enabled, got 400 '1 error occurred: unknown type'; mend it, then run npm run vault -- operator shop-production",
  ]);
});
