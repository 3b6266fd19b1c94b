import type { Attributes, TerraformJson } from '../../policies/terraform-json';
import { type ReviewedEnvironment, reviewedStacks } from '../../review/reviewed-environment';
import type { Rule } from '../../review/rule';

/** What differs from a server that every rule is content with. */
export interface DeclaredServer {
  /** Attributes of its container; `undefined` takes one away. */
  readonly container?: Attributes;
  /** HCL or JSON. @default one without flaws */
  readonly configuration?: string;
  readonly vault?: Attributes;
  /** Further resources, by type. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes | undefined>> | undefined>>;
  /** @default shop-production */
  readonly name?: string;
  /** Other parts of the stack. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export const CONFIGURATION = `
api_addr = "https://vault:8200"
disable_mlock = true
deny_slash_in_templated_paths = true
listener "tcp" {
  address = "0.0.0.0:8200"
  tls_cert_file = "/vault/config/server.pem"
  tls_min_version = "tls13"
  custom_response_headers {
    default {
      "Strict-Transport-Security" = ["max-age=31536000"]
    }
  }
}
storage "raft" {
  path = "/vault/file"
}
`;

/** @param lines of settings of its own, in place of those that are called the same */
export function configured(...lines: readonly string[]): string {
  const names = lines.map((line) => line.split(/[ =]/, 1)[0]);
  const kept = CONFIGURATION.split('\n').filter((line) => !names.includes(line.split(' ', 1)[0] as string));
  return [...lines, ...kept].join('\n');
}

export const CONTAINER: Attributes = {
  name: 'vault',
  image: 'hashicorp/vault:1.17.6',
  command: ['server'],
  user: '100:1000',
  read_only: true,
  memory: 512,
  memory_swap: 512,
  capabilities: { drop: ['ALL'] },
  security_opts: ['no-new-privileges:true'],
  ulimit: [
    { name: 'core', soft: 0, hard: 0 },
    { name: 'nofile', soft: 16384, hard: 16384 },
  ],
  env: ['VAULT_ENABLE_FILE_PERMISSIONS_CHECK=true'],
  log_driver: 'json-file',
  log_opts: { 'max-size': '10m' },
  networks_advanced: [{ name: 'shop' }],
  ports: [{ internal: 8200, external: 8200, ip: '127.0.0.1' }],
  volumes: [
    { container_path: '/vault/file', volume_name: 'data' },
    { container_path: '/vault/logs', volume_name: 'logs' },
    { container_path: '/vault/config', volume_name: 'config', read_only: true },
  ],
};

/** A server, a container that prepares its configuration in a volume, two audit devices and a role. */
export function declaredServer(declared: DeclaredServer): ReviewedEnvironment {
  const {
    container,
    configuration = CONFIGURATION,
    vault,
    resource,
    more,
    name = 'shop-production',
  } = declared;
  const json = {
    provider: { vault: [{ address: 'https://vault.shop.example:8200', ...vault }] },
    ...more,
    resource: {
      vault_policy: { crm: { name: 'crm', policy: 'path "kv/data/crm" {\n  capabilities = ["read"]\n}\n' } },
      vault_approle_auth_backend_role: {
        crm: { role_name: 'crm', token_policies: ['crm'], token_period: 3600, secret_id_ttl: 3600 },
      },
      vault_audit: {
        file: { type: 'file', options: { file_path: '/vault/logs/file.log' } },
        stdout: { type: 'file', path: 'stdout', options: { file_path: 'stdout' } },
      },
      ...resource,
      docker_container: {
        server: { '//': { metadata: { path: 'shop/server' } }, ...CONTAINER, ...container },
        files: {
          name: 'vault-files',
          image: 'hashicorp/vault:1.17.6',
          entrypoint: ['/bin/sh', '-ec'],
          command: ['cp /upload/config.hcl /prepared'],
          upload: [{ file: '/upload/config.hcl', content: configuration }],
          volumes: [{ container_path: '/prepared', volume_name: 'config' }],
        },
        ...resource?.docker_container,
      },
    },
  };
  const stack = JSON.parse(JSON.stringify(json)) as TerraformJson;
  return reviewedStacks(new Map([[name, stack]]), { now: Date.parse('2026-06-01') });
}

/** What a rule sees, with its address. Nothing where it cannot be judged. */
export function seenOf(rule: Rule, declared: DeclaredServer): readonly string[] {
  const environment = declaredServer(declared);
  if (rule.applies && !rule.applies(environment)) return [];
  return [...rule.check(environment)].map(({ address, seen }) => `${address}: ${seen}`);
}

/** Whether a rule can be judged. */
export function isJudged(rule: Rule, declared: DeclaredServer): boolean {
  return rule.applies?.(declaredServer(declared)) ?? true;
}
