import { type ExpectedPlatform, read, TOKEN, update } from './expectation';

const DJANGO_CRM = { DJANGO_SETTINGS_MODULE: 'crm_project.settings.production', DB_USER: 'postgres' };

const CONTRACT = {
  VAULT_ADDR: 'http://bizosaas-vault:8200',
  VAULT_TOKEN: TOKEN,
  VAULT_MOUNT_PATH: 'bizosaas',
};

const APPLICATION = { memoryMiB: 512, checked: true, variables: CONTRACT } as const;

const CRM_WORKER = { memoryMiB: 512, variables: { ...CONTRACT, ...DJANGO_CRM } } as const;

/** BizOSaaS. Its services ran with another server's address, with the mount `secret` and with the root token. */
export const bizosaas: ExpectedPlatform = {
  name: 'bizosaas',
  environment: 'development',
  network: 'bizosaas-platform-network',
  vault: {
    containerName: 'bizosaas-vault',
    image: 'hashicorp/vault:1.15.0',
    address: 'http://bizosaas-vault:8200',
    hostPort: 8200,
    memoryMiB: 512,
    rootToken: 'bizosaas-dev-root-token',
  },
  mount: 'bizosaas',
  hvac: '2.1.0',
  services: {
    'django-crm': {
      image: 'bizosaas/crm:latest',
      standIn: 'app',
      policy: 'bizosaas-django-crm',
      containers: {
        'bizosaas-django-crm-8003': { ...CRM_WORKER, checked: true, ports: { 8003: 8003 } },
        'bizosaas-celery-worker': { ...CRM_WORKER, checked: true },
        'bizosaas-celery-beat': { ...CRM_WORKER, checked: true },
      },
    },
    'brain-gateway': {
      image: 'bizosaas/brain-gateway:latest',
      standIn: 'app',
      policy: 'bizosaas-brain-gateway',
      containers: { 'bizosaas-brain-unified': { ...APPLICATION, ports: { 8001: 8001 } } },
    },
    wagtail: {
      image: 'bizosaas-wagtail-cms:latest',
      standIn: 'app',
      policy: 'bizosaas-wagtail',
      containers: {
        'bizosaas-wagtail-cms-8002': {
          ...APPLICATION,
          ports: { 4000: 8002 },
          variables: { ...CONTRACT, DJANGO_SETTINGS_MODULE: 'wagtail_cms.settings.production' },
        },
      },
    },
    temporal: {
      image: 'bizosaas-temporal:latest',
      standIn: 'app',
      policy: 'bizosaas-temporal',
      containers: { 'bizosaas-temporal-unified': { ...APPLICATION, ports: { 8001: 8009 } } },
    },
    saleor: {
      image: 'bizosaas/saleor:latest',
      standIn: 'app',
      policy: 'bizosaas-saleor',
      containers: { 'bizosaas-saleor': { ...APPLICATION, ports: { 8000: 8000 } } },
    },
    'admin-dashboard': {
      image: 'bizosaas/admin-dashboard:latest',
      standIn: 'app',
      policy: 'bizosaas-admin-dashboard',
      containers: { 'bizosaas-admin-dashboard-3009': { ...APPLICATION, ports: { 3009: 3009 } } },
    },
    'ai-agents': {
      image: 'bizosaas/ai-agents:latest',
      standIn: 'app',
      policy: 'bizosaas-ai-agents',
      containers: { 'bizosaas-ai-agents': { ...APPLICATION, ports: { 8000: 8010 } } },
    },
    postgres: {
      image: 'postgres:16.4',
      standIn: 'postgres',
      policy: 'bizosaas-postgres',
      containers: {
        'bizosaas-postgres-unified': {
          memoryMiB: 512,
          checked: true,
          agent: true,
          variables: {
            POSTGRES_DB: 'bizosaas',
            POSTGRES_USER: 'postgres',
            POSTGRES_PASSWORD_FILE: '/vault/secrets/password',
          },
        },
      },
    },
    redis: {
      image: 'redis:7.4.1',
      standIn: 'redis',
      containers: { 'bizosaas-redis': { memoryMiB: 256, checked: true, variables: {} } },
    },
    'temporal-server': {
      image: 'temporalio/auto-setup:1.25.2',
      standIn: 'generic',
      policy: 'bizosaas-temporal-server',
      containers: {
        'bizosaas-temporal-server': {
          memoryMiB: 1024,
          checked: true,
          agent: true,
          variables: { DB: 'postgres12', DEFAULT_NAMESPACE: 'bizosaas' },
        },
      },
    },
  },
  volumes: [
    'bizosaas-postgres-unified-data',
    'bizosaas-postgres-unified-secrets',
    'bizosaas-temporal-server-secrets',
  ],
  secrets: {
    'bizosaas/platform/database': {
      keys: {
        host: 'bizosaas-postgres-unified',
        port: '5432',
        database: 'bizosaas',
        username: 'postgres',
        password: { generated: 32 },
      },
    },
    'bizosaas/platform/redis-connection': {
      keys: { host: 'bizosaas-redis', port: '6379', connection_string: 'redis://bizosaas-redis:6379/0' },
    },
    'bizosaas/platform/temporal-connection': {
      keys: { host: 'temporal', port: '7233', namespace: 'bizosaas', connection_string: 'temporal:7233' },
    },
    'bizosaas/platform/openrouter-api-key': {
      keys: { api_key: { variable: 'TF_VAR_bizosaas_platform_openrouter_api_key_api_key' } },
    },
    'bizosaas/platform/django-crm-secret-key': { keys: { secret_key: { generated: 50 } } },
    'bizosaas/platform/wagtail-secret-key': { keys: { secret_key: { generated: 50 } } },
    'bizosaas/platform/saleor-secret-key': { keys: { secret_key: { generated: 50 } } },
    'bizosaas/platform/temporal-jwt-secret': { keys: { secret_key: { generated: 50 } } },
    'bizosaas/encryption/api-keys': { keys: { master_key: { generated: 64 } } },
    'bizosaas/ai-agents/api-keys': { map: 'TF_VAR_bizosaas_ai_agents_api_keys' },
    // Added by people and by the gateway.
    'bizosaas/platform/new-secret': { runtime: { key: 'value' } },
    'bizosaas/integrations/stripe': { runtime: { api_key: 'payment' } },
    'bizosaas/tenants/test-tenant-001/api-keys/openrouter': { runtime: { api_key: 'tenant one' } },
    'bizosaas/tenants/test-tenant-002/api-keys/openrouter': { runtime: { api_key: 'tenant two' } },
  },
  policies: {
    'bizosaas-django-crm': {
      rules: {
        'bizosaas/data/platform/database': read,
        'bizosaas/data/platform/redis-connection': read,
        'bizosaas/data/platform/django-crm-secret-key': read,
      },
    },
    'bizosaas-brain-gateway': {
      rules: {
        'bizosaas/data/platform/*': read,
        'bizosaas/metadata/platform/*': ['list'],
        'bizosaas/data/encryption/api-keys': ['create', 'read', 'update'],
        'bizosaas/data/tenants/+/api-keys/*': ['create', 'read', 'update', 'delete'],
        'bizosaas/delete/tenants/+/api-keys/*': update,
        'bizosaas/undelete/tenants/+/api-keys/*': update,
        'bizosaas/destroy/tenants/*': update,
        'bizosaas/metadata/tenants/*': ['list', 'read', 'delete'],
      },
    },
    'bizosaas-wagtail': {
      rules: {
        'bizosaas/data/platform/database': read,
        'bizosaas/data/platform/redis-connection': read,
        'bizosaas/data/platform/wagtail-secret-key': read,
      },
    },
    'bizosaas-temporal': {
      rules: {
        'bizosaas/data/platform/database': read,
        'bizosaas/data/platform/redis-connection': read,
        'bizosaas/data/platform/temporal-connection': read,
        'bizosaas/data/platform/temporal-jwt-secret': read,
        'bizosaas/data/integrations/*': read,
      },
    },
    'bizosaas-saleor': { rules: { 'bizosaas/data/platform/saleor-secret-key': read } },
    'bizosaas-admin-dashboard': {
      rules: {
        'bizosaas/metadata/platform/*': ['list', 'read'],
        'bizosaas/data/platform/*': update,
        'bizosaas/metadata/tenants/*': ['list'],
      },
    },
    'bizosaas-ai-agents': { rules: { 'bizosaas/data/ai-agents/api-keys': read } },
    'bizosaas-postgres': { rules: { 'bizosaas/data/platform/database': read } },
    'bizosaas-temporal-server': { rules: { 'bizosaas/data/platform/database': read } },
    'bizosaas-tenant-test-tenant-001': {
      rules: { 'bizosaas/data/tenants/test-tenant-001/api-keys/*': ['create', 'read', 'update'] },
    },
    'bizosaas-operator': {
      rules: {
        'bizosaas/data/*': ['create', 'read', 'update', 'delete'],
        'bizosaas/metadata/*': ['list', 'read', 'delete'],
        'bizosaas/delete/*': update,
        'bizosaas/undelete/*': update,
        'bizosaas/destroy/*': update,
        'sys/mounts/bizosaas': ['create', 'read', 'update'],
        'sys/policies/acl/bizosaas-*': ['create', 'read', 'update', 'list'],
        'sys/auth': read,
        'sys/auth/*': ['create', 'read', 'update', 'delete', 'sudo'],
        'auth/*': ['create', 'read', 'update', 'delete', 'list'],
        'sys/audit': ['read', 'sudo'],
        'sys/audit/*': ['create', 'read', 'update', 'sudo'],
      },
    },
    'bizosaas-metrics': { rules: { 'sys/metrics': read } },
    'bizosaas-backup': { rules: { 'sys/storage/raft/snapshot': read } },
  },
  forbidden: ['http://vault:8200', 'bizosaas-vault-dev-token-2025', 'saleor-insecure-temp-key'],
  burnt: ['9991ade0b547d18a', '8afa829c6f68fe0d', 'ee7ee7c4ec1a10c0'],
  runtime: { container: 'bizosaas-brain-unified', path: 'bizosaas/tenants/new-tenant/api-keys/stripe' },
  databases: [
    {
      kind: 'postgres',
      container: 'bizosaas-postgres-unified',
      secret: 'bizosaas/platform/database',
      username: 'postgres',
      database: 'bizosaas',
    },
  ],
  launched: {
    'bizosaas-temporal-server': {
      POSTGRES_SEEDS: ['bizosaas/platform/database', 'host'],
      DB_PORT: ['bizosaas/platform/database', 'port'],
      POSTGRES_USER: ['bizosaas/platform/database', 'username'],
      POSTGRES_PWD: ['bizosaas/platform/database', 'password'],
    },
  },
  restarted: ['bizosaas-django-crm-8003', 'bizosaas-postgres-unified', 'bizosaas-postgres-unified-agent'],
};
