import { type ExpectedPlatform, type ExpectedService, read, update } from './expectation';

const TOKEN_IN_FILE = {
  VAULT_ADDR: 'http://zakupai-vault:8200',
  VAULT_TOKEN_FILE: '/vault/secrets/token',
};

/** Services that listen on 8000, by the host port. */
const HTTP_SERVICES = {
  'calc-service': 8101,
  'etl-service': 8103,
  'billing-service': 8104,
  'goszakup-api': 8105,
  'embedding-api': 8106,
  'doc-service': 8107,
  web: 8108,
};

function application(name: string, ports: Readonly<Record<number, number>>): ExpectedService {
  return {
    image: `zakupai/${name}:stage7-phase2`,
    standIn: 'app',
    // Given names for three of them; the others follow the pattern of these.
    policy: `${name}`,
    containers: {
      [`zakupai-${name}`]: { memoryMiB: 512, checked: true, agent: true, variables: TOKEN_IN_FILE, ports },
    },
  };
}

const APPLICATIONS: Readonly<Record<string, ExpectedService>> = {
  ...Object.fromEntries(
    Object.entries(HTTP_SERVICES).map(([name, port]) => [name, application(name, { 8000: port })]),
  ),
  'risk-engine': application('risk-engine', { 8000: 8102, 9102: 9102 }),
  bot: application('bot', {}),
};

/** The container user of all applications. */
export const ZAKUPAI_APPLICATIONS: readonly string[] = Object.keys(APPLICATIONS).map(
  (name) => `zakupai-${name}`,
);

const FLOWISE_FOLDERS = { LOG_PATH: '/tmp/logs', APIKEY_PATH: '/home/node', SECRETKEY_PATH: '/home/node' };

function tool(
  name: string,
  image: string,
  memoryMiB: number,
  ports: Readonly<Record<number, number>>,
  variables: Readonly<Record<string, string>> = {},
): ExpectedService {
  return {
    image,
    standIn: 'generic',
    policy: name,
    containers: { [`zakupai-${name}`]: { memoryMiB, checked: true, agent: true, variables, ports } },
  };
}

function ownSecret(service: string): string {
  return `zakupai/services/${service}`;
}

function suppliedMap(path: string): { readonly map: string } {
  return { map: `TF_VAR_zakupai_${path.replace(/[/-]/g, '_')}` };
}

