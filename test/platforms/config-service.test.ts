import { configService } from '../../platforms/config-service';
import { PRODUCTION, resources, STAGING } from '../helper';
import { ENVIRONMENTS, PlatformFacts } from './platform-facts';
import { holdsBurntCredential, literalSecrets, placesOfRootToken } from './secrecy';

const facts = new PlatformFacts(configService);

describe.each(ENVIRONMENTS)('the variables in $name', (environment) => {
  const address = { VAULT_ADDR: 'http://vault:8200' };
  const tls = { VAULT_ADDR: 'https://vault:8200', VAULT_CACERT: '/vault/tls/ca.pem' };
  const agent = (service: string) => ({
    HOME: '/tmp',
    ...(environment.isDevelopment
      ? { ...address, VAULT_TOKEN: `token of ${service}` }
      : { ...tls, ROLE_ID: service, WRAPPED_SECRET_ID: `wrapped secret-id of ${service}` }),
  });
  const agents = {
    'config-service-postgres-agent': agent('postgres'),
    'config-service-redis-agent': agent('redis'),
    'config-service-kafka-agent': agent('kafka'),
    ...(environment.isDevelopment
      ? {}
      : { 'configuration-management-service-agent': agent('config-service') }),
  };

  test('are exactly these, and no other container is declared', () => {
    const found = Object.entries(new PlatformFacts(configService, environment).environments());
    expect(Object.fromEntries(found.filter(([name]) => !name.startsWith('vault')))).toEqual({
      ...agents,
      'configuration-management-service': {
        ...(environment.isDevelopment
          ? { ...address, VAULT_TOKEN: 'token of config-service' }
          : { ...tls, HOME: '/vault/secrets' }),
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
      'config-service-postgres': {
        POSTGRES_DB: 'config_service',
        POSTGRES_USER: 'config_service',
        POSTGRES_PASSWORD_FILE: '/vault/secrets/password',
      },
      'config-service-redis': {},
      'config-service-kafka': { KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m' },
    });
  });
});

test('server and service have ports of their own on the host', () => {
  expect(facts.images()).toMatchObject({
    vault: expect.stringMatching(/ 127\.0\.0\.1:8220:8200$/),
    'configuration-management-service': expect.stringMatching(/ 127\.0\.0\.1:8082:8082$/),
  });
});

test('the engine of the development server is adopted, as type kv so that it is not replaced', () => {
  const mounts = Object.entries(resources(facts.stacks.access, 'vault_mount'));
  const [address, secret] = mounts.find(([, { path }]) => path === 'secret') ?? [];
  expect(secret).toMatchObject({ type: 'kv', options: { version: '2' } });
  expect(facts.stacks.access.import).toEqual([{ id: 'secret', to: `vault_mount.${address}` }]);
});

test.each([STAGING, PRODUCTION])('in $name the engine is a new one', (environment) => {
  const { stacks } = new PlatformFacts(configService, environment);
  const mounts = Object.values(resources(stacks.access, 'vault_mount'));
  expect(mounts.map(({ path }) => path)).toContain('secret');
  expect(JSON.stringify(stacks.access.import)).not.toContain('vault_mount');
});

test('configurations are written at run time and never by Terraform', () => {
  expect(facts.secrets()).toEqual({
    'secret/production/asr-service/api_key': 'run time',
    'secret/development/llm-service/database_password': 'run time',
    'secret/production/auth-service/database_password': 'run time',
    'secret/production/my-service/secret_key': 'run time',
    'secret/production/my-service/my_key': 'run time',
    'platform/postgres': { password: 'generated' },
    'platform/redis': { password: 'generated' },
    'platform/kafka': { password: 'generated' },
  });
  const written = Object.values(resources(facts.stacks.access, 'vault_kv_secret_v2'));
  expect(written.map(({ mount }) => mount)).toEqual(['platform', 'platform', 'platform']);
});

test('no secret is in what is written', () => {
  expect(literalSecrets(facts)).toEqual([]);
  expect(holdsBurntCredential(facts.written)).toBe(false);
  expect(placesOfRootToken(facts)).toHaveLength(3);
});
