import { firstUnseal } from '../../operations/first-unseal';
import { problemsOf, scene } from './vault-fakes';

const CLEAR = { shares: 3, threshold: 2, holders: undefined };
const PGP = { ...CLEAR, holders: { count: 3, serverKeys: ['a', 'b', 'c'], encrypt: async () => [] } };

/** A server that was just initialised. */
async function server(props: Parameters<typeof scene>[0] = {}) {
  const set = scene(props);
  const body =
    props.seal === 'static'
      ? { recovery_shares: 3, recovery_threshold: 2 }
      : { secret_shares: 3, secret_threshold: 2 };
  await set.nodes.first.request('PUT', 'sys/init', { body });
  const kind = props.seal === 'static' ? ('recovery' as const) : ('unseal' as const);
  return { ...set, secrets: { kind, shares: set.vault.shares, rootToken: 'unused' } };
}

test('unseals by itself with no more shares than it must', async () => {
  const { nodes, secrets, outside, vault, said } = await server({ nodes: 3 });
  await firstUnseal(nodes, secrets, CLEAR, outside);
  expect(
    vault.requests.filter(({ path }) => path === 'sys/unseal').map(({ body }) => body.key),
  ).not.toContain(vault.shares[2]);
  expect(said).toEqual(['shop-production: 3 of 3 nodes are unsealed']);
});

test('goes on without a node that does not join, and says so', async () => {
  const { nodes, secrets, outside, vault, said } = await server({ nodes: 3 });
  vault.intercept = ({ address, path }) =>
    address.endsWith('8202') && path === 'sys/seal-status'
      ? { body: { initialized: false, sealed: true } }
      : undefined;
  await firstUnseal(nodes, secrets, CLEAR, outside);
  expect(said).toEqual([
    'shop-production: 2 of 3 nodes are unsealed',
    'warning: unseal the other nodes with npm run vault -- unseal shop-production',
  ]);
});

test('waits for a seal that needs nobody', async () => {
  const { nodes, secrets, outside, vault, clock, input } = await server({ seal: 'static' });
  Object.assign(vault.nodes[0] as object, { sealed: true });
  clock.after(20_000, () => Object.assign(vault.nodes[0] as object, { sealed: false }));
  await firstUnseal(nodes, secrets, PGP, outside);
  expect(vault.requests.some(({ path }) => path === 'sys/unseal')).toBe(false);
  expect(input.asked).toEqual([]);
});

test('fails where holders have no more shares', async () => {
  const { nodes, secrets, outside, input, vault } = await server({ isTerminal: true });
  input.type(vault.shares[0] as string, '');
  expect((await problemsOf(firstUnseal(nodes, secrets, PGP, outside))).problems).toEqual([
    "'vault' of shop-production must be unsealed to be set up, got a sealed one at 'https://127.0.0.1:8200'",
  ]);
});

test('fails where the server gives no answer any more', async () => {
  const { nodes, secrets, outside, vault } = await server({ seal: 'static' });
  vault.silent.add(nodes.first.address);
  expect((await problemsOf(firstUnseal(nodes, secrets, CLEAR, outside))).problems).toEqual([
    expect.stringContaining("must be unsealed to be set up, got 'vault' of shop-production must answer"),
  ]);
});
