import { Environments } from '../../operations/environments';
import { NEVER_DEPLOYED } from '../../operations/last-deploy';
import { checkServer, mountAccessors } from '../../operations/server-check';
import type { States } from '../../operations/states';
import { VaultNode, VaultNodes } from '../../operations/vault-nodes';
import { type FakeNode, FakeServers, fakeWaiting } from './fake-vault';
import { SERVER, serverProject } from './server-project';

const before = process.cwd();
beforeAll(async () => process.chdir(await serverProject()));
afterAll(() => process.chdir(before));

const ADDRESSES = ['https://127.0.0.1:8220', 'https://127.0.0.1:8221', 'https://127.0.0.1:8222'];

function check(
  first: FakeNode,
  others: FakeNode = first,
  variables = { VAULT_TOKEN: 'hvs.hidden' },
  states?: States,
) {
  const [a, b, c] = ADDRESSES as [string, string, string];
  const servers = new FakeServers({ [a]: first, [b]: others, [c]: others });
  const environment = new Environments('cdktf.out').get('mill-staging');
  const description = environment.stacks.vault.vaultDescription ?? SERVER;
  const nodes = new VaultNodes('mill-staging', description, servers.clients, '.');
  return { servers, result: checkServer(environment, nodes, variables, states, fakeWaiting()) };
}

test('a server and a token that are fit are told of', async () => {
  expect(await check({ tokens: { 'hvs.hidden': {} } }).result).toEqual({
    ready: true,
    problems: [],
    warnings: [],
    summary: ['vault: unsealed, 3 of 3 nodes, OpenBao 2.5.5', 'token: operator, 60 minutes left'],
    token: { token: 'hvs.hidden', name: "'VAULT_TOKEN'" },
  });
});

test('a node that is sealed is a warning', async () => {
  const { ready, warnings } = await check({ tokens: { 'hvs.hidden': {} } }, { sealed: true }).result;
  expect(ready).toBe(true);
  expect(warnings).toEqual([
    expect.stringContaining("got a sealed one at 'https://127.0.0.1:8221'"),
    expect.stringContaining("got a sealed one at 'https://127.0.0.1:8222'"),
  ]);
});

test('a server that is not ready sees no token', async () => {
  const { result, servers } = check({ sealed: true, tokens: { 'hvs.hidden': {} } });
  expect(await result).toMatchObject({
    ready: false,
    problems: [expect.stringContaining('npm run vault -- unseal mill-staging')],
  });
  expect(new Set(servers.asked)).toEqual(new Set(['GET sys/seal-status']));
});

test('a server without an active node is not ready', async () => {
  const environment = new Environments('cdktf.out').get('mill-staging');
  const servers = new FakeServers(
    Object.fromEntries(ADDRESSES.map((address) => [address, { active: false }])),
  );
  const nodes = new VaultNodes('mill-staging', { ...SERVER, addresses: ADDRESSES }, servers.clients, '.');
  expect(await checkServer(environment, nodes, { VAULT_TOKEN: 't' })).toMatchObject({
    ready: false,
    problems: [expect.stringContaining('got 500 ')],
  });
});

test('a ready server with another token says so', async () => {
  expect(await check({ tokens: {} }).result).toMatchObject({
    ready: true,
    problems: [expect.stringContaining("'VAULT_TOKEN' must be a token of the server")],
  });
  expect(await check({}, {}, { VAULT_TOKEN: '' }).result).toMatchObject({
    ready: true,
    problems: [expect.stringContaining("'VAULT_TOKEN' must hold a token")],
  });
});

test.each([
  ['apps/data/mail', ['update']],
  ['sys/mounts/apps', ['read']],
  ['auth/approle/role/mill-web', ['create']],
  ['sys/policies/acl/mill-web', ['update']],
])('fails with a token that may not do at %s what the stacks need', async (path, lacking) => {
  const { problems } = await check({ tokens: { 'hvs.hidden': { lacks: { [path]: lacking } } } }).result;
  expect(problems).toEqual([
    expect.stringContaining(`got one that may not at '${path}' (${lacking.join()})`),
  ]);
});

test('fails with a token that may not take away what was declared before', async () => {
  const old = { type: 'vault_policy', name: 'old_1', attributes: { name: 'mill-old' } };
  const access = { ...NEVER_DEPLOYED, objects: [old] };
  const states = { vault: NEVER_DEPLOYED, access, services: NEVER_DEPLOYED };
  const node = { tokens: { 'hvs.hidden': { lacks: { 'sys/policies/acl/mill-old': ['delete'] } } } };
  expect((await check(node, node, undefined, states).result).problems).toEqual([
    expect.stringContaining("got one that may not at 'sys/policies/acl/mill-old' (delete)"),
  ]);
  expect((await check(node).result).problems).toEqual([]);
});

test('a token that may read no secret will do', async () => {
  const lacks = { 'apps/data/mail': ['read', 'list', 'sudo'], 'apps/metadata/mail': ['read'] };
  expect(await check({ tokens: { 'hvs.hidden': { lacks } } }).result).toMatchObject({ problems: [] });
});

describe('the accessors of mounts', () => {
  const node = (one?: FakeNode) => {
    const [address] = ADDRESSES as [string];
    const servers = new FakeServers(one && { [address]: one });
    return new VaultNode(
      { environment: 'mill-staging', description: SERVER },
      servers.clients(address, undefined),
    );
  };

  test('are those that the server has now', async () => {
    const mounts = { apps: 'kv_1', 'teams/a': 'kv_2' };
    expect(await mountAccessors(node({ mounts, tokens: { t: {} } }), 't')).toEqual(mounts);
  });

  test.each([
    ['does not answer', undefined],
    ['is sealed', { sealed: true }],
    ['does not know the token', { mounts: { apps: 'kv_1' } }],
  ])('are unknown where the server %s', async (_, one) => {
    expect(await mountAccessors(node(one), 't')).toEqual({});
  });
});
