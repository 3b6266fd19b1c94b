import { status } from '../../operations/status';
import { FakeMachine, READY } from './fakes';
import { type SceneProps, scene } from './vault-fakes';

function server(props: SceneProps = {}) {
  const set = scene(props);
  set.vault.begin(5, 3);
  const days = (count: number) => new Date(set.clock.now() + count * 24 * 60 * 60 * 1000);
  const certificateOf = async (address: string) =>
    ({ '8200': days(90), '8201': days(29.5), '8202': days(-1) })[address.slice(-4)];
  return { ...set, outside: { ...set.outside, certificateOf } };
}

test('shows a column for each node', async () => {
  const { nodes, outside, vault, printed } = server({ nodes: 3 });
  Object.assign(vault.nodes[2] as object, { sealed: true, parts: ['one'] });
  expect(await status(nodes, false, outside)).toBe(2);
  expect(printed.join('')).toMatchInlineSnapshot(`
    "address            https://127.0.0.1:8200  https://127.0.0.1:8201             https://127.0.0.1:8202
    version            2.5.5                   2.5.5                              2.5.5
    initialised        yes                     yes                                yes
    sealed             no                      no                                 yes, 1 of 3 shares
    seal               shamir                  shamir                             shamir
    storage            raft                    raft                               raft
    high availability  active                  standby of https://127.0.0.1:8200
    certificate ends   2030-04-01, in 90 days  2030-01-30, in 29 days: renew it   2029-12-31, it has ended
    audit devices      file, stdout (declared: no token in VAULT_TOKEN; a root token shows them: npm run vault -- root shop-production -- bao audit list)
    "
  `);
});

test('shows what a node does not say, and why', async () => {
  const { nodes, outside, vault, printed, said } = server();
  vault.silent.add('https://127.0.0.1:8200');
  expect(await status(nodes, false, outside)).toBe(1);
  expect(printed.join('')).toMatchInlineSnapshot(`
    "address            https://127.0.0.1:8200
    version            no answer
    initialised        no answer
    sealed             no answer
    seal               no answer
    storage            no answer
    high availability  no answer
    certificate ends   2030-04-01, in 90 days
    audit devices      file, stdout (declared: no unsealed node answers)
    "
  `);
  expect(said).toEqual([expect.stringMatching(/^error: 'vault' of shop-production must answer/)]);
});

test('shows that nothing is initialised, without TLS', async () => {
  const { nodes, outside, printed } = scene({
    description: { addresses: ['http://127.0.0.1:8200'], audit: [] },
  });
  expect(await status(nodes, false, outside)).toBe(2);
  expect(printed.join('')).toMatchInlineSnapshot(`
    "address            http://127.0.0.1:8200
    version            2.5.5
    initialised        no
    sealed             yes
    seal               shamir
    storage            raft
    high availability
    certificate ends   no TLS
    audit devices      none (declared: no unsealed node answers)
    "
  `);
});

test('shows what the server says to a token', async () => {
  const set = server({ nodes: 3 });
  const VAULT_TOKEN = set.vault.makeToken(['root']);
  const outside = {
    ...set.outside,
    machine: new FakeMachine(READY, { VAULT_TOKEN }),
  };
  await status(set.nodes, false, outside);
  expect(set.printed.join('').split('\n').slice(-3)).toEqual([
    'raft voters        3',
    'audit devices      file, stdout',
    '',
  ]);
  expect(set.printed.join('')).not.toContain(VAULT_TOKEN);
});

test('prints JSON for programs', async () => {
  const { nodes, outside, printed } = server();
  expect(await status(nodes, true, outside)).toBe(0);
  expect(JSON.parse(printed.join(''))).toMatchObject({
    environment: 'shop-production',
    nodes: [{ address: 'https://127.0.0.1:8200', sealed: false }],
    audit: { isFromServer: false, devices: ['file', 'stdout'] },
  });
});
