import { PathPattern } from './path-pattern';

/**
 * Paths that need `sudo` besides the capability
 * (https://developer.hashicorp.com/vault/docs/concepts/policies#root-protected-api-endpoints, and the special paths
 * that OpenBao's system and token backends declare). Only those of mounts that every server has: where an engine can be
 * mounted anywhere, as PKI with its `root`, nobody can tell by the path.
 */
export const ROOT_PROTECTED: readonly PathPattern[] = [
  'auth/token/accessors*',
  'auth/token/revoke-orphan',
  'auth/token/revoke-orphan/*',
  'sys/audit',
  'sys/audit/*',
  'sys/auth/*',
  'sys/config/auditing/*',
  'sys/config/cors',
  'sys/config/ui/headers/*',
  'sys/internal/inspect/*',
  'sys/leases',
  'sys/leases/lookup/*',
  'sys/leases/revoke-force/*',
  'sys/leases/revoke-prefix/*',
  'sys/plugins/catalog/*',
  'sys/plugins/runtimes/catalog/*',
  'sys/raw',
  'sys/raw/*',
  'sys/remount',
  'sys/replication/dr/primary/secondary-token',
  'sys/replication/dr/reindex',
  'sys/replication/performance/primary/secondary-token',
  'sys/replication/performance/reindex',
  'sys/replication/primary/secondary-token',
  'sys/replication/reindex',
  'sys/revoke-force/*',
  'sys/revoke-prefix/*',
  'sys/rotate',
  'sys/rotate/keyring',
  'sys/rotate/root',
  'sys/seal',
  'sys/step-down',
  'sys/storage/raft/snapshot-auto/config/*',
].map((path) => PathPattern.of(path));

/** @param path without a leading `/` */
export function isRootProtected(path: string): boolean {
  if (!path.startsWith('sys/') && !path.startsWith('auth/token/')) return false;
  return ROOT_PROTECTED.some((pattern) => pattern.matches(path));
}
