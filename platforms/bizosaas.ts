import type { App } from 'cdktf';
import { acknowledge } from '../constructs/acknowledgement';
import { Distribution } from '../constructs/distribution';
import type { Environment } from '../constructs/environment';
import { EnvironmentContract } from '../constructs/environment-contract';
import { Health } from '../constructs/health';
import { postgresql } from '../constructs/postgresql';
import { redis } from '../constructs/redis';
import { SecretValue } from '../constructs/secret-value';
import { ServerMode } from '../constructs/server-mode';
import type { ServiceIdentity } from '../constructs/service-identity';
import { Storage } from '../constructs/storage';
import { temporal } from '../constructs/temporal';
import {
  auditRules,
  authMethodRules,
  metricsRules,
  mountRules,
  policyRules,
  snapshotRules,
} from '../policies/system-rules';
import { Platform } from '../stacks/platform';

/** Asking a worker by `celery inspect ping` would load the whole application at every check. */
const CELERY_RUNS = Health.shell('grep -qs celery /proc/[0-9]*/comm');

export interface BizosaasInputs {
  /**
   * Tenants that get a policy of their own, for tokens that reach one tenant's keys and no other's.
   * @default ['test-tenant-001']
   */
  readonly tenants?: readonly string[];
  /**
   * Tag of the images of the applications, outside development.
   * @default '1.0.0'
   */
  readonly release?: string;
}

/** The user of the application images: the files with their tokens are its group's alone. */
const APPLICATION_USER = '1000:1000';

/**
 * BizOSaaS: a Django CRM with its Celery workers, a gateway to AI models that keeps the keys of tenants, a
 * Wagtail CMS and a Temporal service, around one Vault.
 *
 * Not known and chosen here: the names of containers and images of the workers, Saleor, the dashboard, the
 * agents and the databases, and the versions of these; all health paths; the secrets under `ai-agents` and
 * `integrations`, and the key of `temporal-jwt-secret`; the users of the images, and their release outside
 * development. Images and host ports are inputs (`context` in cdktf.json).
 */
