import { mayNameASecret } from '../secret-names';

/** Of Vault's provider: they say how long, how often, from where or by which name, and never the secret. */
const VAULT_SETTINGS = new Set([
  'bind_secret_id',
  'credentials_wo_version',
  'identity_token_audience',
  'identity_token_key',
  'password_authentication',
  'password_last_set',
  'private_key_format',
  'secret_id_bound_cidrs',
  'secret_id_num_uses',
  'secret_name_template',
  'token_bound_cidrs',
  'token_label',
  'token_num_uses',
  'token_period',
  'token_policies',
  'token_scopes',
]);

/** Attributes that hold secrets though their provider does not say so. By type, or `*`. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  vault_generic_endpoint: ['write_data', 'write_data_json'],
  vault_kubernetes_auth_backend_config: ['token_reviewer_jwt'],
  docker_config: ['data', 'data_raw'],
  docker_secret: ['data', 'data_raw'],
  // Their values are made to be passwords as often as not.
  random_string: ['result', 'id'],
  random_id: ['id', 'b64_std', 'b64_url', 'hex', 'dec'],
  random_uuid: ['result', 'id'],
  random_bytes: ['base64', 'hex'],
  random_password: ['result', 'bcrypt_hash'],
};

/** Encoded, so that nobody can tell what is in it. */
const ENCODED = new Set(['content_base64']);

/** A file that is called like a secret, or lies where secrets do. */
const SECRET_FOLDER = /(^|\/)(secrets?|credentials?|private|unseal|shares?)\//;

/**
 * Whether an attribute holds a secret by its name, or by one around it.
 *
 * @param path names of an attribute, of blocks and keys of maps around it; numbers are indices
 */
export function isSecretAttribute(type: string, path: readonly (string | number)[]): boolean {
  const [first] = path;
  if (Object.hasOwn(KNOWN, type) && KNOWN[type]?.includes(String(first))) return true;
  return path.some((name, i) => {
    if (typeof name === 'number') return false;
    if (i === 0 && type.startsWith('vault_') && VAULT_SETTINGS.has(name)) return false;
    return ENCODED.has(name) || mayNameASecret(name);
  });
}

/** Whether a file of this path holds nothing but a secret. */
export function isSecretFile(file: string): boolean {
  const name = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.(txt|json|hcl|env|conf|ini|toml|pem|ya?ml)$/, '');
  return mayNameASecret(name) || SECRET_FOLDER.test(file);
}

/** What stands for a value, or is none: nothing, yes and no, and names of variables and templates. */
const HARMLESS =
  /^(|true|false|null|none|\[\]|\{\}|\[\s*"\*"\s*\]|\$[A-Z_][A-Z0-9_]*|\$\{[A-Za-z_][\w.]*\}|\{\{[^"'`]*\}\})$/;

/** Whether what stands at the place of a secret may be one. */
export function isSecretValue(value: string): boolean {
  return !HARMLESS.test(value.trim().replace(/^(["'])(.*)\1$/s, '$2'));
}
