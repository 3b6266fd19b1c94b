import type { VaultDescription } from '../../constructs/vault-description';
import { serverState } from '../../operations/readiness';
import { VaultNodes } from '../../operations/vault-nodes';
import { type FakeNode, FakeServers, fakeWaiting } from './fake-vault';
import { SERVER } from './server-project';

const [FIRST, SECOND, THIRD] = ['https://127.0.0.1:8220', 'https://127.0.0.1:8221', 'https://127.0.0.1:8222'];

function nodesOf(
  nodes: Record<string, FakeNode>,
  changes: Partial<VaultDescription> = {},
  name = 'mill-staging',
) {
  const servers = new FakeServers(nodes);
  const description = { ...SERVER, addresses: Object.keys(nodes), ca: undefined, ...changes };
  return { servers, nodes: new VaultNodes(name, description, servers.clients, '.') };
}

test('a server that is unsealed and active is ready', async () => {
  const { nodes } = nodesOf({ [FIRST]: {} });
  expect(await serverState(nodes, fakeWaiting())).toEqual({
    problem: undefined,
    warnings: [],
    summary: 'unsealed, OpenBao 2.5.5',
  });
});

const certificate = { kind: 'certificate', reason: 'self-signed certificate in certificate chain' } as const;

test.each<[string, FakeNode, Partial<VaultDescription>, string]>([
  [
    'without keys',
    { initialised: false, sealed: true },
    {},
    "'vault' of mill-staging must be initialised, got one that is not at 'https://127.0.0.1:8220'; run npm run vault -- init mill-staging",
  ],
  [
    'without keys, in development',
    { initialised: false, sealed: true },
    { development: true },
    "'vault' of mill-staging must be initialised, got one that is not at 'https://127.0.0.1:8220'; run npm run vault -- init mill-staging --development",
  ],
  [
    'sealed',
    { sealed: true },
    {},
    "'vault' of mill-staging must be unsealed, got a sealed one at 'https://127.0.0.1:8220'; run npm run vault -- unseal mill-staging",
  ],
  [
    'sealed, in development',
    { sealed: true },
    { development: true },
    "'vault' of mill-staging must be unsealed, got a sealed one at 'https://127.0.0.1:8220'; run npm run vault -- init mill-staging --development",
  ],
  [
    'sealed although another Vault opens it',
    { sealed: true },
    { seal: 'transit' },
    "'vault' of mill-staging must be unsealed, got a sealed one at 'https://127.0.0.1:8220'; its seal 'transit' opens it by itself: look at the log of its container for what is missing",
  ],
  [
    'sealed, and somebody else’s',
    { sealed: true },
    { mode: 'external' },
    "'vault' of mill-staging must be unsealed, got a sealed one at 'https://127.0.0.1:8220'; have it unsealed by those who run it",
  ],
  [
    'without keys, and somebody else’s',
    { initialised: false },
    { mode: 'external' },
    "'vault' of mill-staging must be initialised, got one that is not at 'https://127.0.0.1:8220'; have it initialised by those who run it",
  ],
  [
    'with a certificate of another authority',
    { silence: certificate },
    {},
    "'certificate' of mill-staging must be one that an authority of this system signed, got 'self-signed certificate in certificate chain' from 'https://127.0.0.1:8220'; make it anew with npm run certificates -- mill-staging --renew, then run npx cdktf deploy mill-staging-vault",
  ],
  [
    'that does not answer',
    { silence: { kind: 'unreachable', reason: 'silence for 10 s' } },
    {},
    "'vault' of mill-staging must answer, got 'silence for 10 s' from 'https://127.0.0.1:8220'; bring it up with npx cdktf deploy mill-staging-vault",
  ],
])('fails with a server %s', async (_, node, changes, problem) => {
  const { nodes } = nodesOf({ [FIRST]: node }, changes);
  expect(await serverState(nodes)).toMatchObject({ problem });
  expect(await serverState(nodes, fakeWaiting())).toMatchObject({ problem });
});

describe('of several nodes', () => {
  const sealed = (address: string) =>
    `'vault' of mill-staging must be unsealed, got a sealed one at '${address}'; run npm run vault -- unseal mill-staging`;

  test('all are ready', async () => {
    const { nodes } = nodesOf({ [FIRST]: { active: false }, [SECOND]: {}, [THIRD]: { active: false } });
    expect(await serverState(nodes, fakeWaiting())).toEqual({
      problem: undefined,
      warnings: [],
      summary: 'unsealed, 3 of 3 nodes, OpenBao 2.5.5',
    });
  });

  test('one that is sealed is a warning', async () => {
    const { nodes } = nodesOf({ [FIRST]: {}, [SECOND]: { sealed: true }, [THIRD]: {} });
    expect(await serverState(nodes, fakeWaiting())).toEqual({
      problem: undefined,
      warnings: [sealed(SECOND)],
      summary: 'unsealed, 2 of 3 nodes, OpenBao 2.5.5',
    });
  });

  test('fails when it is the first, which Terraform talks to', async () => {
    const { nodes } = nodesOf({ [FIRST]: { sealed: true }, [SECOND]: {}, [THIRD]: { sealed: true } });
    expect(await serverState(nodes, fakeWaiting())).toMatchObject({ problem: sealed(FIRST), warnings: [] });
  });

  test('fails when none is active within a minute', async () => {
    const { nodes } = nodesOf({ [FIRST]: { active: false }, [SECOND]: { sealed: true } });
    expect(await serverState(nodes, fakeWaiting())).toMatchObject({
      problem:
        "'vault' of mill-staging must have an active node, got none of https://127.0.0.1:8220, https://127.0.0.1:8221; look at npm run vault -- status mill-staging",
    });
  });
});

describe('what comes about by itself', () => {
  /** Another node from the given second on. */
  function becoming(
    before: FakeNode,
    after: FakeNode,
    atSecond: number,
    changes: Partial<VaultDescription> = {},
  ) {
    const { nodes, servers } = nodesOf({ [FIRST]: before }, changes);
    const waiting = fakeWaiting((seconds) => {
      if (seconds >= atSecond) servers.nodes = { [FIRST]: after };
    });
    return { nodes, waiting };
  }

  test('is waited for: an election', async () => {
    const { nodes, waiting } = becoming({ active: false }, {}, 8);
    expect(await serverState(nodes, waiting)).toMatchObject({ problem: undefined });
  });

  test('is waited for: another Vault that opens the seal', async () => {
    const { nodes, waiting } = becoming({ sealed: true }, {}, 8, { seal: 'transit' });
    expect(await serverState(nodes, waiting)).toMatchObject({ problem: undefined });
  });

  test('is not waited for where people come next', async () => {
    const { nodes, waiting } = becoming({ sealed: true }, {}, 1);
    expect((await serverState(nodes, waiting)).problem).toContain('npm run vault -- unseal mill-staging');
  });

  test('is not waited for where people first make the keys', async () => {
    const uninitialised = { initialised: false, sealed: true };
    const { nodes, waiting } = becoming(uninitialised, {}, 1, { seal: 'transit' });
    expect((await serverState(nodes, waiting)).problem).toContain('npm run vault -- init mill-staging');
  });

  test('is not waited for at a first look', async () => {
    const { nodes, servers } = nodesOf({ [FIRST]: { active: false } });
    expect(await serverState(nodes)).toMatchObject({ problem: undefined });
    expect(servers.asked).toEqual(['GET sys/seal-status']);
  });
});