export function bizosaas(app: App, environment: Environment, inputs: BizosaasInputs = {}): Platform {
  const platform = new Platform(app, 'bizosaas', {
    environment,
    network: 'bizosaas-platform-network',
    subnet: '172.28.10.0/24',
    vault: {
      containerName: 'bizosaas-vault',
      distribution: Distribution.vault('hashicorp/vault:1.15.0'),
      ...(environment.name === 'production' && {
        mode: ServerMode.configured({ storage: Storage.raft({ nodes: 3 }) }),
      }),
    },
    contract: EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT_PATH' }),
  });

  // What the applications are run from; the tag that their documents name moves.
  const release = environment.isDevelopment ? 'latest' : (inputs.release ?? '1.0.0');

  // Secrets
  const kv = platform.addMount('bizosaas');
  const database = kv.addSecret(
    'platform/database',
    {
      host: 'bizosaas-postgres-unified',
      port: '5432',
      database: 'bizosaas',
      username: 'postgres',
      password: SecretValue.generated(),
    },
    { description: 'the unified PostgreSQL' },
  );
  // The applications use the connection string as it is, and it has no password: neither has this Redis.
  const redisConnection = kv.addSecret(
    'platform/redis-connection',
    { host: 'bizosaas-redis', port: '6379', connection_string: 'redis://bizosaas-redis:6379/0' },
    { description: 'cache, and broker of Celery' },
  );
  const temporalConnection = kv.addSecret(
    'platform/temporal-connection',
    { host: 'temporal', port: '7233', namespace: 'bizosaas', connection_string: 'temporal:7233' },
    { description: 'the Temporal server' },
  );
  kv.addSecret(
    'platform/openrouter-api-key',
    { api_key: SecretValue.supplied() },
    { description: 'key for models when a tenant brings none' },
  );
  const secretKey = (service: string) =>
    kv.addSecret(
      `platform/${service}`,
      { secret_key: SecretValue.generated({ length: 50 }) },
      { description: 'signs sessions and tokens' },
    );
  const crmKey = secretKey('django-crm-secret-key');
  const wagtailKey = secretKey('wagtail-secret-key');
  const saleorKey = secretKey('saleor-secret-key');
  const temporalJwt = secretKey('temporal-jwt-secret');
  const masterKey = kv.addSecret(
    'encryption/api-keys',
    { master_key: SecretValue.generated({ length: 64 }) },
    { description: 'encrypts the keys that tenants bring' },
  );
  const agentKeys = kv.addSuppliedSecret('ai-agents/api-keys', {
    description: 'services that the agents call',
  });
  const tenantKeys = kv.tree('tenants/+/api-keys', 'keys that tenants bring, written by the gateway');
  const tenants = kv.tree('tenants', 'which tenants have keys');
  const platformSecrets = kv.tree('platform', 'all secrets of the platform');
  const integrations = kv.tree(
    'integrations',
    'payment, shipping and notification services, added by people',
  );

  // What the services need. PostgreSQL and Redis are the names in the secrets above.
  const postgres = platform.addBackingService(
    'postgres',
    postgresql({
      containerName: 'bizosaas-postgres-unified',
      image: 'postgres:16.4',
      database: 'bizosaas',
      username: 'postgres',
      credentials: database,
    }),
  );
  const cache = platform.addBackingService(
    'redis',
    redis({ containerName: 'bizosaas-redis', image: 'redis:7.4.1' }),
  );
  const temporalServer = platform.addBackingService('temporal-server', {
    ...temporal({
      containerName: 'bizosaas-temporal-server',
      image: 'temporalio/auto-setup:1.25.2',
      namespace: 'bizosaas',
      database,
      aliases: ['temporal'],
    }),
    needs: [postgres],
  });

  // Services. DB_PASSWORD, which the CRM falls back to without Vault, stays unset: it would be a secret in an
  // environment variable. DB_USER is set so that a fallback agrees with the secret.
  platform.addService('django-crm', {
    containerName: 'bizosaas-django-crm-8003',
    image: `bizosaas/crm:${release}`,
    user: APPLICATION_USER,
    ports: [8003],
    environment: { DJANGO_SETTINGS_MODULE: 'crm_project.settings.production', DB_USER: 'postgres' },
    reads: [database, redisConnection, crmKey],
    workers: {
      'celery-worker': {
        containerName: 'bizosaas-celery-worker',
        command: ['celery', '-A', 'crm_project', 'worker', '--loglevel', 'info'],
        health: CELERY_RUNS,
      },
      'celery-beat': {
        containerName: 'bizosaas-celery-beat',
        command: [
          'celery',
          '-A',
          'crm_project',
          'beat',
          '--loglevel',
          'info',
          '--schedule',
          '/tmp/celerybeat',
        ],
        health: CELERY_RUNS,
      },
    },
    health: Health.http(8003),
    needs: [postgres, cache],
  });
  // The retrieval (RAG) service is a module of the gateway and has no container of its own.
  platform.addService('brain-gateway', {
    containerName: 'bizosaas-brain-unified',
    image: `bizosaas/brain-gateway:${release}`,
    user: APPLICATION_USER,
    ports: [8001],
    aliases: ['bizosaas-brain'],
    reads: [platformSecrets, masterKey, tenantKeys],
    writes: [masterKey, tenantKeys],
    deletes: [tenantKeys],
    lists: [platformSecrets, tenants],
    inspects: [tenants],
    destroys: [tenants],
    health: Health.http(8001),
    needs: [postgres, cache],
  });
  platform.addService('wagtail', {
    containerName: 'bizosaas-wagtail-cms-8002',
    image: `bizosaas-wagtail-cms:${release}`,
    user: APPLICATION_USER,
    ports: [{ host: 8002, container: 4000 }],
    environment: { DJANGO_SETTINGS_MODULE: 'wagtail_cms.settings.production' },
    reads: [database, redisConnection, wagtailKey],
    health: Health.http(4000),
    needs: [postgres, cache],
  });
  platform.addService('temporal', {
    containerName: 'bizosaas-temporal-unified',
    image: `bizosaas-temporal:${release}`,
    user: APPLICATION_USER,
    ports: [{ host: 8009, container: 8001 }],
    reads: [database, redisConnection, temporalConnection, temporalJwt, integrations],
    health: Health.http(8001),
    needs: [postgres, cache, temporalServer],
  });
  platform.addService('saleor', {
    containerName: 'bizosaas-saleor',
    image: `bizosaas/saleor:${release}`,
    user: APPLICATION_USER,
    ports: [8000],
    reads: [saleorKey],
    health: Health.http(8000),
  });
  // Shows names and rotates, and never sees a value.
  platform.addService('admin-dashboard', {
    containerName: 'bizosaas-admin-dashboard-3009',
    image: `bizosaas/admin-dashboard:${release}`,
    user: APPLICATION_USER,
    ports: [3009],
    lists: [platformSecrets, tenants],
    inspects: [platformSecrets],
    rotates: [platformSecrets],
    health: Health.http(3009, '/'),
  });
  platform.addService('ai-agents', {
    containerName: 'bizosaas-ai-agents',
    image: `bizosaas/ai-agents:${release}`,
    user: APPLICATION_USER,
    ports: [{ host: 8010, container: 8000 }],
    reads: [agentKeys],
    health: Health.http(8000),
  });

  // People and machines that are no service.
  const operator = platform.addPolicy('operator', {
    manages: [kv.everything()],
    allows: [...mountRules(kv.path), ...policyRules('bizosaas-'), ...authMethodRules(), ...auditRules()],
  });
  for (const tenant of inputs.tenants ?? ['test-tenant-001']) {
    const keys = kv.tree(`tenants/${tenant}/api-keys`, 'the keys of this tenant');
    platform.addPolicy(`tenant-${tenant}`, { reads: [keys], writes: [keys] });
  }
  platform.addPolicy('metrics', { allows: metricsRules() });
  platform.addPolicy('backup', { allows: snapshotRules() });

  for (const about of ['path "auth/*"', 'path "sys/policies/acl/bizosaas-*"']) {
    acknowledge(operator, {
      id: 'VLT010',
      about,
      owner: 'operators of BizOSaaS',
      reason:
        'takes the place of the root token for people who keep this server: no service and no role has the policy, and it cannot disable an audit device',
    });
  }
  const everySecret = 'path "bizosaas/data/platform/*"';
  acknowledge(platform.identities.get('brain-gateway') as ServiceIdentity, {
    id: 'VLT013',
    about: everySecret,
    owner: 'brain gateway',
    reason:
      'the gateway serves every other service with what the platform has, and reads all of platform/* by its specification; it can neither write nor delete it',
  });
  acknowledge(platform.identities.get('admin-dashboard') as ServiceIdentity, {
    id: 'VLT013',
    about: everySecret,
    owner: 'admin dashboard',
    reason:
      'rotates any secret of the platform with one click, by its specification; it cannot read a value, nor create or delete a secret',
  });
  return platform;
}
