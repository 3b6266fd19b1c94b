import type { App } from 'cdktf';
import type { Environment } from '../../constructs/environment';
import { type BizosaasInputs, bizosaas } from '../../platforms/bizosaas';
import { PRODUCTION, STAGING } from '../helper';
import { ENVIRONMENTS, PlatformFacts } from './platform-facts';
import { declarationSources, holdsBurntCredential, literalSecrets, placesOfRootToken } from './secrecy';

const facts = new PlatformFacts(bizosaas);

describe.each(ENVIRONMENTS)('the variables in $name', (environment) => {
  const facts = new PlatformFacts(bizosaas, environment);
  const address = { VAULT_ADDR: 'http://bizosaas-vault:8200' };
  const tls = { VAULT_ADDR: 'https://bizosaas-vault:8200', VAULT_CACERT: '/vault/tls/ca.pem' };
  /** Those that every service gets. */
  const vault = (policy: string) => ({
    VAULT_MOUNT_PATH: 'bizosaas',
    ...(environment.isDevelopment
      ? { ...address, VAULT_TOKEN: `token of bizosaas-${policy}` }
      : { ...tls, HOME: '/vault/secrets' }),
  });
  /** Those that every agent gets. */
  const agent = (policy: string) => ({
    HOME: '/tmp',
    ...(environment.isDevelopment
      ? { ...address, VAULT_TOKEN: `token of bizosaas-${policy}` }
      : {
          ...tls,
          ROLE_ID: `bizosaas-${policy}`,
          WRAPPED_SECRET_ID: `wrapped secret-id of bizosaas-${policy}`,
        }),
  });
  const crm = {
    ...vault('django-crm'),
    DJANGO_SETTINGS_MODULE: 'crm_project.settings.production',
    DB_USER: 'postgres',
  };
  const services = {
    'bizosaas-django-crm-8003': crm,
    'bizosaas-celery-worker': crm,
    'bizosaas-celery-beat': crm,
    'bizosaas-brain-unified': vault('brain-gateway'),
    'bizosaas-wagtail-cms-8002': {
      ...vault('wagtail'),
      DJANGO_SETTINGS_MODULE: 'wagtail_cms.settings.production',
    },
    'bizosaas-temporal-unified': vault('temporal'),
    'bizosaas-saleor': vault('saleor'),
    'bizosaas-admin-dashboard-3009': vault('admin-dashboard'),
    'bizosaas-ai-agents': vault('ai-agents'),
  };
  const agents = {
    'bizosaas-postgres-unified-agent': agent('postgres'),
    'bizosaas-temporal-server-agent': agent('temporal-server'),
    ...(environment.isDevelopment
      ? {}
      : {
          'bizosaas-django-crm-8003-agent': agent('django-crm'),
          'bizosaas-celery-worker-agent': agent('django-crm'),
          'bizosaas-celery-beat-agent': agent('django-crm'),
          'bizosaas-brain-unified-agent': agent('brain-gateway'),
          'bizosaas-wagtail-cms-8002-agent': agent('wagtail'),
          'bizosaas-temporal-unified-agent': agent('temporal'),
          'bizosaas-saleor-agent': agent('saleor'),
          'bizosaas-admin-dashboard-3009-agent': agent('admin-dashboard'),
          'bizosaas-ai-agents-agent': agent('ai-agents'),
        }),
  };

  test('are exactly these, and no other container is declared', () => {
    const found = Object.entries(facts.environments()).filter(([name]) => !name.startsWith('bizosaas-vault'));
    expect(Object.fromEntries(found)).toEqual({
      ...services,
      ...agents,
      'bizosaas-postgres-unified': {
        POSTGRES_DB: 'bizosaas',
        POSTGRES_USER: 'postgres',
        POSTGRES_PASSWORD_FILE: '/vault/secrets/password',
      },
      'bizosaas-redis': {},
      'bizosaas-temporal-server': { DB: 'postgres12', DEFAULT_NAMESPACE: 'bizosaas' },
    });
  });

  test.each([
    'http://vault:8200',
    'VAULT_MOUNT_PATH=secret',
    'bizosaas-vault-dev-token-2025',
    'saleor-insecure-temp-key',
    'DB_USER=admin',
  ])('the known wrong value %s is nowhere', (wrong) => {
    expect(facts.written).not.toContain(wrong);
  });
});

