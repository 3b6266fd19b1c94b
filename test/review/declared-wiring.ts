import type { Attributes, TerraformJson } from '../../policies/terraform-json';
import { type ReviewedEnvironment, reviewedStacks } from '../../review/reviewed-environment';
import type { Rule } from '../../review/rule';
import { CONFIGURATION, CONTAINER } from './declared-server';

type Variables = Readonly<Record<string, string | undefined>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Attributes | undefined>> | undefined>>;

/** What differs from containers that find their Vault; `undefined` takes something away. */
export interface DeclaredWiring {
  /** Variables of the application's container. */
  readonly env?: Variables;
  /** Other attributes of it. */
  readonly app?: Attributes;
  readonly agentEnv?: Variables;
  readonly agent?: Attributes;
  /** HCL of the agent. */
  readonly agentConfiguration?: string;
  readonly server?: Attributes;
  readonly configuration?: string;
  /** Further resources, or others in the place of these. */
  readonly resource?: Blocks;
  readonly more?: Readonly<Record<string, unknown>>;
  /** @default shop-production */
  readonly name?: string;
}

export const AGENT_CONFIGURATION = `vault {
  address = "https://vault:8200"
  ca_cert = "/vault/tls/ca.pem"
}
auto_auth {
  method "approle" {
    config = {
      role_id_file_path = "/tmp/role-id"
    }
  }
  sink "file" {
    config = {
      path = "/vault/secrets/token"
    }
  }
}
template {
  destination = "/vault/secrets/database"
  contents = "{{ with secret \\"kv/data/crm/database\\" }}{{ .Data.data.password }}{{ end }}"
}
`;

const POLICY = 'path "kv/data/crm/database" {\n  capabilities = ["read"]\n}\n';
const TLS = { container_path: '/vault/tls', volume_name: 'ca', read_only: true };

/** The agent's and the application's containers beside a server, as Terraform's JSON. */
function stackOf(declared: DeclaredWiring): object {
  const { env, app, agentEnv, agent, agentConfiguration = AGENT_CONFIGURATION, server, resource } = declared;
  const { docker_container, ...others } = resource ?? {};
  const container = (label: string, attributes: Attributes) => ({
    '//': { metadata: { path: `shop/${label}` } },
    networks_advanced: [{ name: 'shop' }],
    ...attributes,
  });
  return {
    provider: { vault: [{ address: 'https://vault.shop.example:8200' }] },
    ...declared.more,
    resource: {
      docker_network: { shop: { name: 'shop' } },
      docker_volume: { secrets: { name: 'secrets' }, config: { name: 'config' }, ca: { name: 'ca' } },
      vault_mount: { kv: { path: 'kv', type: 'kv', options: { version: '2' } } },
      vault_kv_secret_v2: { database: { mount: 'kv', name: 'crm/database' } },
      vault_policy: { crm: { name: 'crm', policy: POLICY } },
      vault_approle_auth_backend_role: {
        crm: { role_name: 'crm', role_id: 'crm', token_policies: ['crm'] },
      },
      vault_approle_auth_backend_role_secret_id: { crm: { role_name: 'crm', wrapping_ttl: '15m' } },
      ...others,
      docker_container: {
        server: container('server', { ...CONTAINER, ...server }),
        files: filler('files', 'config', {
          file: '/upload/config.hcl',
          content: declared.configuration ?? CONFIGURATION,
        }),
        authority: filler('authority', 'ca', { file: '/upload/ca.pem', source: 'ca.pem' }),
        agent: container('agent', {
          name: 'crm-agent',
          image: 'hashicorp/vault:1.17.6',
          entrypoint: ['/bin/sh', '-ec'],
          command: [
            'printf %s "$AGENT_CONFIGURATION" > /tmp/agent.hcl\nexec vault agent -config=/tmp/agent.hcl',
          ],
          env: listed(
            {
              AGENT_CONFIGURATION: agentConfiguration,
              VAULT_ADDR: 'https://vault:8200',
              VAULT_CACERT: '/vault/tls/ca.pem',
              ROLE_ID: 'crm',
              WRAPPED_SECRET_ID: '${vault_approle_auth_backend_role_secret_id.crm.wrapping_token}',
            },
            agentEnv,
          ),
          volumes: [{ container_path: '/vault/secrets', volume_name: 'secrets' }, TLS],
          ...agent,
        }),
        app: container('app', {
          name: 'crm',
          image: 'shop/crm:1.0.0',
          env: listed(
            {
              VAULT_ADDR: 'https://vault:8200',
              VAULT_CACERT: '/vault/tls/ca.pem',
              VAULT_TOKEN_FILE: '/vault/secrets/token',
              VAULT_MOUNT: 'kv',
              DB_SECRET_PATH: 'kv/crm/database',
            },
            env,
          ),
          volumes: [{ container_path: '/vault/secrets', volume_name: 'secrets', read_only: true }, TLS],
          ...app,
        }),
        ...docker_container,
      },
    },
  };
}

function filler(name: string, volume: string, upload: object): object {
  return {
    name,
    image: 'hashicorp/vault:1.17.6',
    entrypoint: ['/bin/sh', '-ec'],
    command: ['cp /upload/* /prepared'],
    network_mode: 'none',
    upload: [upload],
    volumes: [{ container_path: '/prepared', volume_name: volume }],
  };
}

function listed(variables: Variables, others: Variables = {}): readonly string[] {
  return Object.entries({ ...variables, ...others })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`);
}

export function declaredWiring(declared: DeclaredWiring): ReviewedEnvironment {
  const stack = JSON.parse(JSON.stringify(stackOf(declared))) as TerraformJson;
  return reviewedStacks(new Map([[declared.name ?? 'shop-production', stack]]), {
    now: Date.parse('2026-06-01'),
  });
}

/** What a rule sees, with its address. Nothing where it cannot be judged. */
export function wiringSeen(rule: Rule, declared: DeclaredWiring): readonly string[] {
  const environment = declaredWiring(declared);
  if (rule.applies && !rule.applies(environment)) return [];
  return [...rule.check(environment)].map(
    ({ address, seen }) => `${address.replace('docker_container.', '')}: ${seen}`,
  );
}

/** Attributes of a server for development, which speaks HTTP. */
export const DEVELOPMENT: Attributes = { command: ['server', '-dev', '-dev-root-token-id=start'] };
/** What is told of such a server. */
export const HTTP = { VAULT_ADDR: 'http://vault:8200', VAULT_CACERT: undefined };
