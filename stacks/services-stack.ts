import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import type { Construct } from 'constructs';
import type { VaultServer } from '../constructs/vault-server';
import { PlatformStack } from './platform-stack';
import { vaultProvider } from './vault-provider';

/** Containers and the credentials of their identities: changes daily, and can never destroy a secret. */
export class ServicesStack extends PlatformStack {
  public constructor(scope: Construct, id: string, server: VaultServer) {
    super(scope, id, server.environment);
    new DockerProvider(this, 'docker');
    vaultProvider(this, server);
  }
}