test('in development the server is Vault at its known port', () => {
  expect(facts.environments()['bizosaas-vault']).toEqual({
    SKIP_CHOWN: 'true',
    SKIP_SETCAP: 'true',
    VAULT_LOCAL_CONFIG: '{"telemetry":{"prometheus_retention_time":"24h","disable_hostname":true}}',
  });
});

test('outside development the applications are those of one release', () => {
  const release = (inputs: BizosaasInputs) => {
    const declare = (app: App, environment: Environment) => bizosaas(app, environment, inputs);
    const images = Object.entries(new PlatformFacts(declare, STAGING).images());
    return new Set(
      images.filter(([, image]) => /^bizosaas/.test(image)).map(([, image]) => image.split(/[: ]/)[1]),
    );
  };
  expect(release({})).toEqual(new Set(['1.0.0']));
  expect(release({ release: '2.4.1' })).toEqual(new Set(['2.4.1']));
});

test('in production it has three nodes', () => {
  const { vault } = new PlatformFacts(bizosaas, PRODUCTION).platform;
  expect(vault.nodes).toEqual(['bizosaas-vault-1:8200', 'bizosaas-vault-2:8200', 'bizosaas-vault-3:8200']);
});

test('images and ports are those of the platform', () => {
  expect(facts.images()).toMatchObject({
    'bizosaas-vault': 'hashicorp/vault:1.15.0 127.0.0.1:8200:8200',
    'bizosaas-django-crm-8003': 'bizosaas/crm:latest 127.0.0.1:8003:8003',
    'bizosaas-celery-worker': 'bizosaas/crm:latest',
    'bizosaas-celery-beat': 'bizosaas/crm:latest',
    'bizosaas-brain-unified': 'bizosaas/brain-gateway:latest 127.0.0.1:8001:8001',
    'bizosaas-wagtail-cms-8002': 'bizosaas-wagtail-cms:latest 127.0.0.1:8002:4000',
    'bizosaas-temporal-unified': 'bizosaas-temporal:latest 127.0.0.1:8009:8001',
    'bizosaas-admin-dashboard-3009': expect.stringMatching(/ 127\.0\.0\.1:3009:3009$/),
  });
});

test('every fixed secret has every key, and only constants that are no secrets', () => {
  expect(facts.secrets()).toEqual({
    'bizosaas/platform/database': {
      host: '=bizosaas-postgres-unified',
      port: '=5432',
      database: '=bizosaas',
      username: '=postgres',
      password: 'generated',
    },
    'bizosaas/platform/redis-connection': {
      host: '=bizosaas-redis',
      port: '=6379',
      connection_string: '=redis://bizosaas-redis:6379/0',
    },
    'bizosaas/platform/temporal-connection': {
      host: '=temporal',
      port: '=7233',
      namespace: '=bizosaas',
      connection_string: '=temporal:7233',
    },
    'bizosaas/platform/openrouter-api-key': { api_key: 'supplied' },
    'bizosaas/platform/django-crm-secret-key': { secret_key: 'generated' },
    'bizosaas/platform/wagtail-secret-key': { secret_key: 'generated' },
    'bizosaas/platform/saleor-secret-key': { secret_key: 'generated' },
    'bizosaas/platform/temporal-jwt-secret': { secret_key: 'generated' },
    'bizosaas/encryption/api-keys': { master_key: 'generated' },
    'bizosaas/ai-agents/api-keys': 'supplied as a whole',
  });
});

describe('secrets stay out of what is written', () => {
  test('no literal stands where a secret belongs', () => {
    expect(literalSecrets(facts)).toEqual([]);
  });

  test('the development root token is for the server and for Terraform alone', () => {
    expect(placesOfRootToken(facts).sort()).toEqual([
      'access.provider.vault.token',
      'services.provider.vault.token',
      'vault.resource.docker_container.server_container.command',
    ]);
  });

  test('no burnt credential is in a stack or a declaration', () => {
    expect(holdsBurntCredential(facts.written)).toBe(false);
    expect(holdsBurntCredential(declarationSources())).toBe(false);
  });
});
