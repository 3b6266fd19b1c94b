import type { Construct } from 'constructs';
import { auditDevices } from '../constructs/audit-devices';
import type { VaultServer } from '../constructs/vault-server';
import { PlatformStack } from './platform-stack';
import { vaultProvider } from './vault-provider';

/** Mounts, secrets, policies, roles and audit devices: what a security review looks at. */
export class AccessStack extends PlatformStack {
  public constructor(scope: Construct, id: string, server: VaultServer) {
    super(scope, id, server.environment);
    vaultProvider(this, server);
    auditDevices(this, server);
  }
}
