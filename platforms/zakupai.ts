import type { App } from 'cdktf';
import { acknowledge } from '../constructs/acknowledgement';
import { Distribution } from '../constructs/distribution';
import type { Environment } from '../constructs/environment';
import { EnvironmentContract } from '../constructs/environment-contract';
import { Health } from '../constructs/health';
import { launchWatching, launchWithVariables } from '../constructs/launch';
import { Listener } from '../constructs/listener';
import { SecretFile } from '../constructs/secret-file';
import { SecretValue } from '../constructs/secret-value';
import { ServerMode } from '../constructs/server-mode';
import { Storage } from '../constructs/storage';
import { TOKEN_FILE } from '../constructs/vault-agent';
import {
  auditRules,
  authMethodRules,
  healthRules,
  metricsRules,
  mountRules,
  policyRules,
} from '../policies/system-rules';
import { Platform } from '../stacks/platform';

/** The user of the application images: the files with their tokens are its group's alone. */
const APPLICATION_USER = '1000:1000';

/** Where uvicorn listens in all services of the platform. */
const HTTP_PORT = 8000;

/** Prometheus sends its alerts here. */
const ALERTMANAGER = 'zakupai-alertmanager';

/** risk-engine's business metrics. */
const METRICS_PORT = 9102;

/**
 * ZakupAI: nine services for public procurement, with Prometheus, Alertmanager, Grafana, Flowise, n8n and an
 * encrypted backup, around one Vault. The services find their token by `VAULT_TOKEN_FILE`.
 *
 * Known are the services, the policies' names, port 9102 and the subjects of the secrets. Chosen here: the
 * mount, all paths, names of containers and images, ports, and health paths. What the services keep in Vault is
 * not known, so a person supplies it as a map. Accounts for end users (gateway, sessions in Redis, issued API
 * keys) are a later phase of the platform and are not declared.
 */
