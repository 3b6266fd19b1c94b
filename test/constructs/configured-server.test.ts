import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { OperatorAccess } from '../../constructs/operator-access';
import { type ConfiguredModeProps, ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import type { Platform } from '../../stacks/platform';
import { STAGING, testApp, testPlatform } from '../helper';
import { all, container, PLACE } from './synthesized';

const VAULT = Distribution.vault('hashicorp/vault:1.17.6');
const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

function shop(props: ConfiguredModeProps = {}, distribution = VAULT, environment = STAGING): Platform {
  const mode = ServerMode.configured(props);
  const vault = { containerName: 'shop-vault', distribution, mode, hostPort: 8230 };
  return testPlatform(testApp(), { environment, vault });
}

/** The files of the configuration volume: where they come from, by name. */
function configurationFiles(platform: Platform, name = 'shop-vault'): Record<string, string> {
  const { upload } = container(platform, `${name}-config-files`) as {
    upload: { file: string; source?: string; content?: string }[];
  };
  return Object.fromEntries(
    upload.map(({ file, source, content }) => [file.replace('/upload/', ''), source ?? content ?? '']),
  );
}

const named = (platform: Platform, type: string) =>
  all(platform.stacks[0], type)
    .map(({ name }) => name)
    .sort();

test('a server runs as the user of its image, without capabilities, on a root file system that it cannot write', () => {
  const server = container(shop(), 'shop-vault');
  expect(server).toMatchObject({
    image: 'hashicorp/vault:1.17.6',
    command: ['server'],
    user: '100:1000',
    read_only: true,
    tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=16m' },
    capabilities: { drop: ['ALL'] },
    security_opts: ['no-new-privileges:true'],
    ulimit: [
      { name: 'core', soft: 0, hard: 0 },
      { name: 'nofile', soft: 16384, hard: 16384 },
    ],
    memory: 1024,
    memory_swap: 1024,
    destroy_grace_seconds: 30,
    ports: [{ internal: 8200, external: 8230, ip: '127.0.0.1' }],
    restart: 'unless-stopped',
    wait: true,
  });
  expect(server).not.toHaveProperty('entrypoint');
  expect(server.capabilities).not.toHaveProperty('add');
});

test.each([
  [VAULT, Storage.file(), ['CAP_IPC_LOCK'], true],
  [VAULT, Storage.raft(), undefined, false],
  // It gave up to lock its memory.
  [OPENBAO, Storage.file(), undefined, false],
])('memory is locked where distribution and storage do it: %#', (distribution, storage, add, unlimited) => {
  const { capabilities, ulimit } = container(shop({ storage }, distribution), 'shop-vault');
  expect(capabilities).toEqual({ drop: ['ALL'], ...(add && { add }) });
  expect(ulimit).toEqual(
    unlimited
      ? expect.arrayContaining([{ name: 'memlock', soft: -1, hard: -1 }])
      : expect.not.arrayContaining([expect.objectContaining({ name: 'memlock' })]),
  );
});

test.each([
  [VAULT, 'vault', ['SKIP_CHOWN=true', 'SKIP_SETCAP=true', 'VAULT_ENABLE_FILE_PERMISSIONS_CHECK=true']],
  [OPENBAO, 'bao', ['BAO_ENABLE_FILE_PERMISSIONS_CHECK=true', 'SKIP_CHOWN=true']],
])('sealed is not dead: the health check of %# takes exit code 2 too', (distribution, binary, env) => {
  const server = container(shop({}, distribution), 'shop-vault');
  expect(server.env).toEqual(env);
  expect(server.healthcheck).toMatchObject({
    test: [
      'CMD-SHELL',
      `${binary} status -address=https://127.0.0.1:8200 -ca-cert=/${distribution.kind}/config/ca.pem >/dev/null 2>&1 || [ $? -eq 2 ]`,
    ],
  });
});

test('data and audit logs are on volumes that Terraform does not destroy, configuration and authority on others', () => {
  const platform = shop();
  expect(container(platform, 'shop-vault').volumes).toEqual([
    { volume_name: 'shop-vault-data', container_path: '/vault/file' },
    { volume_name: 'shop-vault-logs', container_path: '/vault/logs' },
    { volume_name: 'shop-vault-config', container_path: '/vault/config', read_only: true },
  ]);
  const protectedOnes = all(platform.stacks[0], 'docker_volume').filter(({ lifecycle }) => lifecycle);
  expect(protectedOnes.map(({ name, lifecycle }) => [name, lifecycle])).toEqual([
    ['shop-vault-data', { prevent_destroy: true }],
    ['shop-vault-logs', { prevent_destroy: true }],
  ]);
  expect(named(platform, 'docker_volume')).toEqual([
    'shop-vault-ca',
    'shop-vault-config',
    'shop-vault-data',
    'shop-vault-logs',
  ]);
});

test('a server that logs to its output alone has no volume for logs', () => {
  const platform = shop({ audit: [AuditDevice.stdout(), AuditDevice.socket('collector:9090')] });
  expect(named(platform, 'docker_volume')).not.toContain('shop-vault-logs');
});

test('the private key is read from its file, and neither it nor the authority is in a variable', () => {
  const platform = shop();
  const folder = '../../../certificates/shop-staging';
  expect(configurationFiles(platform)).toEqual({
    'config.hcl': expect.stringContaining('tls_min_version = "tls13"'),
    'ca.pem': `${folder}/ca.pem`,
    'server.pem': `${folder}/server.pem`,
    'server-key.pem': `${folder}/server-key.pem`,
  });
  expect(container(platform, 'shop-vault-ca-files')).toMatchObject({
    upload: [{ file: '/upload/ca.pem', source: `${folder}/ca.pem` }],
  });
});

test('the key is for the user of the server alone, and the authority for everybody', () => {
  const platform = shop();
  const ownersAndModes = (name: string) =>
    [...String(container(platform, name).command).matchAll(/chown (\S+) \S+; chmod (\d+) ([^;\s]+)/g)].map(
      ([, owner, mode, file]) => `${file} ${owner} ${mode}`,
    );
  expect(ownersAndModes('shop-vault-config-files')).toEqual([
    ...['.config.hcl', '.ca.pem', '.server.pem', '.server-key.pem'].map((file) => `${file} 100:1000 0400`),
    '. 100:1000 0500',
  ]);
  expect(ownersAndModes('shop-vault-ca-files')).toEqual(['.ca.pem 0:0 0444', '. 0:0 0555']);
});

test('another image, certificate or configuration makes a new container on the same data', () => {
  const server = container(shop(), 'shop-vault') as {
    depends_on: string[];
    lifecycle: { replace_triggered_by: string[] };
  };
  const [prepared] = server.lifecycle.replace_triggered_by;
  expect(prepared).toMatch(/^docker_container\.server_configuration_\w+$/);
  expect(server.depends_on).toContain(prepared);
  expect(server.depends_on).toContainEqual(expect.stringMatching(/^docker_network\./));
});

test('three nodes share a name, an authority and nothing else', () => {
  const platform = shop({ storage: Storage.raft({ nodes: 3 }) });
  const nodes = ['shop-vault-1', 'shop-vault-2', 'shop-vault-3'];
  expect(named(platform, 'docker_container')).toEqual([
    ...nodes.flatMap((node) => [node, `${node}-config-files`]),
    'shop-vault-ca-files',
  ]);
  expect(named(platform, 'docker_volume')).toEqual([
    ...nodes.flatMap((node) => [`${node}-config`, `${node}-data`, `${node}-logs`]),
    'shop-vault-ca',
  ]);
  for (const [i, node] of nodes.entries()) {
    expect(container(platform, node)).toMatchObject({
      networks_advanced: [{ name: 'shop-network', aliases: ['shop-vault'] }],
      ports: [{ internal: 8200, external: 8230 + i, ip: '127.0.0.1' }],
    });
    const { 'config.hcl': configuration = '' } = configurationFiles(platform, node);
    expect(configuration).toContain(`node_id = "${node}"`);
    // Every node has the one certificate, and this name is in it.
    expect(configuration.match(/leader_tls_servername = "shop-vault"/g)).toHaveLength(2);
  }
  expect(platform.vault.address).toBe('https://shop-vault:8200');
  expect(platform.vault.nodes).toEqual(nodes.map((node) => `${node}:8200`));
  expect(platform.vault.hostAddress).toBe('https://127.0.0.1:8230');
});

test.each([
  [[OperatorAccess.userpass('ada')], true],
  [[], false],
])('a user who guesses passwords is locked out, where there are passwords: %#', (operatorAccess, locks) => {
  const { 'config.hcl': configuration = '' } = configurationFiles(shop({ operatorAccess }));
  expect(configuration.includes('user_lockout "userpass" {')).toBe(locks);
});

test('what people must know is described', () => {
  const operatorAccess = [OperatorAccess.userpass('ada')];
  const { vault } = shop({ storage: Storage.raft({ nodes: 3 }), operatorAccess }, OPENBAO);
  expect(vault.description).toEqual({
    distribution: 'openbao',
    mode: 'configured',
    development: false,
    addresses: ['https://127.0.0.1:8230', 'https://127.0.0.1:8231', 'https://127.0.0.1:8232'],
    ca: 'certificates/shop-staging/ca.pem',
    certificates: 'certificates/shop-staging',
    certificate_names: [
      ...['shop-vault', 'shop-vault-1', 'shop-vault-2', 'shop-vault-3', 'localhost', '127.0.0.1'],
    ],
    storage: 'raft',
    seal: 'shamir',
    audit: [
      { path: 'file', type: 'file', options: { file_path: '/openbao/logs/file.log', mode: '0600' } },
      { path: 'stdout', type: 'file', options: { file_path: 'stdout' } },
    ],
    audit_enabled_by: 'configuration',
    operator_access: operatorAccess.map(({ description }) => description),
  });
});

test('plain HTTP in development needs no certificate and has no authority', () => {
  const platform = shop({ listener: Listener.http(), storage: Storage.file() }, VAULT, PLACE.environment);
  const { vault } = platform;
  expect(Object.keys(configurationFiles(platform))).toEqual(['config.hcl']);
  expect(named(platform, 'docker_volume')).not.toContain('shop-vault-ca');
  expect([vault.authority, vault.address]).toEqual([undefined, 'http://shop-vault:8200']);
  expect(vault.description).toMatchObject({ development: true, addresses: ['http://127.0.0.1:8230'] });
  for (const property of ['ca', 'certificates', 'certificate_names'])
    expect(vault.description).not.toHaveProperty(property);
  expect(container(platform, 'shop-vault').healthcheck).toMatchObject({
    test: ['CMD-SHELL', expect.not.stringContaining('-ca-cert')],
  });
});
