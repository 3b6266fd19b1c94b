/** What an attribute is that is not written: a value, or that of another attribute. */
export type Default = { readonly value: string } | { readonly of: string };

/**
 * What Terraform's Vault provider takes for attributes that are not written, and what it makes up in a way that is
 * known, such as the id of a policy, which is its name.
 */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, Default>>>> = {
  vault_approle_auth_backend_role_secret_id: { backend: { value: 'approle' } },
  vault_audit: { path: { of: 'type' } },
  vault_auth_backend: { path: { of: 'type' }, id: { of: 'path' } },
  vault_github_auth_backend: { path: { value: 'github' } },
  vault_github_team: { backend: { value: 'github' } },
  vault_github_user: { backend: { value: 'github' } },
  vault_jwt_auth_backend: { path: { value: 'jwt' }, type: { value: 'jwt' }, id: { of: 'path' } },
  vault_kubernetes_auth_backend_config: { backend: { value: 'kubernetes' } },
  vault_ldap_auth_backend: { path: { value: 'ldap' } },
  vault_ldap_auth_backend_group: { backend: { value: 'ldap' } },
  vault_ldap_auth_backend_user: { backend: { value: 'ldap' } },
  vault_mount: { id: { of: 'path' } },
  vault_oci_auth_backend: { path: { value: 'oci' } },
  vault_okta_auth_backend: { path: { value: 'okta' } },
  vault_gcp_auth_backend: { path: { value: 'gcp' } },
  vault_policy: { id: { of: 'name' } },
};

/** The roles of an auth method are of the method that is mounted by its own name. */
const ROLE = /^vault_([a-z]+)_auth_backend_role$/;

/** @param type of the resource, such as `vault_mount` */
export function providerDefault(type: string, attribute: string): Default | undefined {
  const known = DEFAULTS[type];
  if (known && Object.hasOwn(known, attribute)) return known[attribute];
  const method = attribute === 'backend' ? ROLE.exec(type)?.[1] : undefined;
  return method === undefined ? undefined : { value: method };
}
