import { LOCKOUT } from '../policies/lockout';
import type { AuditDevice } from './audit-device';
import type { Distribution } from './distribution';
import type { Listener } from './listener';
import type { Seal, SealFile } from './seal';
import type { Storage } from './storage';

/** Where raft's nodes talk to each other, by their own mutual TLS. */
export const CLUSTER_PORT = 8201;

/** Names of the files beside the configuration. */
export const SERVER_FILES = {
  configuration: 'config.hcl',
  certificate: 'server.pem',
  key: 'server-key.pem',
  ca: 'ca.pem',
  seal: (file: SealFile) => `seal-${file}`,
} as const;

export interface ServerConfigurationProps {
  readonly distribution: Distribution;
  readonly listener: Listener;
  readonly storage: Storage;
  readonly seal: Seal;
  readonly audit: readonly AuditDevice[];
  /** DNS name of this node. */
  readonly node: string;
  /** DNS names of all nodes. */
  readonly nodes: readonly string[];
  /** A name that the certificate of every node covers. */
  readonly commonName: string;
  /** Whether people log in with passwords. */
  readonly passwords: boolean;
}

type Value = string | number | boolean | readonly string[] | Block;
interface Block {
  readonly [name: string]: Value | undefined;
}

/**
 * The configuration of one node, in the server's own HCL. It holds no secret.
 *
 * Leases are short (a token that nobody renews ends within a day), TLS is 1.3 unless said otherwise, and browsers
 * are told to come by TLS alone.
 */
export function serverConfiguration(props: ServerConfigurationProps): string {
  const { distribution, listener, storage, seal, node } = props;
  const scheme = listener.scheme;
  const file = (name: string) => `${distribution.configurationDirectory}/${name}`;
  const tls = listener.minimumTlsVersion;
  const blocks = [
    block('listener "tcp"', {
      address: `0.0.0.0:${listener.port}`,
      cluster_address: storage.type === 'raft' ? `0.0.0.0:${CLUSTER_PORT}` : undefined,
      ...(tls
        ? {
            tls_cert_file: file(SERVER_FILES.certificate),
            tls_key_file: file(SERVER_FILES.key),
            tls_min_version: `tls${tls.replace('.', '')}`,
            custom_response_headers: {
              default: { 'Strict-Transport-Security': ['max-age=31536000; includeSubDomains'] },
            },
          }
        : { tls_disable: true }),
      // When no other token is left, a quorum must be able to make one.
      disable_unauthed_generate_root_endpoints: distribution.kind === 'openbao' ? false : undefined,
    }),
    storageBlock(props),
    ...(seal.type === 'shamir'
      ? []
      : [
          block(
            `seal "${seal.type}"`,
            seal.parameters((name) => file(SERVER_FILES.seal(name))),
          ),
        ]),
    block('telemetry', { prometheus_retention_time: '24h', disable_hostname: true }),
    ...(distribution.auditEnabledBy === 'configuration'
      ? props.audit.map((device) => {
          const { path, type, options } = device.describe(distribution);
          return block(`audit "${type}" "${path}"`, { options });
        })
      : []),
    ...(props.passwords
      ? [
          block('user_lockout "userpass"', {
            lockout_threshold: LOCKOUT.threshold,
            lockout_duration: LOCKOUT.duration,
            lockout_counter_reset: LOCKOUT.duration,
          }),
        ]
      : []),
  ];
  return `${lines({
    api_addr: listener.address(node),
    cluster_addr: storage.type === 'raft' ? `${scheme}://${node}:${CLUSTER_PORT}` : undefined,
    default_lease_ttl: '1h',
    max_lease_ttl: '24h',
    log_format: 'json',
    // Raft says so explicitly: without swap for the container nothing of its memory is written there.
    disable_mlock: distribution.locksMemory ? !storage.allowsLockedMemory : undefined,
    // OpenBao denies it by default, from 2.6 on; older versions of Vault warn that they do not know it.
    deny_slash_in_templated_paths: distribution.kind === 'vault' ? true : undefined,
    // A quorum as above: Vault 2.0 asks for a token otherwise. Older versions warn of this too.
    enable_unauthenticated_access: distribution.kind === 'vault' ? ['generate-root'] : undefined,
    // A standby may be behind: what was just written must be there.
    disable_standby_reads: distribution.kind === 'openbao' && storage.nodes > 1 ? true : undefined,
  })}\n${blocks.join('\n')}`;
}

function storageBlock({
  distribution,
  listener,
  storage,
  node,
  nodes,
  commonName,
}: ServerConfigurationProps): string {
  const path = distribution.dataDirectory;
  if (storage.type === 'file') return block('storage "file"', { path });
  const joins = nodes
    .filter((other) => other !== node)
    .map((other) => {
      const tls = {
        leader_tls_servername: commonName,
        leader_ca_cert_file: `${distribution.configurationDirectory}/${SERVER_FILES.ca}`,
      };
      return block(
        'retry_join',
        {
          leader_api_addr: listener.address(other),
          ...(listener.minimumTlsVersion ? tls : {}),
        },
        '  ',
      );
    });
  return `storage "raft" {
${lines({ path, node_id: node, performance_multiplier: 1 }, '  ')}${joins.map((join) => `\n${join}`).join('')}}
`;
}

function block(head: string, body: Block, indent = ''): string {
  return `${indent}${head} {\n${lines(body, `${indent}  `)}${indent}}\n`;
}

function lines(body: Block, indent = ''): string {
  return Object.entries(body)
    .map(([name, value]) => {
      if (value === undefined) return '';
      const key = /^[a-z_]+$/.test(name) ? name : JSON.stringify(name);
      if (typeof value === 'object' && !Array.isArray(value)) return block(key, value as Block, indent);
      return `${indent}${key} = ${JSON.stringify(value).replace(/","/g, '", "')}\n`;
    })
    .join('');
}
