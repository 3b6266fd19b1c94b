import * as fs from 'node:fs';
import { VaultClient } from './vault';

/** The policy of {@link watcherToken}. */
export const WATCHER_POLICY = 'acceptance-tests';

const EVERYTHING = `path "*" {
  capabilities = ["create", "read", "update", "delete", "list", "sudo"]
}
`;

/**
 * A token that may do everything and is no root token, for the tests to compare with what is in Vault: nobody who
 * uses the product has one.
 */
async function watcherToken({ VAULT_ADDR, VAULT_TOKEN, VAULT_CACERT }: NodeJS.ProcessEnv): Promise<string> {
  const ca = VAULT_CACERT ? fs.readFileSync(VAULT_CACERT, 'utf8') : undefined;
  const root = new VaultClient(VAULT_ADDR ?? '', VAULT_TOKEN ?? '', ca);
  await root.call('PUT', `sys/policies/acl/${WATCHER_POLICY}`, { policy: EVERYTHING });
  const settings = { policies: [WATCHER_POLICY], no_default_policy: true, ttl: '4h' };
  const { body } = await root.request('POST', 'auth/token/create-orphan', settings);
  return (body.auth as { client_token: string }).client_token;
}

// Run by `npm run vault -- root <environment> -- node --import tsx watcher.ts`.
if (require.main === module) {
  void watcherToken(process.env).then((token) => process.stdout.write(token));
}
