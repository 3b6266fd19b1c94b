import { zakupai } from '../../platforms/zakupai';
import { container, variables } from '../constructs/synthesized';
import { ENVIRONMENTS, PlatformFacts } from './platform-facts';
import { holdsBurntCredential, literalSecrets, placesOfRootToken } from './secrecy';

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

describe.each(ENVIRONMENTS)('the variables in $name', (environment) => {
  const vault = environment.isDevelopment
    ? { VAULT_ADDR: 'http://zakupai-vault:8200' }
    : { VAULT_ADDR: 'https://zakupai-vault:8200', VAULT_CACERT: '/vault/tls/ca.pem' };
  // Its development server keeps its data too, so nothing has a token in a variable anywhere.
  const agent = (policy: string) => ({
    ...vault,
    HOME: '/tmp',
    ROLE_ID: policy,
    WRAPPED_SECRET_ID: `wrapped secret-id of ${policy}`,
  });

  test('are exactly these, and no other container is declared', () => {
    const found = Object.entries(new PlatformFacts(zakupai, environment).environments());
    expect(Object.fromEntries(found.filter(([name]) => !name.startsWith('zakupai-vault')))).toEqual({
      ...Object.fromEntries(
        SERVICES.flatMap((service) => [
          [`zakupai-${service}`, { ...vault, VAULT_TOKEN_FILE: '/vault/secrets/token' }],
          [`zakupai-${service}-agent`, agent(service)],
        ]),
      ),
      'zakupai-prometheus': {},
      'zakupai-prometheus-agent': agent('monitoring'),
      'zakupai-alertmanager': {},
      'zakupai-alertmanager-agent': agent('alertmanager'),
      'zakupai-db-backup': {},
      'zakupai-db-backup-agent': agent('db-backup'),
      'zakupai-flowise': { LOG_PATH: '/tmp/logs', APIKEY_PATH: '/home/node', SECRETKEY_PATH: '/home/node' },
      'zakupai-flowise-agent': agent('flowise'),
      'zakupai-n8n': {},
      'zakupai-n8n-agent': agent('n8n'),
      'zakupai-grafana': { GF_SECURITY_ADMIN_PASSWORD__FILE: '/vault/secrets/admin-password' },
      'zakupai-grafana-agent': agent('grafana'),
    });
  });
});

describe.each(ENVIRONMENTS)('what is watched in $name', (environment) => {
  const { platform } = new PlatformFacts(zakupai, environment);
  const { AGENT_CONFIGURATION = '' } = variables(platform, 'zakupai-prometheus-agent');
  const scraped = JSON.parse(/contents += (".*")/.exec(AGENT_CONFIGURATION)?.[1] ?? '""') as string;

  test('the server is scraped with the identity that may, by TLS where it speaks it', () => {
    expect(scraped).toContain('  - job_name: vault\n');
    expect(scraped).toContain('credentials_file: /vault/secrets/token\n');
    expect(scraped).toContain('targets: ["zakupai-vault:8200"]\n');
    const tls = '    scheme: https\n    tls_config:\n      ca_file: /vault/tls/ca.pem\n';
    if (environment.isDevelopment) expect(scraped).not.toContain('https');
    else expect(scraped).toContain(tls);
  });

  test('business metrics are on port 9102, under the job of the platform', () => {
    expect(scraped).toContain('  - job_name: risk-engine-business\n');
    expect(scraped).toContain('targets: ["zakupai-risk-engine:9102"]\n');
    expect(container(platform, 'zakupai-risk-engine').ports).toContainEqual({
      internal: 9102,
      external: 9102,
      ip: '127.0.0.1',
    });
  });
});

describe('the token file', () => {
  test('is mounted from memory, read-only, and the group of the service may read it', () => {
    const { docker_container: all, docker_volume: volumes } = facts.stacks.services.resource;
    const web = Object.values(all ?? {}).find(({ name }) => name === 'zakupai-web');
    expect(web).toMatchObject({
      user: '1000:1000',
      volumes: [{ container_path: '/vault/secrets', read_only: true, volume_name: 'zakupai-web-secrets' }],
    });
    expect(Object.values(volumes ?? {}).find(({ name }) => name === 'zakupai-web-secrets')).toMatchObject({
      driver_opts: { type: 'tmpfs', o: 'size=1m,mode=0750,uid=100,gid=1000,noexec,nosuid,nodev' },
    });
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

test('no secret is in what is written', () => {
  expect(literalSecrets(facts)).toEqual([]);
  expect(holdsBurntCredential(facts.written)).toBe(false);
  // Not even in development: its server is initialised and unsealed by people.
  expect(placesOfRootToken(facts)).toEqual([]);
});
