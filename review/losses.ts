import type { Danger } from './dangers';
import {
  AUTH_METHOD,
  AUTH_ROLE,
  auditLoss,
  endpointLoss,
  identityLoss,
  methodLoss,
  policyLoss,
  roleLoss,
} from './identity-losses';
import { type Judge, type Loss, type LossAction, type Lost, text } from './lost-resource';
import type { ResourceChange } from './resource-change';
import type { ReviewedEnvironment } from './reviewed-environment';
import { mountLoss, mountPath, networkLoss, secretLoss, serverLoss, volumeLoss } from './storage-losses';

/** By type; a role's is told by its form. */
const JUDGES: Readonly<Record<string, Judge>> = {
  vault_mount: mountLoss,
  vault_kv_secret: (lost) => secretLoss(lost, text(lost, 'path')),
  vault_kv_secret_v2: (lost) => secretLoss(lost, `${text(lost, 'mount')}/${text(lost, 'name')}`),
  vault_generic_secret: (lost) => secretLoss(lost, text(lost, 'path')),
  docker_volume: volumeLoss,
  docker_network: networkLoss,
  docker_container: serverLoss,
  vault_policy: policyLoss,
  vault_audit: auditLoss,
  vault_identity_entity: identityLoss('entity'),
  vault_identity_group: identityLoss('group'),
  vault_identity_entity_alias: () => ({
    what: 'alias of an entity',
    meaning: 'whoever logs in by it is another entity from then on, without the policies of this one',
  }),
  vault_identity_group_alias: () => ({
    what: 'alias of a group',
    meaning: 'whoever is in the group by it loses its policies',
  }),
  vault_generic_endpoint: endpointLoss,
  vault_transit_secret_backend_key: (lost) => ({
    what: `transit key '${text(lost, 'name')}'`,
    meaning: 'what was encrypted with it can never be read again',
  }),
  vault_pki_secret_backend_root_cert: (lost) => ({
    what: `root CA of '${text(lost, 'backend')}'`,
    meaning: 'its key is gone, and what trusts it trusts nothing that is issued from then on',
  }),
  vault_namespace: (lost) => ({
    what: `namespace '${text(lost, 'path')}'`,
    meaning: 'everything in it is gone',
  }),
};

/** Most of these hold nothing that counts. */
const MOSTLY_HARMLESS: readonly string[] = ['docker_container', 'vault_generic_endpoint'];

/** Whether a resource of a type holds data or identity. */
export function isLostByAnApply(type: string): boolean {
  return (
    (Object.hasOwn(JUDGES, type) && !MOSTLY_HARMLESS.includes(type)) ||
    AUTH_METHOD.test(type) ||
    AUTH_ROLE.test(type)
  );
}

/** What is lost of some resources, in their order. Nothing of those that can be made again as they were. */
export function losses(
  changes: readonly { readonly change: ResourceChange; readonly action: LossAction }[],
  before: ReviewedEnvironment | undefined,
  after: ReviewedEnvironment | undefined,
): readonly Danger[] {
  const blocks = new Map(
    (before?.blocks ?? []).map((one) => [JSON.stringify([one.stack, one.block.address]), one]),
  );
  const mounts = new Set<string>();
  const all = changes.map(({ change, action }): Lost => {
    const declared = blocks.get(JSON.stringify([change.stack, change.movedFrom ?? change.address]));
    return {
      change,
      action,
      mounts,
      ...(declared && { declared }),
      ...(before && { before }),
      ...(after && { after }),
    };
  });
  for (const one of all) {
    if (one.change.type === 'vault_mount' && one.action !== 'unprotect') mounts.add(mountPath(one));
  }
  return all.flatMap((lost) => {
    const { type, stack, address } = lost.change;
    const loss = judgeOf(type)?.(lost);
    if (!loss) return [];
    return { stack, address, what: loss.what, action: lost.action, meaning: sentence(lost.action, loss) };
  });
}

function judgeOf(type: string): Judge | undefined {
  if (Object.hasOwn(JUDGES, type)) return JUDGES[type];
  if (AUTH_METHOD.test(type)) return methodLoss;
  return AUTH_ROLE.test(type) ? roleLoss : undefined;
}

function sentence(action: LossAction, { meaning }: Loss): string {
  if (action !== 'unprotect') return meaning;
  return `Terraform may delete it from now on; then ${meaning}`;
}
