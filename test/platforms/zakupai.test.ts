import { Testing } from 'cdktf';
import { zakupai } from '../../platforms/zakupai';
import { stackText } from '../stack-text';
import { holdsBurntCredential, PlatformFacts } from './platform-facts';

const facts = new PlatformFacts(zakupai);

const SERVICES = [
  'calc-service',
  'risk-engine',
  'etl-service',
  'billing-service',
  'goszakup-api',
  'embedding-api',
  'doc-service',
  'web',
  'bot',
];

describe('environment', () => {
  const { 'zakupai-vault': _server, ...containers } = facts.environments();

  test.each(SERVICES)('%s finds its token in a file, and no token in a variable', (service) => {
    expect(containers[`zakupai-${service}`]).toEqual({
      VAULT_ADDR: 'http://zakupai-vault:8200',
      VAULT_TOKEN_FILE: '/vault/secrets/token',
    });
  });

  test.each(SERVICES)('the agent beside %s holds the identity of that service', (service) => {
    expect(containers[`zakupai-${service}-agent`]).toEqual({
      HOME: '/tmp',
      VAULT_TOKEN: `token of ${service}`,
    });
  });

  test.each(
    Object.entries({
      'zakupai-prometheus': {},
      'zakupai-prometheus-agent': { HOME: '/tmp', VAULT_TOKEN: 'token of monitoring' },
      'zakupai-alertmanager': {},
      'zakupai-alertmanager-agent': { HOME: '/tmp', VAULT_TOKEN: 'token of alertmanager' },
      'zakupai-db-backup': {},
      'zakupai-db-backup-agent': { HOME: '/tmp', VAULT_TOKEN: 'token of db-backup' },
      'zakupai-flowise': { LOG_PATH: '/tmp/logs', APIKEY_PATH: '/home/node', SECRETKEY_PATH: '/home/node' },
      'zakupai-flowise-agent': { HOME: '/tmp', VAULT_TOKEN: 'token of flowise' },
      'zakupai-n8n': {},
      'zakupai-n8n-agent': { HOME: '/tmp', VAULT_TOKEN: 'token of n8n' },
      'zakupai-grafana': { GF_SECURITY_ADMIN_PASSWORD__FILE: '/vault/secrets/admin-password' },
      'zakupai-grafana-agent': { HOME: '/tmp', VAULT_TOKEN: 'token of grafana' },
    }),
  )('%s has exactly its variables', (container, expected) => {
    expect(containers[container]).toEqual(expected);
  });

  test('no other container is declared', () => {
    expect(Object.keys(containers)).toHaveLength(2 * SERVICES.length + 12);
  });

  test('the token file is mounted from memory, read-only, and belongs to the user of the service', () => {
    const { docker_container: all, docker_volume: volumes } = facts.stacks.services.resource;
    const web = Object.values(all ?? {}).find(({ name }) => name === 'zakupai-web');
    expect(web).toMatchObject({
      user: '1000:1000',
      volumes: [{ container_path: '/vault/secrets', read_only: true, volume_name: 'zakupai-web-secrets' }],
    });
    expect(Object.values(volumes ?? {}).find(({ name }) => name === 'zakupai-web-secrets')).toMatchObject({
      driver_opts: { type: 'tmpfs', o: 'size=1m,mode=0700,uid=1000,gid=1000,noexec,nosuid,nodev' },
    });
  });

  test('business metrics are on port 9102, scraped with the server under the jobs of the platform', () => {
    expect(facts.images()['zakupai-risk-engine']).toContain('127.0.0.1:9102:9102');
    expect(facts.written).toContain('job_name: vault');
    expect(facts.written).toContain('job_name: risk-engine-business');
    expect(facts.written).toContain('zakupai-risk-engine:9102');
  });
});

test('the server is Vault 1.17 at a port of its own', () => {
  expect(facts.images()['zakupai-vault']).toBe('hashicorp/vault:1.17 127.0.0.1:8210:8200');
});

test('every subject has a secret, supplied by people but for what can be generated', () => {
  expect(facts.secrets()).toEqual({
    ...Object.fromEntries(
      [...SERVICES, 'db-backup'].map((service) => [`zakupai/services/${service}`, 'supplied as a whole']),
    ),
    'zakupai/alerting/telegram': { bot_token: 'supplied', chat_id: 'supplied' },
    'zakupai/backup/b2': { application_key_id: 'supplied', application_key: 'supplied' },
    'zakupai/backup/encryption': { passphrase: 'generated' },
    'zakupai/tools/flowise': 'supplied as a whole',
    'zakupai/tools/n8n': 'supplied as a whole',
    'zakupai/monitoring/grafana': { admin_password: 'generated' },
  });
});

describe('policies', () => {
  const policies = facts.policies();
  const d = (path: string) => `zakupai/data/${path}`;

  test.each(
    Object.entries({
      ...Object.fromEntries(SERVICES.map((service) => [service, { [d(`services/${service}`)]: 'read' }])),
      monitoring: { 'sys/metrics': 'read', 'sys/health': 'read' },
      alertmanager: { [d('alerting/telegram')]: 'read' },
      'db-backup': {
        [d('services/db-backup')]: 'read',
        [d('backup/b2')]: 'read',
        [d('backup/encryption')]: 'read',
      },
      flowise: { [d('tools/flowise')]: 'read' },
      n8n: { [d('tools/n8n')]: 'read' },
      grafana: { [d('monitoring/grafana')]: 'read' },
    }),
  )('%s grants exactly this', (policy, expected) => {
    expect(policies[policy]).toEqual(expected);
  });

  test('the administrator has mount, policies, auth methods and audit', () => {
    expect(policies.admin).toMatchObject({
      [d('*')]: 'create, read, update, delete',
      'sys/mounts/zakupai': 'create, read, update',
      'sys/policies/acl/*': 'create, read, update, list',
      'auth/*': 'create, read, update, delete, list',
      'sys/audit/*': 'create, read, update, sudo',
    });
    expect(Object.keys(policies)).toHaveLength(SERVICES.length + 7);
  });
});

test('no secret is in what is written', () => {
  expect(facts.literalSecrets()).toEqual([]);
  expect(holdsBurntCredential(facts.written)).toBe(false);
  expect(facts.placesOfRootToken()).toHaveLength(3);
});

describe('snapshots', () => {
  test.each(['vault', 'access', 'services'] as const)('the %s stack', (stack) => {
    expect(stackText(facts.stacks[stack])).toMatchSnapshot();
  });

  test('the construct tree', () => {
    expect(Testing.renderConstructTree(facts.app)).toMatchSnapshot();
  });
});
