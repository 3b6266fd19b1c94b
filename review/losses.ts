import type { Danger } from './dangers';
import {
  AUTH_METHOD,
  AUTH_ROLE,
  auditLoss,
  endpointLoss,
  guardLoss,
  identityLoss,
  methodLoss,
  policyLoss,
  roleLoss,
  secretIdLoss,
  tokenLoss,
} from './identity-losses';
import { type Judge, type Loss, type LossAction, type Lost, text } from './lost-resource';
import type { ResourceChange } from './resource-change';
import type { ReviewedEnvironment } from './reviewed-environment';
import {
  engineLoss,
  mountLoss,
  mountPath,
  networkLoss,
  secretLoss,
  serverLoss,
  volumeLoss,
} from './storage-losses';

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
  vault_approle_auth_backend_role_secret_id: secretIdLoss,
  vault_token: tokenLoss,
  vault_transit_secret_backend_key: (lost) => ({
    what: `transit key '${text(lost, 'name')}'`,
    meaning: 'what was encrypted with it can never be read again',
  }),
  vault_pki_secret_backend_root_cert: (lost) => ({
    what: `root CA of '${text(lost, 'backend')}'`,
    meaning: 'its key is gone, and what trusts it trusts nothing that is issued from then on',
  }),
  vault_pki_secret_backend_key: (lost) => ({
    what: `key '${text(lost, 'key_name') || lost.change.address}' of '${text(lost, 'backend')}'`,
    meaning: 'nothing can be signed with it any more',
  }),
  vault_ssh_secret_backend_ca: (lost) => ({
    what: `SSH CA of '${text(lost, 'backend') || 'ssh'}'`,
    meaning: 'its key is gone, and hosts that trust it let nobody in by a new one',
  }),
  vault_identity_oidc_key: (lost) => ({
    what: `key '${text(lost, 'name')}' of identity tokens`,
    meaning: 'nobody can check the tokens that were signed with it',
  }),
  vault_rgp_policy: guardLoss,
  vault_egp_policy: guardLoss,
  vault_identity_mfa_login_enforcement: (lost) => ({
    what: `second factor '${text(lost, 'name')}'`,
    meaning: 'who logs in is not asked for it any more',
  }),
  vault_namespace: (lost) => ({
    what: `namespace '${text(lost, 'path')}'`,
    meaning: 'everything in it is gone',
  }),
};

/** Secrets engines that have a resource of their own, such as `vault_aws_secret_backend`. */
const ENGINE = /^vault_(\w+)_(?:secret_backend|secrets_mount)$/;

/** Most of these hold nothing that counts. */
const MOSTLY_HARMLESS: readonly string[] = ['docker_container', 'vault_generic_endpoint'];

/** Whether a resource of a type holds data or identity. */
export function isLostByAnApply(type: string): boolean {
  return (
    (Object.hasOwn(JUDGES, type) && !MOSTLY_HARMLESS.includes(type)) ||
    AUTH_METHOD.test(type) ||
    AUTH_ROLE.test(type) ||
    ENGINE.test(type)
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
    // A plan has what it moves where it will be, before and after; a synth has it where it was.
    const [declared] = [change.address, change.movedFrom].flatMap(
      (address) => blocks.get(JSON.stringify([change.stack, address])) ?? [],
    );
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
    const isGone = one.action === 'delete' || one.action === 'replace';
    if (one.change.type === 'vault_mount' && isGone) mounts.add(mountPath(one));
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
  const [, engine] = ENGINE.exec(type) ?? [];
  if (engine !== undefined) return (lost) => engineLoss(lost, engine);
  return AUTH_ROLE.test(type) ? roleLoss : undefined;
}

function sentence(action: LossAction, { meaning }: Loss): string {
  if (action === 'unprotect') return `Terraform may delete it from now on; then ${meaning}`;
  if (action !== 'leave') return meaning;
  return 'it stays as it is, with whatever it holds and whoever gets in by it, and nothing looks after it from now on';
}
