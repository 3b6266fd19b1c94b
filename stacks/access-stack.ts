import type { Construct } from 'constructs';
import type { VaultServer } from '../constructs/vault-server';
import { PlatformStack } from './platform-stack';
import { vaultProvider } from './vault-provider';

/** Mounts, secrets and policies: what a security review looks at. */
export class AccessStack extends PlatformStack {
  public constructor(scope: Construct, id: string, server: VaultServer) {
    super(scope, id, server.environment);
    vaultProvider(this, server);
  }
}
