import type { Environment } from '../../constructs/environment';
import { EnvironmentContract } from '../../constructs/environment-contract';
import { Health } from '../../constructs/health';
import { SecretValue } from '../../constructs/secret-value';
import { STAGING, testApp, testPlatform } from '../helper';
import { all, container, only, policy, variables } from './synthesized';

function shop(
  contract = EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT' }),
  environment?: Environment,
) {
  const platform = testPlatform(testApp(), { contract, ...(environment && { environment }) });
  const apps = platform.addMount('apps');
  const database = apps.addSecret('database', {
    password: SecretValue.generated(),
  });
  return { platform, apps, database };
}

test('a service finds its Vault by variables that are derived from its mount and identity', () => {
  const { platform, database } = shop();
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    environment: { LOG_LEVEL: 'info' },
    secretPaths: { DATABASE_SECRET: database },
  });

  const { VAULT_TOKEN, ...others } = variables(platform, 'shop-billing');
  expect(others).toEqual({
    DATABASE_SECRET: 'apps/database',
    LOG_LEVEL: 'info',
    VAULT_ADDR: 'http://shop-vault:8200',
    VAULT_MOUNT: 'apps',
  });
  expect(VAULT_TOKEN).toMatch(/^\$\{vault_token\.billing_token_\w+\.client_token\}$/);
});

test('naming the place of a secret grants it too', () => {
  const { platform, database } = shop();
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    secretPaths: { DATABASE_SECRET: database },
  });
  expect(policy(platform, 'shop-billing')).toMatchInlineSnapshot(`
    "# billing may read database
    path "apps/data/database" {
      capabilities = ["read"]
    }
    "
  `);
});

test('workers are the same image, identity and environment in containers of their own', () => {
  const { platform, database } = shop();
  const service = platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    user: '1000:1000',
    environment: { LOG_LEVEL: 'info' },
    reads: [database],
    ports: [8003],
    health: Health.http(8003),
    workers: {
      worker: {
        containerName: 'shop-worker',
        command: ['work'],
        environment: { QUEUE: 'mail' },
      },
    },
  });

  expect(service.containers.map(({ containerName }) => containerName)).toEqual([
    'shop-billing',
    'shop-worker',
  ]);
  expect(all(platform.stacks[2], 'vault_token')).toHaveLength(1);
  const worker = container(platform, 'shop-worker');
  expect(worker).toMatchObject({
    image: 'shop/billing:1',
    user: '1000:1000',
    command: ['work'],
    wait: false,
  });
  expect(worker).not.toHaveProperty('ports');
  expect(worker.labels).toContainEqual({ label: 'service', value: 'billing' });
  const { QUEUE, ...inherited } = variables(platform, 'shop-worker');
  expect([QUEUE, inherited]).toEqual(['mail', variables(platform, 'shop-billing')]);
});

test('where the contract says so, the token is in a file that only the service and its agent mount', () => {
  const { platform, database } = shop(EnvironmentContract.tokenInFile());
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    user: '1000:1000',
    reads: [database],
  });

  expect(variables(platform, 'shop-billing')).toEqual({
    VAULT_ADDR: 'http://shop-vault:8200',
    VAULT_TOKEN_FILE: '/vault/secrets/token',
  });
  expect(container(platform, 'shop-billing')).toMatchObject({
    volumes: [
      {
        volume_name: 'shop-billing-secrets',
        container_path: '/vault/secrets',
        read_only: true,
      },
    ],
    depends_on: [expect.stringContaining('docker_container.billing_container-agent_'), expect.any(String)],
  });
  // It writes, and the group of the service reads.
  expect(container(platform, 'shop-billing-agent')).toMatchObject({
    user: '100:1000',
    volumes: [{ volume_name: 'shop-billing-secrets', container_path: '/vault/secrets' }],
  });
});

test('a service starts after the containers that it needs', () => {
  const { platform, database } = shop();
  const cache = platform.addBackingService('cache', {
    containerName: 'shop-cache',
    image: 'redis:7',
    user: '999:999',
  });
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    reads: [database],
    needs: [cache],
  });
  expect(container(platform, 'shop-billing').depends_on).toEqual([
    `docker_container.${cache.container.resource.friendlyUniqueId}`,
  ]);
});

test('the token is of the service and no other policy', () => {
  const { platform, database } = shop();
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    reads: [database],
  });
  expect(only(platform.stacks[2], 'vault_token')).toMatchObject({
    policies: ['shop-billing'],
  });
});

describe('with a server that keeps what is written', () => {
  const authority = { volume_name: 'shop-vault-ca', container_path: '/vault/tls', read_only: true };
  const secrets = { volume_name: 'shop-billing-secrets', container_path: '/vault/secrets', read_only: true };

  test.each([
    ['in the home', EnvironmentContract.tokenInVariable(), { HOME: '/vault/secrets' }, '.vault-token'],
    ['at its path', EnvironmentContract.tokenInFile(), { VAULT_TOKEN_FILE: '/vault/secrets/token' }, 'token'],
  ])('a service finds its token %s, and the authority by TLS', (_, contract, found, file) => {
    const { platform, database } = shop(contract, STAGING);
    platform.addService('billing', {
      containerName: 'shop-billing',
      image: 'shop/billing:1',
      user: '1000:1000',
      reads: [database],
    });

    expect(variables(platform, 'shop-billing')).toEqual({
      VAULT_ADDR: 'https://shop-vault:8200',
      VAULT_CACERT: '/vault/tls/ca.pem',
      ...found,
    });
    expect(container(platform, 'shop-billing').volumes).toEqual([secrets, authority]);
    const agent = container(platform, 'shop-billing-agent');
    expect(agent.healthcheck).toMatchObject({
      test: ['CMD-SHELL', `test -s /tmp/logged-in && test -s /vault/secrets/${file}`],
    });
    expect(all(platform.stacks[2], 'vault_token')).toEqual([]);
  });

  test('each worker has an agent and a secret-id of its own, and all are one identity', () => {
    const { platform, database } = shop(undefined, STAGING);
    platform.addService('billing', {
      containerName: 'shop-billing',
      image: 'shop/billing:1',
      user: '1000:1000',
      reads: [database],
      workers: { mailer: { containerName: 'shop-mailer' } },
    });
    const secretIds = all(platform.stacks[2], 'vault_approle_auth_backend_role_secret_id');
    expect(secretIds.map(({ role_name, metadata }) => [role_name, metadata])).toEqual([
      ['shop-billing', '{"container":"shop-billing"}'],
      ['shop-billing', '{"container":"shop-mailer"}'],
    ]);
    expect(all(platform.stacks[1], 'vault_approle_auth_backend_role')).toHaveLength(1);
  });

  test('fails on a service without a user, since its token is in a file of its group', () => {
    const { platform, database } = shop(undefined, STAGING);
    const declare = { containerName: 'shop-billing', image: 'shop/billing:1', reads: [database] };
    expect(() => platform.addService('billing', declare)).toThrow(
      new Error(
        "[shop-staging-services/billing/container-agent] 'user' must be a numeric 'uid:gid' where files hold secrets, got nothing; write it as '1000:1000'",
      ),
    );
  });
});
