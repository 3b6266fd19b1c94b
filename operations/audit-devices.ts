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
  let missing = differences(audit, await listed(environment, root));
  // One that is there otherwise, such as with another address, is made anew while another one goes on writing.
  if (by === 'api' && missing.length > 0 && missing.length < audit.length) {
    for (const device of missing) {
      const words = `'audit/${device.path}' of ${environment} must be enabled anew`;
      await root.must(words, 'DELETE', `sys/audit/${device.path}`, undefined);
      await enable(device, root);
    }
    missing = differences(audit, await listed(environment, root));
  }
  if (missing.length === 0) return;
  const remedy =
    by === 'configuration'
      ? `its configuration enables them: deploy ${environment}-vault, then run npm run vault -- operator ${environment}`
      : `look at its log, then run npm run vault -- operator ${environment}`;
  throw new OperationError([
    `'audit' of ${environment} must be on before anything is set up, got a server without ${namesOf(missing)}; ${remedy}`,
  ]);
}

/**
 * Why Terraform could not take over the audit devices of a server that has them by its API, if it could not: only a
 * root token enables them, and Terraform would fail on one that is not there, or change one that must not be away.
 */
export async function auditProblem(
  { environment, description, first }: VaultNodes,
  token: string,
): Promise<string | undefined> {
  if (description.audit_enabled_by !== 'api' || description.audit.length === 0) return undefined;
  const { status, data } = await first.request('GET', 'sys/audit', { token });
  // Whether the token may ask is a question of its own.
  if (status !== 200) return undefined;
  const missing = differences(description.audit, data);
  return missing.length === 0
    ? undefined
    : `'audit' of ${environment} must be as it is declared, got a server without ${namesOf(missing)}; run npm run vault -- operator ${environment}, which enables it`;
}

async function listed(environment: string, root: RootToken): Promise<Readonly<Record<string, unknown>>> {
  const words = `'audit devices' of ${environment} must be listed`;
  return (await root.must(words, 'GET', 'sys/audit', undefined)).data;
}

/** The devices that a server does not have, or has otherwise. */
function differences(
  declared: readonly AuditDeviceDescription[],
  data: Readonly<Record<string, unknown>>,
): readonly AuditDeviceDescription[] {
  return declared.filter(({ path, type, options }) => {
    const device = (data[`${path}/`] ?? {}) as {
      readonly type?: unknown;
      readonly options?: Readonly<Record<string, unknown>>;
    };
    return (
      device.type !== type ||
      Object.entries(options).some(([name, value]) => String(device.options?.[name]) !== value)
    );
  });
}

function namesOf(devices: readonly AuditDeviceDescription[]): string {
  return devices.map(({ path, type }) => `${path} (${type})`).join(', ');
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