/** ZakupAI: token files instead of tokens in variables. */
export const zakupai: ExpectedPlatform = {
  name: 'zakupai',
  environment: 'development',
  network: 'zakupai-network',
  vault: {
    containerName: 'zakupai-vault',
    image: 'hashicorp/vault:1.17',
    address: 'http://zakupai-vault:8200',
    hostPort: 8210,
    memoryMiB: 1024,
    storesInFiles: true,
  },
  mount: 'zakupai',
  hvac: '2.3.0',
  services: {
    ...APPLICATIONS,
    prometheus: {
      image: 'prom/prometheus:v2.55.1',
      standIn: 'prometheus',
      policy: 'monitoring',
      containers: {
        'zakupai-prometheus': {
          memoryMiB: 512,
          checked: true,
          agent: true,
          variables: {},
          ports: { 9090: 9090 },
        },
      },
    },
    alertmanager: {
      image: 'prom/alertmanager:v0.27.0',
      standIn: 'alertmanager',
      policy: 'alertmanager',
      containers: {
        'zakupai-alertmanager': {
          memoryMiB: 512,
          checked: true,
          agent: true,
          variables: {},
          ports: { 9093: 9093 },
        },
      },
    },
    'db-backup': {
      image: 'zakupai/db-backup:stage7-phase2',
      standIn: 'generic',
      policy: 'db-backup',
      containers: {
        'zakupai-db-backup': { memoryMiB: 512, checked: true, agent: true, variables: {} },
      },
    },
    flowise: tool('flowise', 'flowiseai/flowise:2.2.7', 1024, { 3000: 3100 }, FLOWISE_FOLDERS),
    n8n: tool('n8n', 'n8nio/n8n:1.70.3', 1024, { 5678: 5678 }),
    grafana: tool(
      'grafana',
      'grafana/grafana:11.3.1',
      512,
      { 3000: 3101 },
      { GF_SECURITY_ADMIN_PASSWORD__FILE: '/vault/secrets/admin-password' },
    ),
  },
  volumes: [
    ...['prometheus', 'alertmanager', 'db-backup', 'flowise', 'n8n', 'grafana'].map(
      (name) => `zakupai-${name}-secrets`,
    ),
    ...['prometheus', 'alertmanager', 'flowise', 'n8n', 'grafana'].map((name) => `zakupai-${name}-data`),
    ...ZAKUPAI_APPLICATIONS.map((name) => `${name}-secrets`),
  ],
  secrets: {
    ...Object.fromEntries(
      [...Object.keys(APPLICATIONS), 'db-backup'].map((name) => [
        ownSecret(name),
        suppliedMap(`services/${name}`),
      ]),
    ),
    'zakupai/alerting/telegram': {
      keys: {
        bot_token: { variable: 'TF_VAR_zakupai_alerting_telegram_bot_token' },
        chat_id: { variable: 'TF_VAR_zakupai_alerting_telegram_chat_id', kind: 'number' },
      },
    },
    'zakupai/backup/b2': {
      keys: {
        application_key_id: { variable: 'TF_VAR_zakupai_backup_b2_application_key_id' },
        application_key: { variable: 'TF_VAR_zakupai_backup_b2_application_key' },
      },
    },
    'zakupai/backup/encryption': { keys: { passphrase: { generated: 64 } } },
    'zakupai/tools/flowise': suppliedMap('tools/flowise'),
    'zakupai/tools/n8n': suppliedMap('tools/n8n'),
    'zakupai/monitoring/grafana': { keys: { admin_password: { generated: 32 } } },
  },
  policies: {
    ...Object.fromEntries(
      Object.keys(APPLICATIONS).map((name) => [name, { rules: { [`zakupai/data/services/${name}`]: read } }]),
    ),
    monitoring: { rules: { 'sys/metrics': read, 'sys/health': read } },
    alertmanager: { rules: { 'zakupai/data/alerting/telegram': read } },
    'db-backup': {
      rules: {
        'zakupai/data/services/db-backup': read,
        'zakupai/data/backup/b2': read,
        'zakupai/data/backup/encryption': read,
      },
    },
    flowise: { rules: { 'zakupai/data/tools/flowise': read } },
    n8n: { rules: { 'zakupai/data/tools/n8n': read } },
    grafana: { rules: { 'zakupai/data/monitoring/grafana': read } },
    admin: {
      rules: {
        'zakupai/data/*': ['create', 'read', 'update', 'delete'],
        'zakupai/metadata/*': ['list', 'read', 'delete'],
        'zakupai/delete/*': update,
        'zakupai/undelete/*': update,
        'zakupai/destroy/*': update,
        'sys/mounts/zakupai': ['create', 'read', 'update'],
        'sys/policies/acl/*': ['create', 'read', 'update', 'list'],
        'sys/auth': read,
        'sys/auth/*': ['create', 'read', 'update', 'delete', 'sudo'],
        'auth/*': ['create', 'read', 'update', 'delete', 'list'],
        'sys/audit': ['read', 'sudo'],
        'sys/audit/*': ['create', 'read', 'update', 'sudo'],
      },
    },
  },
  forbidden: [],
  burnt: [],
  databases: [],
  launched: {
    'zakupai-db-backup': {
      B2_APPLICATION_KEY_ID: ['zakupai/backup/b2', 'application_key_id'],
      B2_APPLICATION_KEY: ['zakupai/backup/b2', 'application_key'],
      BACKUP_PASSPHRASE: ['zakupai/backup/encryption', 'passphrase'],
      API_KEY: ['zakupai/services/db-backup', 'API_KEY'],
    },
    'zakupai-flowise': {
      API_KEY: ['zakupai/tools/flowise', 'API_KEY'],
      QUOTED: ['zakupai/tools/flowise', 'QUOTED'],
    },
    'zakupai-n8n': {
      API_KEY: ['zakupai/tools/n8n', 'API_KEY'],
      QUOTED: ['zakupai/tools/n8n', 'QUOTED'],
    },
  },
  restarted: ['zakupai-billing-service', 'zakupai-billing-service-agent'],
};
