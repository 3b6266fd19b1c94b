/**
 * Attributes that a provider cannot change: it makes the resource anew. From the schemas of kreuzwerker/docker 3.6.2 and
 * hashicorp/vault 5.6.0 (`ForceNew`); a plan knows better, since it knows what is there.
 */
const FORCING: Readonly<Record<string, readonly string[]>> = {
  docker_container: [
    'capabilities',
    'cgroup_parent',
    'cgroupns_mode',
    'command',
    'cpus',
    'devices',
    'dns',
    'dns_opts',
    'dns_search',
    'domainname',
    'entrypoint',
    'env',
    'gpus',
    'group_add',
    'host',
    'hostname',
    'image',
    'ipc_mode',
    'labels',
    'log_driver',
    'log_opts',
    'mounts',
    'name',
    'network_mode',
    'networks_advanced',
    'pid_mode',
    'ports',
    'privileged',
    'publish_all_ports',
    'read_only',
    'runtime',
    'security_opts',
    'shm_size',
    'stdin_open',
    'stop_signal',
    'stop_timeout',
    'storage_opts',
    'sysctls',
    'tty',
    'ulimit',
    'upload',
    'user',
    'userns_mode',
    'volumes',
    'working_dir',
  ],
  docker_network: ['driver', 'internal', 'ipam_config', 'ipam_driver', 'ipv6', 'labels', 'name', 'options'],
  docker_volume: ['driver', 'driver_opts', 'labels', 'name'],
  vault_approle_auth_backend_role: ['backend', 'role_name'],
  vault_audit: ['description', 'local', 'options', 'path', 'type'],
  vault_auth_backend: ['local', 'type'],
  vault_generic_secret: ['path'],
  vault_identity_group: ['type'],
  vault_jwt_auth_backend: ['local', 'type'],
  vault_jwt_auth_backend_role: ['backend', 'role_name', 'role_type'],
  vault_kubernetes_auth_backend_role: ['backend', 'role_name'],
  vault_kv_secret: ['path'],
  vault_kv_secret_v2: ['mount', 'name'],
  vault_ldap_auth_backend: ['local'],
  vault_mount: ['external_entropy_access', 'local', 'seal_wrap', 'type'],
  vault_namespace: ['path'],
  vault_policy: ['name'],
  vault_transit_secret_backend_key: ['backend', 'convergent_encryption', 'derived', 'name', 'type'],
};

/**
 * Whether a change of an attribute always makes the resource anew.
 *
 * @param attribute with what is asked of it, such as `capabilities.add`
 */
export function forcesReplacement(type: string, attribute: string): boolean {
  const [name = ''] = attribute.split(/[.[]/);
  return Object.hasOwn(FORCING, type) && (FORCING[type] as readonly string[]).includes(name);
}
