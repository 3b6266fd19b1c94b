import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { VaultServer } from '../constructs/vault-server';

/** Lets Terraform talk to the server, as the one that may use the development root token. */
export function vaultProvider(stack: TerraformStack, server: VaultServer): VaultProvider {
  return new VaultProvider(stack, 'vault', {
    address: server.hostAddress,
    token: server.developmentRootToken,
  });
}
