import { TerraformStack } from 'cdktf';
import type { KvSecret } from './kv-secret';
import type { SecretValueSource } from './secret-value';
import { terraformName } from './terraform-name';

/**
 * Declares an ephemeral random password and returns the expression for it. Terraform makes a new value in
 * every run and stores none; only the run that writes the secret sends its value to Vault.
 *
 * cdktf 0.21 has no class for ephemeral resources, so it is written into the stack as it is.
 */
export function generatedValue(
  secret: KvSecret,
  key: string,
  source: Extract<SecretValueSource, { kind: 'generated' }>,
): string {
  const stack = TerraformStack.of(secret);
  const name = terraformName(secret, `${secret.mount.path}/${secret.path}/${key}`);
  stack.addOverride('terraform.required_providers.random', { source: 'hashicorp/random', version: '3.7.2' });
  stack.addOverride(`ephemeral.random_password.${name}`, { length: source.length, special: source.special });
  return `ephemeral.random_password.${name}.result`;
}