export function zakupai(app: App, environment: Environment): Platform {
  const platform = new Platform(app, 'zakupai', {
    environment,
    network: 'zakupai-network',
    subnet: '172.28.11.0/24',
    vault: {
      containerName: 'zakupai-vault',
      // The tag of the specification moves; outside development it is one image.
      distribution: Distribution.vault(`hashicorp/vault:${environment.isDevelopment ? '1.17' : '1.17.6'}`),
      // 8200 is BizOSaaS's on a shared host.
      hostPort: 8210,
      // Its development server keeps its data too, and is unsealed by a share that lies beside it.
      ...(environment.isDevelopment && {
        mode: ServerMode.configured({ listener: Listener.http(), storage: Storage.file() }),
      }),
    },
    contract: EnvironmentContract.tokenInFile(),
    // The platform names its policies itself.
    policyPrefix: '',
  });

  // Secrets
  const kv = platform.addMount('zakupai');
  const ownSecret = (service: string) =>
    kv.addSuppliedSecret(`services/${service}`, { description: `what ${service} had in its .env file` });
  const telegram = kv.addSecret(
    'alerting/telegram',
    { bot_token: SecretValue.supplied(), chat_id: SecretValue.supplied() },
    { description: 'the bot and the chat that alerts go to' },
  );
  const b2 = kv.addSecret(
    'backup/b2',
    { application_key_id: SecretValue.supplied(), application_key: SecretValue.supplied() },
    { description: 'Backblaze B2, where backups are mirrored' },
  );
  const backupEncryption = kv.addSecret(
    'backup/encryption',
    { passphrase: SecretValue.generated({ length: 64 }) },
    { description: 'encrypts the backups' },
  );
  const flowise = kv.addSuppliedSecret('tools/flowise', { description: 'variables of Flowise' });
  const n8n = kv.addSuppliedSecret('tools/n8n', { description: 'variables of n8n' });
  const grafana = kv.addSecret(
    'monitoring/grafana',
    { admin_password: SecretValue.generated() },
    { description: 'the administrator of Grafana' },
  );

  // The nine services. `web` is the one that people call web-ui.
  const httpServices = {
    'calc-service': 8101,
    'etl-service': 8103,
    'billing-service': 8104,
    'goszakup-api': 8105,
    'embedding-api': 8106,
    'doc-service': 8107,
    web: 8108,
  };
  for (const [name, hostPort] of Object.entries(httpServices)) {
    platform.addService(name, {
      containerName: `zakupai-${name}`,
      image: `zakupai/${name}:stage7-phase2`,
      user: APPLICATION_USER,
      ports: [{ host: hostPort, container: HTTP_PORT }],
      health: Health.http(HTTP_PORT),
      reads: [ownSecret(name)],
    });
  }
  const riskEngine = platform.addService('risk-engine', {
    containerName: 'zakupai-risk-engine',
    image: 'zakupai/risk-engine:stage7-phase2',
    user: APPLICATION_USER,
    ports: [{ host: 8102, container: HTTP_PORT }, METRICS_PORT],
    health: Health.http(HTTP_PORT),
    reads: [ownSecret('risk-engine')],
  });
  platform.addService('bot', {
    containerName: 'zakupai-bot',
    image: 'zakupai/bot:stage7-phase2',
    user: APPLICATION_USER,
    // It asks Telegram for messages and listens nowhere.
    health: Health.shell('grep -qs python /proc/[0-9]*/comm'),
    reads: [ownSecret('bot')],
  });

  // Programs that know no Vault: an agent renders what they read.
  platform.addBackingService('prometheus', {
    containerName: 'zakupai-prometheus',
    image: 'prom/prometheus:v2.55.1',
    user: '65534:65534',
    policyName: 'monitoring',
    allows: [...metricsRules(), ...healthRules()],
    tokenFile: true,
    files: [
      SecretFile.text('prometheus.yml', [
        prometheusConfiguration(platform, riskEngine.container.containerName),
      ]),
    ],
    command: ['--config.file=/vault/secrets/prometheus.yml', '--storage.tsdb.path=/prometheus'],
    health: Health.http(9090, '/-/healthy'),
    ports: [9090],
    data: { data: '/prometheus' },
  });
  const alertmanagerFile = SecretFile.text('alertmanager.yml', [
    'route:\n  receiver: telegram\nreceivers:\n  - name: telegram\n    telegram_configs:\n      - bot_token: ',
    SecretFile.quoted(telegram.value('bot_token')),
    '\n        chat_id: ',
    SecretFile.integer(telegram.value('chat_id')),
    '\n',
  ]);
  platform.addBackingService('alertmanager', {
    containerName: ALERTMANAGER,
    image: 'prom/alertmanager:v0.27.0',
    user: '65534:65534',
    files: [alertmanagerFile],
    // Alertmanager reads its configuration again on a signal alone.
    ...launchWatching(
      [alertmanagerFile],
      ['/bin/alertmanager', `--config.file=${alertmanagerFile.path}`, '--storage.path=/alertmanager'],
    ),
    health: Health.http(9093, '/-/healthy'),
    ports: [9093],
    data: { data: '/alertmanager' },
  });
  const backupFile = SecretFile.variables('env', {
    B2_APPLICATION_KEY_ID: b2.value('application_key_id'),
    B2_APPLICATION_KEY: b2.value('application_key'),
    BACKUP_PASSPHRASE: backupEncryption.value('passphrase'),
  });
  const databaseFile = SecretFile.allVariables('database', ownSecret('db-backup'));
  platform.addBackingService('db-backup', {
    containerName: 'zakupai-db-backup',
    image: 'zakupai/db-backup:stage7-phase2',
    user: APPLICATION_USER,
    files: [backupFile, databaseFile],
    ...launchWithVariables([backupFile, databaseFile], ['/entrypoint.sh']),
    health: Health.shell(`test -r ${backupFile.path}`),
  });
  const flowiseFile = SecretFile.allVariables('env', flowise);
  platform.addBackingService('flowise', {
    containerName: 'zakupai-flowise',
    image: 'flowiseai/flowise:2.2.7',
    user: '1000:1000',
    files: [flowiseFile],
    // By default these lie in the folder of the program, which belongs to root.
    environment: { LOG_PATH: '/tmp/logs', APIKEY_PATH: '/home/node', SECRETKEY_PATH: '/home/node' },
    ...launchWithVariables([flowiseFile], ['flowise', 'start']),
    health: Health.http(3000, '/api/v1/ping'),
    ports: [{ host: 3100, container: 3000 }],
    data: { data: '/home/node' },
    memoryMiB: 1024,
  });
  const n8nFile = SecretFile.allVariables('env', n8n);
  platform.addBackingService('n8n', {
    containerName: 'zakupai-n8n',
    image: 'n8nio/n8n:1.70.3',
    user: '1000:1000',
    files: [n8nFile],
    ...launchWithVariables([n8nFile], ['/docker-entrypoint.sh']),
    health: Health.http(5678, '/healthz'),
    ports: [5678],
    data: { data: '/home/node/.n8n' },
    memoryMiB: 1024,
  });
  const grafanaPassword = SecretFile.value('admin-password', grafana.value('admin_password'));
  platform.addBackingService('grafana', {
    containerName: 'zakupai-grafana',
    image: 'grafana/grafana:11.3.1',
    user: '472:0',
    files: [grafanaPassword],
    environment: { GF_SECURITY_ADMIN_PASSWORD__FILE: grafanaPassword.path },
    ...launchWatching([grafanaPassword], ['/bin/sh', '-ec', START_GRAFANA, grafanaPassword.path]),
    health: Health.http(3000, '/api/health'),
    ports: [{ host: 3101, container: 3000 }],
    data: { data: '/var/lib/grafana' },
  });

  // People: administration of mount, policies, auth and audit, but not to disable the audit.
  const admin = platform.addPolicy('admin', {
    manages: [kv.everything()],
    allows: [...mountRules(kv.path), ...policyRules(''), ...authMethodRules(), ...auditRules()],
  });
  for (const about of ['path "auth/*"', 'path "sys/policies/acl/*"']) {
    acknowledge(admin, {
      id: 'VLT010',
      about,
      owner: 'administrators of ZakupAI',
      reason:
        'takes the place of the root token for people who keep this server: no service and no role has the policy, and it cannot disable an audit device',
    });
  }
  return platform;
}

// Grafana takes the password from its variable when it creates its database, and never again.
const START_GRAFANA = `
if [ -f /var/lib/grafana/grafana.db ]; then grafana cli admin reset-admin-password --password-from-stdin < "$0"; fi
exec /run.sh
`.trim();

function prometheusConfiguration(platform: Platform, riskEngine: string): string {
  return `alerting:
  alertmanagers:
    - static_configs:
        - targets: ["${ALERTMANAGER}:9093"]
scrape_configs:
  - job_name: vault
    metrics_path: /v1/sys/metrics
    params:
      format: [prometheus]
    authorization:
      credentials_file: ${TOKEN_FILE}
${tls(platform)}    static_configs:
      - targets: ${JSON.stringify(platform.vault.nodes)}
  - job_name: risk-engine-business
    static_configs:
      - targets: ["${riskEngine}:${METRICS_PORT}"]
`;
}

function tls({ vault }: Platform): string {
  return vault.authority === undefined
    ? ''
    : `    scheme: https
    tls_config:
      ca_file: ${vault.authority.path}
`;
}
