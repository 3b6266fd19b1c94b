import * as fs from 'node:fs';

/**
 * Writes a plan, as `terraform show -json` does, that changes 5 resources of each service: its policy gains a rule,
 * its role another policy, its container other variables, and it has a secret and a role for its tokens that are new.
 */
export function writePlanWorkload(file: string, services: number): void {
  const resources = [mount, approle, ...numbers(services).flatMap(resourcesOf)];
  const values = (side: 'before' | 'after') => ({
    root_module: {
      resources: resources
        .filter((one) => one[side])
        .map((one) => ({ ...headOf(one), schema_version: 0, values: one[side], sensitive_values: {} })),
    },
  });
  const plan = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: values('after'),
    resource_changes: resources.map((one) => ({ ...headOf(one), change: changeOf(one) })),
    prior_state: { format_version: '1.0', terraform_version: '1.11.4', values: values('before') },
    configuration: {
      provider_config: {
        vault: { name: 'vault', full_name: 'registry.terraform.io/hashicorp/vault' },
        docker: { name: 'docker', full_name: 'registry.terraform.io/kreuzwerker/docker' },
      },
      root_module: {
        resources: resources.map((one) => ({
          address: `${one.type}.${one.name}`,
          mode: 'managed',
          type: one.type,
          name: one.name,
          provider_config_key: one.type.split('_')[0],
          expressions: {},
          schema_version: 0,
        })),
      },
    },
    timestamp: '2026-01-01T00:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
  };
  fs.writeFileSync(file, JSON.stringify(plan));
}

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

const mount = unchanged('vault_mount', 'kv', { path: 'kv', type: 'kv-v2', options: { version: '2' } });
const approle = unchanged('vault_auth_backend', 'approle', { path: 'approle', type: 'approle' });

function resourcesOf(number: number): readonly Resource[] {
  const name = `service-${number}`;
  const own = `path "kv/data/services/${name}" {\n  capabilities = ["read"]\n}\n`;
  const shared = `\npath "kv/data/shared/${number % 10}" {\n  capabilities = ["read", "update"]\n}\n`;
  const role = { backend: 'approle', role_name: name, token_ttl: 3600 };
  const container = { name, image: `registry.example/${name}:1.0.0`, network_mode: 'bridge' };
  const env = ['VAULT_ADDR=https://vault:8200', 'VAULT_CACERT=/vault/tls/ca.pem', `SERVICE=${name}`];
  return [
    {
      type: 'vault_policy',
      name,
      before: { name, policy: own },
      after: { name, policy: `${own}${shared}` },
    },
    {
      type: 'vault_approle_auth_backend_role',
      name,
      before: { ...role, token_policies: [name] },
      after: { ...role, token_policies: [name, `service-${number - (number % 2)}`] },
    },
    {
      type: 'docker_container',
      name,
      before: { ...container, env: [...env, 'RELEASE=1'] },
      after: { ...container, env: [...env, 'RELEASE=2'] },
    },
    {
      type: 'vault_kv_secret_v2',
      name,
      after: { mount: 'kv', name: `services/${name}`, data_json_wo_version: 1, delete_all_versions: false },
    },
    {
      type: 'vault_token_auth_backend_role',
      name,
      after: { role_name: name, allowed_policies: [name], token_ttl: 3600 },
    },
  ];
}

function unchanged(type: string, name: string, values: Readonly<Record<string, unknown>>): Resource {
  return { type, name, before: values, after: values };
}

function headOf({ type, name }: Resource) {
  const provider = type.startsWith('docker_') ? 'kreuzwerker/docker' : 'hashicorp/vault';
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_name: `registry.terraform.io/${provider}`,
  };
}

function changeOf({ before, after }: Resource) {
  const action = before === after ? 'no-op' : before ? 'update' : 'create';
  return {
    actions: [action],
    before: before ?? null,
    after,
    after_unknown: {},
    before_sensitive: before ? {} : false,
    after_sensitive: {},
  };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}
