import { missingCapabilities } from '../../operations/capabilities';
import { VaultNode } from '../../operations/vault-nodes';
import type { Capability } from '../../policies/capability';
import { FakeServers, type FakeToken } from './fake-vault';
import { SERVER } from './server-project';

const ADDRESS = 'https://127.0.0.1:8220';
const WRITE: readonly Capability[] = ['create', 'update'];

function nodeWith(token: FakeToken) {
  const servers = new FakeServers({ [ADDRESS]: { tokens: { t: token } } });
  return {
    servers,
    node: new VaultNode(
      { environment: 'mill-staging', description: SERVER },
      servers.clients(ADDRESS, undefined),
    ),
  };
}

test('a token that may do everything lacks nothing', async () => {
  const { node } = nodeWith({});
  expect(await missingCapabilities(node, 't', [{ path: 'apps/data/mail', capabilities: WRITE }])).toEqual([]);
});

test('says what is lacking, and no more', async () => {
  const { node } = nodeWith({ lacks: { 'apps/data/mail': ['create', 'read'], 'sys/mounts/apps': ['sudo'] } });
  const required = [
    { path: 'apps/data/mail', capabilities: WRITE },
    { path: 'sys/mounts/apps', capabilities: WRITE },
  ];
  expect(await missingCapabilities(node, 't', required)).toEqual([
    { path: 'apps/data/mail', capabilities: ['create'] },
  ]);
});

test('asks in batches', async () => {
  const { node, servers } = nodeWith({ lacks: { p7: ['create'], p203: ['update'] } });
  const required = Array.from({ length: 204 }, (_, i) => ({ path: `p${i}`, capabilities: WRITE }));
  expect(await missingCapabilities(node, 't', required)).toEqual([
    { path: 'p7', capabilities: ['create'] },
    { path: 'p203', capabilities: ['update'] },
  ]);
  expect(servers.asked).toEqual(Array(3).fill('POST sys/capabilities-self'));
});

test('a token that may not even ask lacks that', async () => {
  const { node } = nodeWith({ isBlind: true });
  expect(await missingCapabilities(node, 't', [{ path: 'p', capabilities: WRITE }])).toEqual([
    { path: 'sys/capabilities-self', capabilities: ['update'] },
  ]);
});

test('a path of which the server says nothing is one at which nothing is allowed', async () => {
  const server = { environment: 'mill-staging', description: SERVER };
  const node = new VaultNode(server, {
    address: ADDRESS,
    request: async () => ({ status: 200, body: {}, data: { p: ['deny'], q: ['root'] }, errors: [] }),
  });
  const required = ['p', 'q', 'r'].map((path) => ({ path, capabilities: WRITE }));
  expect(await missingCapabilities(node, 't', required)).toEqual([
    { path: 'p', capabilities: WRITE },
    { path: 'r', capabilities: WRITE },
  ]);
});
