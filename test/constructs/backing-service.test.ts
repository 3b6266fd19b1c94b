import { Health } from '../../constructs/health';
import { SecretFile } from '../../constructs/secret-file';
import { SecretValue } from '../../constructs/secret-value';
import { metricsRules } from '../../policies/system-rules';
import type { PlatformBackingServiceProps } from '../../stacks/platform-props';
import { synth, testPlatform } from '../helper';
import { all, container, policy, variables } from './synthesized';

function declare(props: Partial<PlatformBackingServiceProps> = {}) {
  const platform = testPlatform();
  const database = platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  platform.addBackingService('db', {
    containerName: 'shop-db',
    image: 'postgres:16.4',
    user: '999:999',
    ...props,
  });
  return { platform, database };
}

test('a program without secrets is a container alone, without an identity', () => {
  const { platform } = declare({ environment: { POSTGRES_DB: 'shop' } });
  expect(all(platform.stacks[2], 'docker_container')).toHaveLength(1);
  expect([all(platform.stacks[2], 'vault_token'), all(platform.stacks[1], 'vault_policy')]).toEqual([[], []]);
  expect(variables(platform, 'shop-db')).toEqual({ POSTGRES_DB: 'shop' });
});

test('declaring a file grants the agent to read the secrets in it', () => {
  const platform = testPlatform();
  const database = platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  const password = SecretFile.value('password', database.value('password'));
  platform.addBackingService('db', {
    containerName: 'shop-db',
    image: 'postgres:16.4',
    user: '999:999',
    files: [password],
    environment: { POSTGRES_PASSWORD_FILE: password.path },
  });

  expect(policy(platform, 'shop-db')).toMatchInlineSnapshot(`
    "# db may read database
    path "apps/data/database" {
      capabilities = ["read"]
    }
    "
  `);
  expect(variables(platform, 'shop-db')).toEqual({
    POSTGRES_PASSWORD_FILE: '/vault/secrets/password',
  });
});

test('an agent may do more than read the files, and keep the token beside them', () => {
  const { platform } = declare({
    allows: metricsRules(),
    tokenFile: true,
    policyName: 'monitoring',
  });
  expect(policy(platform, 'shop-monitoring')).toContain('path "sys/metrics"');
  expect(variables(platform, 'shop-db-agent').AGENT_CONFIGURATION).toContain('path = "/vault/secrets/token"');
});

test('folders that survive are volumes of their own', () => {
  const { platform } = declare({
    data: { data: '/var/lib/data', conf: '/etc/app' },
  });
  const labels = [{ label: 'holds-data', value: 'true' }];
  expect(all(platform.stacks[2], 'docker_volume')).toEqual([
    { name: 'shop-db-conf', labels },
    { name: 'shop-db-data', labels },
  ]);
  expect(container(platform, 'shop-db').volumes).toEqual([
    { volume_name: 'shop-db-data', container_path: '/var/lib/data' },
    { volume_name: 'shop-db-conf', container_path: '/etc/app' },
  ]);
});

test('everything else of a container can be said', () => {
  const { platform } = declare({
    entrypoint: ['/bin/sh'],
    command: ['-c', 'true'],
    health: Health.command('true'),
    ports: [5432],
    aliases: ['database'],
    memoryMiB: 64,
  });
  expect(container(platform, 'shop-db')).toMatchObject({
    user: '999:999',
    entrypoint: ['/bin/sh'],
    command: ['-c', 'true'],
    wait: true,
    memory: 64,
    ports: [{ internal: 5432, external: 5432, ip: '127.0.0.1' }],
    networks_advanced: [{ name: 'shop-network', aliases: ['database'] }],
    labels: expect.arrayContaining([{ label: 'service', value: 'db' }]),
  });
});

test.each([
  [
    { POSTGRES_PASSWORD: 'hunter2' },
    "must not hold a literal, since 'POSTGRES_PASSWORD' names a secret, got a string of 7 characters; render it into a file with SecretFile",
  ],
  [
    { DSN: 'postgres://app:hunter2@db' },
    "must not hold a literal secret, got a URL with a password in 'DSN'; render it into a file with SecretFile",
  ],
  [
    { VAULT_TOKEN: 'hunter2' },
    "must not set variables that are derived from the Vault that the container was given, got 'VAULT_TOKEN'; leave it out",
  ],
])('fails on %j', (environment, message) => {
  expect(() => declare({ environment })).toThrow(
    new Error(`[shop-development-services/db] 'environment' ${message}`),
  );
});

test('fails at synth on a token that may do nothing', () => {
  const { platform } = declare({ tokenFile: true });
  expect(() => synth(platform.stacks[1])).toThrow(
    "[shop-development-access/db-policy] 'reads' must grant something, got nothing although 'db' is given the address of a Vault",
  );
});
