import { Audit } from '@cdktf/provider-vault/lib/audit';
import type { Construct } from 'constructs';
import { adopt } from './adoption';
import type { VaultServer } from './vault-server';

/**
 * The audit devices of a server that has them by its API. The key ceremony has enabled them before anything else, so
 * Terraform takes them over and watches that they stay. A server that has them in its configuration needs nothing.
 */
export function auditDevices(scope: Construct, { description, environment }: VaultServer): void {
  if (description.audit_enabled_by !== 'api') return;
  for (const { path, type, options } of description.audit) {
    const device = new Audit(scope, `audit-${path}`, {
      path,
      type,
      options: { ...options },
      lifecycle: environment.protection,
    });
    adopt(device, path);
  }
}
