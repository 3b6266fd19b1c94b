import type { Rule } from './policy-document';

/**
 * Rules outside of KV that platforms need: the people and machines that run a Vault, not the services.
 * Each function is one job. Paths and capabilities are those of Vault's HTTP API; `sudo` stands where Vault
 * calls a path root-protected (https://developer.hashicorp.com/vault/docs/concepts/policies#root-protected-api-endpoints).
 */

/** Read the server's own metrics, for Prometheus. */
export function metricsRules(): readonly Rule[] {
  return [{ path: 'sys/metrics', capabilities: ['read'], reason: 'scrapes the metrics of the server' }];
}

/** Read health. Vault answers it to everybody; the rule says that it is meant. */
export function healthRules(): readonly Rule[] {
  return [
    { path: 'sys/health', capabilities: ['read'], reason: 'watches whether the server is up and unsealed' },
  ];
}

/** Take a snapshot of raft storage. Without effect on other storages. */
export function snapshotRules(): readonly Rule[] {
  return [
    {
      path: 'sys/storage/raft/snapshot',
      capabilities: ['read'],
      reason: 'takes snapshots of raft storage, the backup of everything in Vault',
    },
  ];
}

/** Mount and tune one secrets engine. */
export function mountRules(mount: string): readonly Rule[] {
  return [
    {
      path: `sys/mounts/${mount}`,
      capabilities: ['create', 'read', 'update'],
      reason: `mounts and tunes the secrets engine at ${mount}`,
    },
    {
      path: `sys/mounts/${mount}/tune`,
      capabilities: ['read', 'update'],
      reason: `mounts and tunes the secrets engine at ${mount}`,
    },
  ];
}

/** Write the policies whose names begin with a prefix, or all of them with an empty one. */
export function policyRules(prefix: string): readonly Rule[] {
  return [
    {
      path: `sys/policies/acl/${prefix}*`,
      capabilities: ['create', 'read', 'update', 'list'],
      reason: prefix === '' ? 'writes the policies' : `writes the policies named ${prefix}*`,
    },
  ];
}

/** Issue tokens. */
export function tokenIssuingRules(): readonly Rule[] {
  return [
    {
      path: 'auth/token/create',
      capabilities: ['update'],
      reason: 'issues tokens, limited to its own policies',
    },
  ];
}

/** Enable auth methods and keep their roles. */
export function authMethodRules(): readonly Rule[] {
  return [
    { path: 'sys/auth', capabilities: ['read'], reason: 'lists the auth methods' },
    {
      path: 'sys/auth/*',
      capabilities: ['create', 'read', 'update', 'delete', 'sudo'],
      reason: 'enables and tunes auth methods',
    },
    {
      path: 'auth/*',
      capabilities: ['create', 'read', 'update', 'delete', 'list'],
      reason: 'keeps the roles of the auth methods',
    },
  ];
}

/** Enable audit devices. Who may disable them could hide. */
export function auditRules(): readonly Rule[] {
  return [
    { path: 'sys/audit', capabilities: ['read', 'sudo'], reason: 'lists the audit devices' },
    {
      path: 'sys/audit/*',
      capabilities: ['create', 'read', 'update', 'sudo'],
      reason: 'enables audit devices, and cannot disable them',
    },
  ];
}
