import { expectIdentity, tokenWith } from './access-tests';
import type { Current } from './platform-suite';

/** Tenants bring keys of their own, and none may reach those of another. */
export function bizosaasTests(current: Current): void {
  test('a token of a tenant reaches its own keys and those of nobody else', async () => {
    const client = await tokenWith(current(), 'bizosaas-tenant-test-tenant-001');
    await expectIdentity(current(), client, 'bizosaas-tenant-test-tenant-001');
    const status = async (method: string, path: string, body?: unknown) =>
      (await client.request(method, `bizosaas/${path}`, body)).status;
    const data = { data: { api_key: 'rotated' } };
    expect(await status('GET', 'data/tenants/test-tenant-001/api-keys/openrouter')).toBe(200);
    expect(await status('POST', 'data/tenants/test-tenant-001/api-keys/openrouter', data)).toBe(200);
    expect(await status('POST', 'data/tenants/test-tenant-001/api-keys/anthropic', data)).toBe(200);
    expect(await status('GET', 'data/tenants/test-tenant-002/api-keys/openrouter')).toBe(403);
    expect(await status('POST', 'data/tenants/test-tenant-002/api-keys/openrouter', data)).toBe(403);
    expect(await status('GET', 'metadata/tenants?list=true')).toBe(403);
    expect(await status('GET', 'data/encryption/api-keys')).toBe(403);
    // As the other tests expect it.
    await current().writeRuntimeSecrets();
  });
}
