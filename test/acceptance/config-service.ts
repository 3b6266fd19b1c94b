import { type ExpectedPlatform, read, TOKEN, update } from './expectation';

/** The Configuration Management Service, whose guide issues a token that may read nothing. */
export const configService: ExpectedPlatform = {
  name: 'config-service',
  environment: 'development',
  network: 'config-service-network',
  vault: {
    containerName: 'vault',
    image: 'hashicorp/vault:1.17',
    address: 'http://vault:8200',
    hostPort: 8220,
    memoryMiB: 512,
    rootToken: 'config-service-dev-root-token',
  },
  mount: 'secret',
  hvac: '2.3.0',
  services: {
    'config-service': {
      image: 'config-service/api:1.0.0',
      standIn: 'app',
      policy: 'config-service',
      containers: {
        'configuration-management-service': {
          memoryMiB: 512,
          checked: true,
          ports: { 8082: 8082 },
          variables: {
            VAULT_ADDR: 'http://vault:8200',
            VAULT_TOKEN: TOKEN,
            VAULT_MOUNT_POINT: 'secret',
            VAULT_KV_VERSION: '2',
            POSTGRES_HOST: 'config-service-postgres',
            POSTGRES_PORT: '5432',
            POSTGRES_DB: 'config_service',
            POSTGRES_USER: 'config_service',
            POSTGRES_SECRET_PATH: 'platform/postgres',
            REDIS_HOST: 'config-service-redis',
            REDIS_PORT: '6379',
            REDIS_SECRET_PATH: 'platform/redis',
            KAFKA_BOOTSTRAP_SERVERS: 'config-service-kafka:9092',
            KAFKA_USERNAME: 'config-service',
            KAFKA_SECRET_PATH: 'platform/kafka',
          },
        },
      },
    },
    postgres: {
      image: 'postgres:16.4',
      standIn: 'postgres',
      policy: 'postgres',
      containers: {
        'config-service-postgres': {
          memoryMiB: 512,
          checked: true,
          agent: true,
          variables: {
            POSTGRES_DB: 'config_service',
            POSTGRES_USER: 'config_service',
            POSTGRES_PASSWORD_FILE: '/vault/secrets/password',
          },
        },
      },
    },
    redis: {
      image: 'redis:7.4.1',
      standIn: 'redis',
      policy: 'redis',
      containers: {
        'config-service-redis': { memoryMiB: 256, checked: true, agent: true, variables: {} },
      },
    },
    kafka: {
      image: 'apache/kafka:3.9.0',
      standIn: 'generic',
      policy: 'kafka',
      containers: {
        'config-service-kafka': {
          memoryMiB: 1024,
          checked: true,
          agent: true,
          variables: { KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m' },
        },
      },
    },
  },
  volumes: [
    'config-service-kafka-data',
    'config-service-kafka-secrets',
    'config-service-postgres-data',
    'config-service-postgres-secrets',
    'config-service-redis-secrets',
  ],
  secrets: {
    'platform/postgres': { keys: { password: { generated: 32 } } },
    'platform/redis': { keys: { password: { generated: 32 } } },
    'platform/kafka': { keys: { password: { generated: 32 } } },
    'secret/production/asr-service/api_key': { runtime: { value: 'one' } },
    'secret/development/llm-service/database_password': { runtime: { value: 'two' } },
    'secret/production/auth-service/database_password': { runtime: { value: 'three' } },
    'secret/production/my-service/secret_key': { runtime: { value: 'four' } },
    'secret/production/my-service/my_key': { runtime: { value: 'five' } },
    // Not of the form <environment>/<service>/<key>, so it is no configuration.
    'secret/elsewhere/value': { runtime: { value: 'six' } },
  },
  policies: {
    'config-service': {
      rules: {
        'secret/data/+/+/*': ['create', 'read', 'update', 'delete'],
        'secret/delete/+/+/*': update,
        'secret/undelete/+/+/*': update,
        'secret/destroy/*': update,
        'secret/metadata/*': ['list', 'read', 'delete'],
        'platform/data/postgres': read,
        'platform/data/redis': read,
        'platform/data/kafka': read,
      },
    },
    postgres: { rules: { 'platform/data/postgres': read } },
    redis: { rules: { 'platform/data/redis': read } },
    kafka: { rules: { 'platform/data/kafka': read } },
    'config-operator': {
      rules: {
        'sys/mounts/secret': ['create', 'read', 'update'],
        'auth/token/create': update,
        'sys/policies/acl/*': ['create', 'read', 'update', 'list'],
        'sys/audit': ['read', 'sudo'],
        'sys/audit/*': ['create', 'read', 'update', 'sudo'],
      },
    },
    'config-backup': { rules: { 'sys/storage/raft/snapshot': read } },
  },
  forbidden: [],
  burnt: [],
  runtime: {
    container: 'configuration-management-service',
    path: 'secret/production/new-service/api_key',
  },
  databases: [
    {
      kind: 'postgres',
      container: 'config-service-postgres',
      secret: 'platform/postgres',
      username: 'config_service',
      database: 'config_service',
    },
    { kind: 'redis', container: 'config-service-redis', secret: 'platform/redis' },
  ],
  launched: {},
  restarted: ['configuration-management-service', 'config-service-redis', 'config-service-redis-agent'],
};
