import type { AuditDeviceDescription } from '../constructs/vault-description';
import { OperationError } from './operation-error';
import type { RootToken } from './root-token';
import type { VaultNodes } from './vault-nodes';

/**
 * Has the server audit what comes after. Where the API enables the devices, the very first request with a token is
 * the one that does it; where the configuration does, they were there before any.
 *
 * @throws OperationError unless the server says that it has all of them
 */
export async function auditFirst({ environment, description }: VaultNodes, root: RootToken): Promise<void> {
  const { audit, audit_enabled_by: by } = description;
  if (by === 'api') for (const device of audit) await enable(device, root);
  if (audit.length === 0) return;
  const { data } = await root.must(
    `'audit devices' of ${environment} must be listed`,
    'GET',
    'sys/audit',
    undefined,
  );
  const missing = audit.filter(({ path, type }) => typeOf(data[`${path}/`]) !== type);
  if (missing.length === 0) return;
  const wanted = missing.map(({ path, type }) => `${path} (${type})`).join(', ');
  const remedy =
    by === 'configuration'
      ? `its configuration enables them: deploy ${environment}-vault, then run npm run vault -- operator ${environment}`
      : `look at its log, then run npm run vault -- operator ${environment}`;
  throw new OperationError([
    `'audit' of ${environment} must be on before anything is set up, got a server without ${wanted}; ${remedy}`,
  ]);
}

async function enable({ path, type, options }: AuditDeviceDescription, root: RootToken): Promise<void> {
  const answer = await root.request('PUT', `sys/audit/${path}`, { body: { type, options } });
  // Then the list below tells whether it is this one.
  const isThere =
    answer.status === 400 && answer.errors.some((words) => words.includes('path already in use'));
  if (answer.status >= 300 && !isThere) {
    throw new OperationError([
      `'audit/${path}' must be enabled before anything else, got ${answer.status} '${answer.errors.join('; ')}'; mend it, then run npm run vault -- operator ${root.environment}`,
    ]);
  }
}

function typeOf(device: unknown): unknown {
  return (device as { readonly type?: unknown } | undefined)?.type;
}
