import type { App } from 'cdktf';
import { Distribution } from '../constructs/distribution';
import type { Environment } from '../constructs/environment';
import { EnvironmentContract } from '../constructs/environment-contract';
import { Health } from '../constructs/health';
import { launchWithVariables } from '../constructs/launch';
import { SecretFile } from '../constructs/secret-file';
import { SecretValue } from '../constructs/secret-value';
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

/** The user of the application images: their token files belong to it alone. */
const APPLICATION_USER = '1000:1000';

/** Where uvicorn listens in all services of the platform. */
const HTTP_PORT = 8000;

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
    vault: {
      containerName: 'zakupai-vault',
      distribution: Distribution.vault('hashicorp/vault:1.17'),
      // 8200 is BizOSaaS's on a shared host.
      hostPort: 8210,
    },
    contract: EnvironmentContract.tokenInFile(),
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
    'route:\n  receiver: telegram\nreceivers:\n  - name: telegram\n    telegram_configs:\n      - bot_token: "',
    telegram.value('bot_token'),
    '"\n        chat_id: ',
    telegram.value('chat_id'),
    '\n',
  ]);
  platform.addBackingService('alertmanager', {
    containerName: 'zakupai-alertmanager',
    image: 'prom/alertmanager:v0.27.0',
    user: '65534:65534',
    files: [alertmanagerFile],
    command: [`--config.file=${alertmanagerFile.path}`, '--storage.path=/alertmanager'],
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
  });
  for (const [name, tool] of Object.entries({
    flowise: {
      image: 'flowiseai/flowise:2.2.7',
      port: 3000,
      hostPort: 3100,
      secret: flowise,
      start: ['flowise', 'start'],
      health: '/api/v1/ping',
    },
    n8n: {
      image: 'n8nio/n8n:1.70.3',
      port: 5678,
      hostPort: 5678,
      secret: n8n,
      start: ['/docker-entrypoint.sh'],
      health: '/healthz',
    },
  })) {
    const file = SecretFile.allVariables('env', tool.secret);
    platform.addBackingService(name, {
      containerName: `zakupai-${name}`,
      image: tool.image,
      user: '1000:1000',
      files: [file],
      ...launchWithVariables([file], tool.start),
      health: Health.http(tool.port, tool.health),
      ports: [{ host: tool.hostPort, container: tool.port }],
    });
  }
  const grafanaPassword = SecretFile.value('admin-password', grafana.value('admin_password'));
  platform.addBackingService('grafana', {
    containerName: 'zakupai-grafana',
    image: 'grafana/grafana:11.3.1',
    user: '472:0',
    files: [grafanaPassword],
    environment: { GF_SECURITY_ADMIN_PASSWORD__FILE: grafanaPassword.path },
    health: Health.http(3000, '/api/health'),
    ports: [{ host: 3101, container: 3000 }],
    data: { data: '/var/lib/grafana' },
  });

  // People: full administration of mount, policies, auth and audit.
  platform.addPolicy('admin', {
    manages: [kv.everything()],
    allows: [...mountRules(kv.path), ...policyRules(''), ...authMethodRules(), ...auditRules()],
  });
  return platform;
}

function prometheusConfiguration(platform: Platform, riskEngine: string): string {
  return `scrape_configs:
  - job_name: vault
    metrics_path: /v1/sys/metrics
    params:
      format: [prometheus]
    authorization:
      credentials_file: ${TOKEN_FILE}
    static_configs:
      - targets: ["${platform.vault.address.replace(/^https?:\/\//, '')}"]
  - job_name: risk-engine-business
    static_configs:
      - targets: ["${riskEngine}:${METRICS_PORT}"]
`;
}
