import { exitCodeOf, type NodeStatus, serverStatus } from '../../operations/server-status';
import { NoAnswer } from '../../operations/vault-client';
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

const ROOT_SHOWS = 'a root token shows them: npm run vault -- root shop-production -- bao audit list';
const RIGHT_SHOWS = 'a token with read and sudo at sys/audit shows them';
const REFUSED = 'sys/audit refuses the token in VAULT_TOKEN, which has ended or has no right there';

test.each([
  ['no token', {}, {}, `no token in VAULT_TOKEN; ${ROOT_SHOWS}`],
  ['a token that may not', { VAULT_TOKEN: 'other' }, {}, `${REFUSED}; ${ROOT_SHOWS}`],
  [
    'no token where Terraform has the devices',
    {},
    { audit_enabled_by: 'api' },
    `no token in VAULT_TOKEN; ${RIGHT_SHOWS}`,
  ],
  [
    'a token that may not at a server of others',
    { VAULT_TOKEN: 'other' },
    { mode: 'external' },
    `${REFUSED}; ${RIGHT_SHOWS}`,
  ],
] as const)('tells what is declared with %s, and why', async (_what, variables, description, reason) => {
  const set = server({ variables, description });
  const { voters, audit } = await set.ask();
  expect(voters).toBeUndefined();
  expect(audit).toEqual({ isFromServer: false, devices: ['file', 'stdout'], reason });
});

test.each([
  ['answers 500', { status: 500 }],
  ['gives no answer', 'silent'],
] as const)('tells what is declared where the server %s', async (what, given) => {
  const set = server({ variables: { VAULT_TOKEN: 'other' } });
  set.vault.intercept = ({ path }) => {
    if (path !== 'sys/audit') return undefined;
    if (given === 'silent') throw new NoAnswer('https://127.0.0.1:8200', 'unreachable', 'silence for 10 s');
    return given;
  };
  expect((await set.ask()).audit.reason).toBe(`sys/audit ${what}`);
});

test('sends the token to no node that is sealed', async () => {
  const { ask, vault } = server({ variables: { VAULT_TOKEN: 'hidden' } });
  vault.restart();
  expect((await ask()).audit.reason).toBe('no unsealed node answers');
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
