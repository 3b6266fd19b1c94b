import { splitPath } from './expectation';
import type { Current } from './platform-suite';
import type { VaultClient } from './vault';
import { WATCHER_POLICY } from './watcher';

interface TokenData {
  readonly policies: readonly string[];
  readonly ttl: number;
  readonly renewable: boolean;
  readonly orphan: boolean;
  readonly path: string;
}

/** What those who deploy may do, and that nobody is left who may do everything. */
export function operatorTests(current: Current): void {
  test('the token of the operator is short-lived, and has the one policy that deploys', async () => {
    const data = await operator(current).call<TokenData>('GET', 'auth/token/lookup-self');
    expect([...data.policies].sort()).toEqual(['default', 'operator']);
    expect(data).toMatchObject({ renewable: true, orphan: true });
    expect(data.ttl).toBeLessThanOrEqual(3600);
  });

  test('the operator deploys every secret and can read none', async () => {
    const { platform } = current();
    const client = operator(current);
    const paths = Object.keys(platform.secrets).map((secret) => {
      const [mount, path] = splitPath(secret);
      return `${mount}/data/${path}`;
    });
    const capabilities = await client.capabilities(paths);
    expect(Object.entries(capabilities).filter(([, granted]) => granted.includes('read'))).toEqual([]);
    const statuses = await Promise.all(
      paths.map(async (path) => [path, (await client.request('GET', path)).status]),
    );
    expect(statuses).toEqual(paths.map((path) => [path, 403]));
    // Neither by a policy or a role of a service, which would be a way around it.
    expect(await statusOf(client, 'POST', 'auth/token/create', { policies: ['root'] })).not.toBe(200);
    const [service = ''] = Object.keys(platform.policies);
    expect(await statusOf(client, 'POST', 'auth/token/create', { policies: [service] })).not.toBe(200);
  });

  test.each([
    [
      'write its own policy',
      'PUT',
      'sys/policies/acl/operator',
      { policy: 'path "*" { capabilities = ["read"] }' },
    ],
    ['write the policy that everybody has', 'PUT', 'sys/policies/acl/default', { policy: '' }],
    ['write a policy of its own making', 'PUT', 'sys/policies/acl/mine', { policy: '' }],
    ['list who has a token', 'GET', 'auth/token/accessors?list=true', undefined],
    [
      'make a token that nobody revokes with it',
      'POST',
      'auth/token/create-orphan',
      { policies: ['operator'] },
    ],
    ['mount an engine of its own making', 'POST', 'sys/mounts/mine', { type: 'kv' }],
    ['enable a way in of its own making', 'POST', 'sys/auth/mine', { type: 'userpass' }],
    ['end the audit', 'DELETE', 'sys/audit/file', undefined],
    ['seal the server', 'PUT', 'sys/seal', {}],
    ['take a snapshot of everything', 'GET', 'sys/storage/raft/snapshot', undefined],
    ['exchange the key', 'PUT', 'sys/rotate', {}],
  ] as const)('fails where the operator would %s', async (_, method, path, body) => {
    expect(await statusOf(operator(current), method, path, body)).toBe(403);
  });

  test('no token of the server is a root token', async () => {
    const { root } = current();
    const { keys } = await root.call<{ keys: string[] }>('GET', 'auth/token/accessors?list=true');
    const tokens = await Promise.all(
      keys.map(async (accessor) => {
        const { status, body } = await root.request('POST', 'auth/token/lookup-accessor', { accessor });
        // One that has ended meanwhile is none.
        return status === 200 ? (body.data as TokenData) : undefined;
      }),
    );
    const policies = tokens.flatMap((token) => token?.policies ?? []);
    expect(policies).toEqual(expect.arrayContaining(['operator', WATCHER_POLICY]));
    expect(policies).not.toContain('root');
  });
}

function operator(current: Current): VaultClient {
  const { project } = current();
  return current().client(project.exported.VAULT_TOKEN ?? '');
}

async function statusOf(client: VaultClient, method: string, path: string, body: unknown): Promise<number> {
  return (await client.request(method, path, body)).status;
}
