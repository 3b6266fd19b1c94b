import { Environment } from '../../constructs/environment';
import { PRODUCTION, resources } from '../helper';
import {
  allContainers,
  configurationsOf,
  containersOf,
  type Json,
  production,
  serversOf,
  ulimit,
} from './stacks';

/**
 * HashiCorp's list for production, item by item (https://developer.hashicorp.com/vault/docs/concepts/production-hardening):
 * what a declaration can enforce or check holds on every platform of this repository. B are its base items, X its
 * extended ones. B12, B14, X1 and X10 are the host's; a reason stands where an item is not ours for now.
 */
describe.each(production)('%s in production', (_, stacks) => {
  test('B1 the server does not run as root', () => {
    expect(serversOf(stacks).length).toBeGreaterThan(0);
    for (const { user } of serversOf(stacks)) expect(user).toBe('100:1000');
  });

  test('B2 the server can write its data and its logs, and nothing else', () => {
    for (const server of serversOf(stacks)) {
      expect(server.read_only).toBe(true);
      const volumes = server.volumes as { container_path: string; read_only?: boolean }[];
      expect(
        volumes.filter(({ read_only }) => !read_only).map(({ container_path }) => container_path),
      ).toEqual(['/vault/file', '/vault/logs']);
      expect(server.tmpfs).toEqual({ '/tmp': expect.stringContaining('noexec,nosuid,nodev') });
      expect(server.capabilities).toEqual({ drop: ['ALL'] });
    }
  });

  test('B3 every client speaks TLS, with the authority, and browsers are told to', () => {
    for (const configuration of configurationsOf(stacks)) {
      expect(configuration).not.toContain('tls_disable');
      expect(configuration).toContain('"Strict-Transport-Security"');
    }
    const clients = containersOf(stacks.services).filter(({ env }) =>
      ((env ?? []) as string[]).some((line) => line.startsWith('VAULT_ADDR=')),
    );
    expect(clients.length).toBeGreaterThan(0);
    for (const { env, volumes } of clients) {
      expect(env).toEqual(expect.arrayContaining([expect.stringMatching(/^VAULT_ADDR=https:/)]));
      expect(env).toContain('VAULT_CACERT=/vault/tls/ca.pem');
      expect(volumes).toEqual(
        expect.arrayContaining([expect.objectContaining({ container_path: '/vault/tls', read_only: true })]),
      );
    }
    for (const stack of [stacks.access, stacks.services]) {
      expect(stack.provider).toMatchObject({
        vault: [
          { address: expect.stringMatching(/^https:/), ca_cert_file: expect.stringContaining('ca.pem') },
        ],
      });
    }
  });

  test('B4 no container can swap', () => {
    for (const { memory, memory_swap } of allContainers(stacks)) {
      expect(memory).toEqual(expect.any(Number));
      expect(memory_swap).toBe(memory);
    }
  });

  test('B5 no container leaves a core dump', () => {
    for (const container of allContainers(stacks)) {
      expect(ulimit(container, 'core')).toEqual({ name: 'core', soft: 0, hard: 0 });
    }
  });

  test('B7 nothing is published but on loopback, and the network is the platform’s own', () => {
    const published = allContainers(stacks).flatMap(({ ports }) => (ports ?? []) as { ip: string }[]);
    expect(published.length).toBeGreaterThan(0);
    for (const { ip } of published) expect(ip).toBe('127.0.0.1');
    const [network] = Object.values(resources(stacks.vault, 'docker_network'));
    for (const { networks_advanced } of allContainers(stacks)) {
      expect((networks_advanced as { name: string }[]).map(({ name }) => name)).toEqual([network?.name]);
    }
  });

  test('B8 no root token, and none at all, is in a definition or in the configuration of Terraform', () => {
    const variables = allContainers(stacks).flatMap(({ env }) => (env ?? []) as string[]);
    expect(variables.filter((line) => /^(VAULT|BAO)_TOKEN=/.test(line))).toEqual([]);
    expect(JSON.stringify(stacks)).not.toMatch(/dev-root-token|vault_token\.|_TOKEN=\\?"?[A-Za-z]/);
    for (const stack of [stacks.access, stacks.services]) {
      const [provider] = (stack.provider as { vault: Json[] }).vault;
      expect(provider).not.toHaveProperty('token');
    }
    expect(Object.keys(stacks.services.resource)).not.toContain('vault_token');
  });

  test('B10 two devices audit, and none in clear', () => {
    const devices = Object.values(resources(stacks.access, 'vault_audit'));
    expect(devices.map(({ path }) => path)).toEqual(['file', 'stdout']);
    for (const { options } of devices) expect(options).not.toHaveProperty('log_raw');
  });

  test('B11 what containers write is kept, and rotated', () => {
    for (const { log_driver, log_opts } of allContainers(stacks)) {
      expect(log_driver).toBe('json-file');
      expect(log_opts).toEqual({ 'max-size': '10m', 'max-file': '3' });
    }
  });

  test('B13 every image is pinned', () => {
    for (const { image } of allContainers(stacks)) expect(image).toMatch(/(:(?!latest)[\w.-]+|@sha256:\w+)$/);
  });

  test('B15 the data of the server is mounted by the server alone', () => {
    const mounts = (container: Json) => (container.volumes as { volume_name: string }[] | undefined) ?? [];
    const data = serversOf(stacks).flatMap((server) => mounts(server).map(({ volume_name }) => volume_name));
    const others = containersOf(stacks.services).flatMap((container) =>
      mounts(container).map(({ volume_name }) => volume_name),
    );
    expect(data.length).toBeGreaterThan(0);
    expect(others.filter((name) => data.includes(name))).toEqual([]);
    expect(JSON.stringify(stacks)).not.toContain('host_path');
  });

  test('B17 TLS is 1.3, with the ciphers of the server', () => {
    for (const configuration of configurationsOf(stacks)) {
      expect(configuration).toContain('tls_min_version = "tls13"');
      expect(configuration).not.toContain('tls_cipher_suites');
    }
  });

  test('B18 no plugins of somebody else are loaded', () => {
    for (const configuration of configurationsOf(stacks))
      expect(configuration).not.toContain('plugin_directory');
  });

  test('B19 the configuration is one file', () => {
    for (const server of serversOf(stacks)) {
      expect(JSON.stringify(server.env)).not.toMatch(/LOCAL_CONFIG/);
      expect(server.command).toEqual(['server']);
    }
    expect(configurationsOf(stacks)).toHaveLength(serversOf(stacks).length);
  });

  test('B20 the files of the server are its own to read, and the server checks that', () => {
    for (const server of serversOf(stacks))
      expect(server.env).toContain('VAULT_ENABLE_FILE_PERMISSIONS_CHECK=true');
    const copies = containersOf(stacks.vault).filter(({ upload }) =>
      JSON.stringify(upload ?? '').includes('config.hcl'),
    );
    for (const { command } of copies) {
      expect(String(command)).toContain('chown 100:1000 .server-key.pem; chmod 0400 .server-key.pem');
    }
  });

  test('B21 no token or key is an argument', () => {
    for (const { command, entrypoint } of allContainers(stacks)) {
      expect(JSON.stringify([command, entrypoint])).not.toMatch(/hvs\.|-token=|password=[^"$]/i);
    }
  });

  test('B22 whoever is removed takes policy, role and credentials along', () => {
    const identities = Object.values(resources(stacks.access, 'vault_approle_auth_backend_role'));
    const policies = Object.values(resources(stacks.access, 'vault_policy')).map(({ name }) => name);
    expect(identities.length).toBeGreaterThan(0);
    for (const { token_policies, lifecycle } of identities) {
      expect(policies).toEqual(expect.arrayContaining(token_policies as string[]));
      expect(lifecycle).toBeUndefined();
    }
  });

  test('B23 nothing lives long: a token a day, a secret-id that waits a quarter of an hour', () => {
    for (const role of Object.values(resources(stacks.access, 'vault_approle_auth_backend_role'))) {
      expect(role.token_period).toBe(24 * 3600);
      expect(role.secret_id_ttl).toBe(365 * 24 * 3600);
      expect(role.token_bound_cidrs).toEqual([expect.stringMatching(/^172\.28\.\d+\.0\/24$/)]);
      expect(role.secret_id_bound_cidrs).toEqual(role.token_bound_cidrs);
    }
    for (const id of Object.values(resources(stacks.services, 'vault_approle_auth_backend_role_secret_id'))) {
      expect(id.wrapping_ttl).toBe('15m');
    }
    for (const configuration of configurationsOf(stacks)) {
      expect(configuration).toContain('default_lease_ttl = "1h"');
      expect(configuration).toContain('max_lease_ttl = "24h"');
    }
  });

  test('B24 each identity has a policy of its own, and none may do everything', () => {
    const roles = Object.values(resources(stacks.access, 'vault_approle_auth_backend_role'));
    const held = roles.map(({ token_policies }) => (token_policies as string[])[0]);
    expect(new Set(held).size).toBe(held.length);
    for (const { policy } of Object.values(resources(stacks.access, 'vault_policy'))) {
      expect(policy).not.toMatch(/path "\*"|path "sys\/\*"|"root"/);
    }
  });

  test('X2 no container gains privileges', () => {
    for (const { security_opts, privileged, capabilities } of allContainers(stacks)) {
      expect(security_opts).toEqual(['no-new-privileges:true']);
      expect(privileged).toBeUndefined();
      expect(capabilities).toMatchObject({ drop: ['ALL'] });
    }
  });

  test('X3 an upgrade is a new container on the same volume', () => {
    const volumes = Object.values(resources(stacks.vault, 'docker_volume'));
    const kept = volumes.filter(
      ({ lifecycle }) => (lifecycle as { prevent_destroy?: boolean })?.prevent_destroy,
    );
    expect(kept.map(({ name }) => String(name)).filter((name) => name.endsWith('-data'))).toHaveLength(
      serversOf(stacks).length,
    );
    for (const { lifecycle } of serversOf(stacks)) {
      expect(lifecycle).toEqual({
        replace_triggered_by: [expect.stringMatching(/^docker_container\.\S+configuration/)],
      });
    }
  });

  test('X4 the engine’s own confinement stays on', () => {
    for (const { security_opts } of allContainers(stacks))
      expect(String(security_opts)).not.toContain('unconfined');
  });

  test('X5 the server may open many files, and has a limit', () => {
    for (const server of serversOf(stacks)) expect(ulimit(server, 'nofile')?.hard).toBe(16384);
  });

  test('X7 disable_mlock is said with raft', () => {
    for (const configuration of configurationsOf(stacks))
      expect(configuration).toContain('disable_mlock = true');
  });

  test('X12 a slash in an identity cannot reach into another path', () => {
    for (const configuration of configurationsOf(stacks)) {
      expect(configuration).toContain('deny_slash_in_templated_paths = true');
    }
  });
});

test('what is safe by default is not so in development, where it says so', () => {
  expect(Environment.development().protection).toBeUndefined();
  expect(PRODUCTION.protection).toEqual({ preventDestroy: true });
});
