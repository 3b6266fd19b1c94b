import type { App } from 'cdktf';
import { acknowledge } from '../constructs/acknowledgement';
import { Distribution } from '../constructs/distribution';
import type { Environment } from '../constructs/environment';
import { EnvironmentContract } from '../constructs/environment-contract';
import { Health } from '../constructs/health';
import { kafka } from '../constructs/kafka';
import { postgresql } from '../constructs/postgresql';
import { redis } from '../constructs/redis';
import { SecretValue } from '../constructs/secret-value';
import {
  auditRules,
  mountRules,
  policyRules,
  snapshotRules,
  tokenIssuingRules,
} from '../policies/system-rules';
import { Platform } from '../stacks/platform';

/**
 * The Configuration Management Service: every configuration of every service, encrypted or not, lives in Vault
 * under `<environment>/<service>/<key>` and is written by this service at run time.
 *
 * Not known and chosen here: the versions, the service's container, image and user, the network, and the variables for
 * Redis, PostgreSQL and Kafka. Their passwords are in a mount of their own, since the service may delete
 * everything in `secret`.
 */
export function configService(app: App, environment: Environment): Platform {
  const platform = new Platform(app, 'config-service', {
    environment,
    network: 'config-service-network',
    subnet: '172.28.12.0/24',
    vault: {
      containerName: 'vault',
      // The tag of the specification moves; outside development it is one image.
      distribution: Distribution.vault(`hashicorp/vault:${environment.isDevelopment ? '1.17' : '1.17.6'}`),
      // 8200 and 8210 are those of the other platforms on a shared host.
      hostPort: 8220,
    },
    contract: EnvironmentContract.tokenInVariable({
      mount: 'VAULT_MOUNT_POINT',
      kvVersion: 'VAULT_KV_VERSION',
    }),
    // The platform names its policies itself.
    policyPrefix: '',
  });

  // Configurations: written by the service, never by Terraform. The fixed ones are examples of the service's guide.
  const kv = platform.adoptMount('secret');
  for (const [path, description] of Object.entries({
    'production/asr-service/api_key': 'key of the speech recognition service',
    'development/llm-service/database_password': 'database of the language model service',
    'production/auth-service/database_password': 'database of the authentication service',
    'production/my-service/secret_key': 'a placeholder of the guide',
    'production/my-service/my_key': 'a placeholder of the guide, for migrations',
  })) {
    kv.addRuntimeSecret(path, { description });
  }
  const configurations = kv.tree('+/+', 'configurations, as <environment>/<service>/<key>');
  const everything = kv.everything('deleting a configuration removes its name too');

  // What the service needs.
  const infrastructure = platform.addMount('platform');
  const password = (path: string, description: string) =>
    infrastructure.addSecret(path, { password: SecretValue.generated() }, { description });
  const databasePassword = password('postgres', 'feature flags and the service registry');
  const cachePassword = password('redis', 'cache of values that are not encrypted');
  const brokerPassword = password('kafka', 'events of deleted configurations');
  const postgres = platform.addBackingService(
    'postgres',
    postgresql({
      containerName: 'config-service-postgres',
      image: 'postgres:16.4',
      database: 'config_service',
      username: 'config_service',
      credentials: databasePassword,
    }),
  );
  const cache = platform.addBackingService(
    'redis',
    redis({ containerName: 'config-service-redis', image: 'redis:7.4.1', credentials: cachePassword }),
  );
  const broker = platform.addBackingService(
    'kafka',
    kafka({
      containerName: 'config-service-kafka',
      image: 'apache/kafka:3.9.0',
      username: 'config-service',
      credentials: brokerPassword,
    }),
  );

  platform.addService('config-service', {
    containerName: 'configuration-management-service',
    image: 'config-service/api:1.0.0',
    user: '1000:1000',
    ports: [8082],
    mount: kv,
    environment: {
      POSTGRES_HOST: postgres.container.containerName,
      POSTGRES_PORT: '5432',
      POSTGRES_DB: 'config_service',
      POSTGRES_USER: 'config_service',
      REDIS_HOST: cache.container.containerName,
      REDIS_PORT: '6379',
      KAFKA_BOOTSTRAP_SERVERS: `${broker.container.containerName}:9092`,
      KAFKA_USERNAME: 'config-service',
    },
    secretPaths: {
      POSTGRES_SECRET_PATH: databasePassword,
      REDIS_SECRET_PATH: cachePassword,
      KAFKA_SECRET_PATH: brokerPassword,
    },
    reads: [configurations],
    writes: [configurations],
    deletes: [configurations],
    lists: [everything],
    inspects: [everything],
    destroys: [everything],
    health: Health.http(8082, '/api/v1/config/status'),
    needs: [postgres, cache, broker],
  });

  // People and machines that are no service. The token of the guide has the policy `default`, which grants
  // nothing in `secret`; the service's own policy above takes its place. The operator's tokens cannot be more
  // than the operator is: a token for the service comes from Terraform.
  const operator = platform.addPolicy('config-operator', {
    allows: [...mountRules(kv.path), ...tokenIssuingRules(), ...policyRules(''), ...auditRules()],
  });
  platform.addPolicy('config-backup', { allows: snapshotRules() });
  acknowledge(operator, {
    id: 'VLT010',
    about: 'path "sys/policies/acl/*"',
    owner: 'operators of the configuration service',
    reason:
      'takes the place of the root token for people who keep this server: no service and no role has the policy, and it cannot disable an audit device',
  });
  return platform;
}
