import type { RequiredCapability } from '../policies/operator-rules';
import type { VaultNode } from './vault-nodes';

/** Paths of one request. */
const BATCH = 100;

/**
 * What a token may not do of what is required, as the server itself decides it.
 *
 * @returns each path with the capabilities that are missing there
 */
export async function missingCapabilities(
  node: VaultNode,
  token: string,
  required: readonly RequiredCapability[],
): Promise<RequiredCapability[]> {
  const missing: RequiredCapability[] = [];
  for (let i = 0; i < required.length; i += BATCH) {
    const batch = required.slice(i, i + BATCH);
    const paths = [...new Set(batch.map(({ path }) => path))];
    const { status, data } = await node.request('POST', 'sys/capabilities-self', { token, body: { paths } });
    // Who may not even ask has a token without the policy that everybody has.
    if (status !== 200) return [{ path: 'sys/capabilities-self', capabilities: ['update'] }];
    for (const { path, capabilities } of batch) {
      const granted = data[path];
      const held: readonly unknown[] = Array.isArray(granted) ? granted : [];
      const lacking = held.includes('root') ? [] : capabilities.filter((one) => !held.includes(one));
      if (lacking.length > 0) missing.push({ path, capabilities: lacking });
    }
  }
  return missing;
}
