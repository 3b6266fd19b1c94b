import * as fs from 'node:fs';
import * as path from 'node:path';
import { forcingAttributes } from '../../review/forced-replacement';

/** What the provider's class can be given, as its declaration has it. */
function declaredAttributes(type: string): string {
  const [, provider = '', name = ''] = /^([^_]+)_(.+)$/.exec(type) ?? [];
  const library = path.dirname(require.resolve(`@cdktf/provider-${provider}/package.json`));
  return fs.readFileSync(path.join(library, 'lib', name.replaceAll('_', '-'), 'index.d.ts'), 'utf8');
}

function camelCase(attribute: string): string {
  return attribute.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

test.each([
  'docker_container',
  'docker_network',
  'docker_volume',
  'vault_alicloud_auth_backend_role',
  'vault_approle_auth_backend_role',
  'vault_audit',
  'vault_auth_backend',
  'vault_aws_auth_backend_role',
  'vault_azure_auth_backend_role',
  'vault_cert_auth_backend_role',
  'vault_gcp_auth_backend',
  'vault_gcp_auth_backend_role',
  'vault_egp_policy',
  'vault_generic_endpoint',
  'vault_generic_secret',
  'vault_identity_group',
  'vault_jwt_auth_backend',
  'vault_jwt_auth_backend_role',
  'vault_kubernetes_auth_backend_role',
  'vault_kv_secret',
  'vault_kv_secret_v2',
  'vault_ldap_auth_backend',
  'vault_ldap_auth_backend_group',
  'vault_ldap_auth_backend_user',
  'vault_mount',
  'vault_namespace',
  'vault_okta_auth_backend_group',
  'vault_okta_auth_backend_user',
  'vault_pki_secret_backend_key',
  'vault_pki_secret_backend_root_cert',
  'vault_policy',
  'vault_rgp_policy',
  'vault_saml_auth_backend',
  'vault_ssh_secret_backend_ca',
  'vault_token_auth_backend_role',
  'vault_transit_secret_backend_key',
])('what replaces a %s is an attribute that it has', (type) => {
  const attributes = forcingAttributes(type);
  const declared = declaredAttributes(type);
  expect(attributes.length).toBeGreaterThan(0);
  expect(attributes.filter((one) => !new RegExp(`readonly ${camelCase(one)}\\??:`).test(declared))).toEqual(
    [],
  );
});

test.each(['docker_image', 'constructor', '__proto__'])('of a %s nothing is known', (type) => {
  expect(forcingAttributes(type)).toEqual([]);
});

test('of whatever is in Vault it is known that it stays in its namespace', () => {
  expect(forcingAttributes('vault_identity_oidc_key')).toEqual(['namespace']);
});
