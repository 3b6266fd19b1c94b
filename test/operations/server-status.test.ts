import { exitCodeOf, type NodeStatus, serverStatus } from '../../operations/server-status';
import { FakeMachine, READY } from './fakes';
import { type SceneProps, scene } from './vault-fakes';

function server(props: SceneProps = {}) {
  const set = scene(props);
  set.vault.begin(5, 3);
  return { ...set, ask: () => serverStatus(set.nodes, set.outside) };
}

test('tells what each node says of itself', async () => {
  const { ask, vault } = server({ nodes: 3 });
  Object.assign(vault.nodes[2] as object, { sealed: true, parts: ['one'] });
  const common = {
    initialised: true,
    version: '2.5.5',
    storage: 'raft',
    type: 'shamir',
    shares: 5,
    threshold: 3,
  };
  expect((await ask()).nodes).toEqual([
    {
      address: 'https://127.0.0.1:8200',
      ...common,
      sealed: false,
      progress: 0,
      isActive: true,
      leader: 'https://127.0.0.1:8200',
    },
    {
      address: 'https://127.0.0.1:8201',
      ...common,
      sealed: false,
      progress: 0,
      isActive: false,
      leader: 'https://127.0.0.1:8200',
    },
    { address: 'https://127.0.0.1:8202', ...common, sealed: true, progress: 1 },
  ]);
});

test('has the certificate that is served, also of a node that gives no answer', async () => {
  const set = server({ nodes: 3 });
  set.vault.silent.add('https://127.0.0.1:8201');
  const outside = {
    ...set.outside,
    certificateOf: async (address: string) => (address.endsWith('8202') ? undefined : new Date('2031-01-01')),
  };
  const { nodes } = await serverStatus(set.nodes, outside);
  expect(nodes.map(({ certificateEnd }) => certificateEnd)).toEqual([
    '2031-01-01T00:00:00.000Z',
    '2031-01-01T00:00:00.000Z',
    undefined,
  ]);
  expect(nodes[1]?.problem).toContain('must answer');
});

test('asks the server about audit and voters with the token of VAULT_TOKEN', async () => {
  const set = server({ nodes: 3 });
  const token = set.vault.makeToken(['root']);
  delete set.vault.audit['stdout/'];
  const outside = { ...set.outside, machine: new FakeMachine(READY, { VAULT_TOKEN: token }) };
  expect(await serverStatus(set.nodes, outside)).toMatchObject({
    voters: 3,
    audit: { isFromServer: true, devices: ['file'] },
  });
});

test.each([
  ['no token', {}],
  ['a token that may not', { VAULT_TOKEN: 'other' }],
])('tells what is declared with %s', async (_what, variables) => {
  const { ask } = server({ variables });
  const { voters, audit } = await ask();
  expect(voters).toBeUndefined();
  expect(audit).toEqual({ isFromServer: false, devices: ['file', 'stdout'] });
});

test('sends the token to no node that is sealed', async () => {
  const { ask, vault } = server({ variables: { VAULT_TOKEN: 'hidden' } });
  vault.restart();
  await ask();
  expect(vault.authenticated).toEqual([]);
});

const unsealed: NodeStatus = { address: 'a', initialised: true, sealed: false };
const sealed: NodeStatus = { ...unsealed, sealed: true };
const uninitialised: NodeStatus = { ...sealed, initialised: false };
const silent: NodeStatus = { address: 'a', problem: 'no answer' };

test.each([
  [0, 'unsealed', [unsealed]],
  [2, 'sealed', [sealed]],
  [2, 'not initialised', [uninitialised]],
  [1, 'silent', [silent]],
  [0, 'unsealed everywhere', [unsealed, unsealed, unsealed]],
  [2, 'sealed somewhere', [unsealed, unsealed, sealed]],
  [1, 'silent somewhere', [unsealed, sealed, silent]],
])('ends with %d when it is %s', (code, _what, nodes) => {
  const audit = { isFromServer: false, devices: [] };
  expect(exitCodeOf({ environment: 'shop-production', nodes, audit })).toBe(code);
});
