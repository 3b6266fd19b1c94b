import type { BlockInstance } from '../policies/terraform-blocks';
import type { Value } from '../policies/terraform-value';
import { mountPath } from './auth-mounts';
import type { Declarations, Missing } from './declarations';
import type { Grantees, IdentityKind } from './environment-access';

/** A way to a token, and what the token gets by it alone: before the policies of an entity. */
export interface Login {
  readonly kind: IdentityKind;
  /** As Vault calls it. */
  readonly fullName: string;
  /** Terraform's address of what declares it. */
  readonly address: string;
  /** Where the auth method is mounted, such as `approle`. */
  readonly mount: string;
  /** As they are written; `default` only where it is written. */
  readonly policies: readonly string[];
  readonly noDefaultPolicy: boolean;
  /** Whether Vault knows who it is: tokens that a token issues have no entity of their own. */
  readonly hasEntity: boolean;
  /** By which name the identity store knows it. Nothing where it depends on who logs in. */
  readonly alias?: Value;
  /** Names of the groups that the auth method tells the identity store. */
  readonly groupAliases: readonly string[];
}

/** What it means that one of several policies is not known. */
export function policiesMissing(mayGrantTo: Grantees): Missing {
  return { otherwise: 'what that policy allows is missing here', mayGrantTo };
}

/** Roles of auth methods, by which machines and people log in. */
export function roleLogins(declarations: Declarations): readonly Login[] {
  const types = declarations.types.filter(
    (type) => /_auth_backend_role$/.test(type) && type !== 'vault_token_auth_backend_role',
  );
  return declarations.all(...types).flatMap((block) => {
    const nameAttribute = ['role_name', 'role', 'name'].find((one) => declarations.has(block, one)) ?? 'name';
    const name = declarations.text(block, nameAttribute, {
      otherwise: 'the role is left out',
      mayGrantTo: 'others',
    });
    if (name === undefined) return [];
    // The provider's older versions called them `policies`, and Vault still does.
    const attribute = declarations.has(block, 'token_policies') ? 'token_policies' : 'policies';
    const itself = { address: block.address };
    return {
      kind: 'role' as const,
      fullName: name,
      address: block.address,
      mount: mountOf(block, declarations, itself),
      policies: declarations.texts(block, attribute, policiesMissing(itself)),
      noDefaultPolicy: hasNoDefault(block, declarations, itself),
      hasEntity: true,
      alias: roleAlias(block, declarations),
      groupAliases: [],
    };
  });
}

/** @param mayGrantTo who may have more where it is not known: whoever it decides for */
export function mountOf(block: BlockInstance, declarations: Declarations, mayGrantTo: Grantees): string {
  const names = ['backend', 'mount', 'path'];
  const attribute =
    names.find((one) => (block.attributes[one] ?? null) !== null) ??
    names.find((one) => declarations.has(block, one)) ??
    'backend';
  const missing = { otherwise: 'whose aliases it has is not known', mayGrantTo };
  return mountPath(declarations.text(block, attribute, missing) ?? '');
}

/**
 * @param mayGrantTo as of {@link mountOf}
 * @param attribute that says so: a token itself has another one than what issues tokens
 */
export function hasNoDefault(
  block: BlockInstance,
  declarations: Declarations,
  mayGrantTo: Grantees,
  attribute: 'token_no_default_policy' | 'no_default_policy' = 'token_no_default_policy',
): boolean {
  // It may deny what is allowed without it.
  return declarations.isTrue(block, attribute, {
    otherwise: "the policy 'default' is taken to be there",
    mayGrantTo,
  });
}

/** The name by which a login with the role is known, where all logins with it have the same. */
function roleAlias(block: BlockInstance, declarations: Declarations): Value | undefined {
  switch (block.type) {
    case 'vault_approle_auth_backend_role':
      return block.values.attribute(block, 'role_id');
    case 'vault_jwt_auth_backend_role':
      return jwtAlias(block, declarations);
    case 'vault_kubernetes_auth_backend_role':
      return kubernetesAlias(block, declarations);
    case 'vault_cert_auth_backend_role':
      return single(declarations.value(block, 'allowed_common_names'));
    default:
      return undefined;
  }
}

function jwtAlias(block: BlockInstance, declarations: Declarations): Value | undefined {
  const claim = declarations.value(block, 'user_claim');
  if (typeof claim !== 'string') return undefined;
  const subject = declarations.value(block, 'bound_subject');
  if (claim === 'sub' && subject !== undefined && subject !== '') return subject;
  const isPattern = (declarations.value(block, 'bound_claims_type') ?? 'string') !== 'string';
  const bound = declarations.map(block, 'bound_claims').get(claim);
  return isPattern || (typeof bound === 'string' && bound.includes(',')) ? undefined : bound;
}

function kubernetesAlias(block: BlockInstance, declarations: Declarations): Value | undefined {
  if (declarations.value(block, 'alias_name_source') !== 'serviceaccount_name') return undefined;
  const namespace = single(declarations.value(block, 'bound_service_account_namespaces'));
  const name = single(declarations.value(block, 'bound_service_account_names'));
  return namespace !== undefined && name !== undefined ? `${namespace}/${name}` : undefined;
}

/** The one text of a list, where it is no pattern. */
function single(list: Value | undefined): string | undefined {
  const [one, another] = Array.isArray(list) ? (list as readonly Value[]) : [];
  return typeof one === 'string' && another === undefined && !one.includes('*') ? one : undefined;
}
