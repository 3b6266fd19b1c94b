import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { TerraformStack } from 'cdktf';
import { projectFile } from '../constructs/project-file';
import type { VaultServer } from '../constructs/vault-server';

/** As long as the operator's own token: a first deploy waits for every container. Seconds. */
const CHILD_TOKEN_TTL = 3600;

/**
 * Lets Terraform talk to the server: with the root token on a development server, and with the operator's own in
 * `VAULT_TOKEN` everywhere else.
 */
export function vaultProvider(stack: TerraformStack, server: VaultServer): VaultProvider {
  return new VaultProvider(stack, 'vault', {
    address: server.hostAddress,
    token: server.developmentRootToken,
    caCertFile: server.authority && projectFile(stack, server.authority.file),
    maxLeaseTtlSeconds: server.isLasting ? CHILD_TOKEN_TTL : undefined,
  });
}
