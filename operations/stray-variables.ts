import type { Variables } from './machine';

const NAMES = [
  'AGENT_ADDR',
  'HEADERS',
  'HTTP_PROXY',
  'NAMESPACE',
  'PROXY_ADDR',
  'SKIP_VERIFY',
  'SRV_LOOKUP',
  'TLS_SERVER_NAME',
  'WRAP_TTL',
];

/**
 * Variables by which a client of Vault would talk to another server than the one that is declared, through somebody
 * else, or to nobody in particular: with them unset, address, authority and token are those it is given. HashiCorp's
 * clients read the first, OpenBao's both.
 */
export const STRAY_VAULT_VARIABLES: Variables = unset(
  NAMES.flatMap((name) => [`VAULT_${name}`, `BAO_${name}`]),
);

/** Variables by which Terraform would keep a state in another place than the stack says. */
export const STRAY_TERRAFORM_VARIABLES: Variables = unset(['TF_DATA_DIR', 'TF_WORKSPACE']);

function unset(names: readonly string[]): Variables {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
