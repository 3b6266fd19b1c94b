import { type AccessExpectation, expectAccess } from '../../access/expect-access';
import { bizosaas } from '../../platforms/bizosaas';
import { KV_VERBS } from '../../policies/kv-access';
import { testApp } from '../helper';
import { ENVIRONMENTS } from './platform-facts';

const mount = { path: 'bizosaas' };
const secret = (path: string) => ({ mount, path });
const tree = (path: string) => ({ mount, pattern: `${path}/*` });

const DATABASE = secret('platform/database');
const REDIS = secret('platform/redis-connection');
const MASTER_KEY = secret('encryption/api-keys');
const PLATFORM = tree('platform');
const TENANTS = tree('tenants');
const KEYS_OF_TENANTS = tree('tenants/+/api-keys');

/** Who reads what and does nothing else. */
const READERS = {
  'django-crm': [DATABASE, REDIS, secret('platform/django-crm-secret-key')],
  wagtail: [DATABASE, REDIS, secret('platform/wagtail-secret-key')],
  temporal: [
    DATABASE,
    REDIS,
    secret('platform/temporal-connection'),
    secret('platform/temporal-jwt-secret'),
    tree('integrations'),
  ],
  saleor: [secret('platform/saleor-secret-key')],
  'ai-agents': [secret('ai-agents/api-keys')],
  // Their agents render the password for them.
  postgres: [DATABASE],
  'temporal-server': [DATABASE],
};

const TENANT = 'tenant-test-tenant-001';

describe.each(ENVIRONMENTS)('who can reach what in $name', (environment) => {
  let access: AccessExpectation;
  beforeAll(() => {
    access = expectAccess(bizosaas(testApp(), environment).stacks);
  });

  test('nobody else gets a token', () => {
    expect([...access.identities].sort()).toEqual(
      [
        ...Object.keys(READERS),
        ...['brain-gateway', 'admin-dashboard', 'operator', 'metrics', 'backup', TENANT],
      ].sort(),
    );
  });

  test.each(Object.entries(READERS))(
    '%s reads its own secrets, and reaches nothing else',
    (name, secrets) => {
      const identity = access.identity(name);
      for (const one of secrets) identity.can('read', one);
      identity.cannotReachAnythingElse();
    },
  );

  test('no service reads the secret key of another', () => {
    const owners = {
      'django-crm-secret-key': 'django-crm',
      'wagtail-secret-key': 'wagtail',
      'saleor-secret-key': 'saleor',
      'temporal-jwt-secret': 'temporal',
    };
    for (const [key, owner] of Object.entries(owners)) {
      for (const other of [...Object.keys(READERS), 'admin-dashboard', TENANT]) {
        const identity = access.identity(other);
        if (other === owner) identity.can('read', secret(`platform/${key}`));
        else identity.cannot('read', secret(`platform/${key}`));
      }
    }
  });

  test('the gateway reads all secrets of the platform, keeps the master key, and manages the keys of all tenants', () => {
    access
      .identity('brain-gateway')
      .can(['read', 'list'], PLATFORM)
      .can(['read', 'write'], MASTER_KEY)
      .can(['read', 'write', 'delete'], KEYS_OF_TENANTS)
      .can(['list', 'inspect', 'destroy'], TENANTS)
      .cannotReachAnythingElse();
  });

  test('the gateway changes no secret of the platform', () => {
    access.identity('brain-gateway').cannot(['write', 'rotate', 'delete', 'destroy', 'inspect'], PLATFORM);
  });

  test('the dashboard shows names and rotates, and sees no value', () => {
    access
      .identity('admin-dashboard')
      .can(['list', 'inspect', 'rotate'], PLATFORM)
      .can('list', TENANTS)
      .cannot('read', { mount, pattern: '*' })
      .cannot(['create', 'delete'], 'bizosaas/data/*')
      .cannotReachAnythingElse();
  });

  test('a token of a tenant reads and writes the keys of this tenant, and reaches nothing else', () => {
    access
      .identity(TENANT)
      .can(['read', 'write'], tree('tenants/test-tenant-001/api-keys'))
      .cannotReachAnythingElse();
  });

  test('a token of a tenant reaches no other tenant, whatever that is called, nor the list of them', () => {
    const identity = access.identity(TENANT);
    // Names that begin like it, that it begins like, of other cases, with wildcards, and none at all.
    for (const other of [
      'other',
      'test-tenant-002',
      'test-tenant-0011',
      'test-tenant-00',
      'TEST-TENANT-001',
      'test-tenant-001/other',
      '',
      '.',
    ]) {
      identity.cannot(KV_VERBS, tree(`tenants/${other}/api-keys`));
    }
    identity
      .cannot(['list', 'inspect', 'delete', 'destroy'], TENANTS)
      .cannot('list', 'bizosaas/metadata/tenants')
      .cannot(KV_VERBS, secret('tenants/test-tenant-001'))
      .cannot(KV_VERBS, tree('tenants/test-tenant-001/other'))
      .cannot(KV_VERBS, PLATFORM)
      .cannot(KV_VERBS, MASTER_KEY);
  });

  test('the keys of a tenant are read by the tenant, the gateway and the operator alone', () => {
    const keys = tree('tenants/test-tenant-001/api-keys');
    const readers = [TENANT, 'brain-gateway', 'operator'];
    for (const name of readers) access.identity(name).can('read', keys);
    for (const name of access.identities.filter((one) => !readers.includes(one))) {
      access.identity(name).cannot(['read', 'write', 'rotate', 'delete', 'destroy'], KEYS_OF_TENANTS);
    }
  });

  test('the operator replaces root for this mount, policies, auth methods and audit', () => {
    access
      .identity('operator')
      .can(KV_VERBS, { mount, pattern: '*' })
      .can(['create', 'read', 'update'], 'sys/mounts/bizosaas')
      .can(['read', 'update'], 'sys/mounts/bizosaas/tune')
      .can(['create', 'read', 'update', 'list'], 'sys/policies/acl/bizosaas-*')
      .can('read', 'sys/auth')
      .can(['create', 'read', 'update', 'delete'], 'sys/auth/*')
      .can(['create', 'read', 'update', 'delete', 'list'], 'auth/*')
      .can('read', 'sys/audit')
      .can(['create', 'read', 'update'], 'sys/audit/*')
      .cannotReachAnythingElse();
  });

  test('the operator cannot hide: no audit device is disabled, and nothing is sealed', () => {
    access
      .identity('operator')
      .cannot('delete', 'sys/audit/*')
      .cannot(['read', 'update'], 'sys/raw/*')
      .cannot('update', 'sys/seal');
  });

  test('metrics and backup have one path each', () => {
    access.identity('metrics').can('read', 'sys/metrics').cannotReachAnythingElse();
    access.identity('backup').can('read', 'sys/storage/raft/snapshot').cannotReachAnythingElse();
  });
});

test('of two tenants neither reaches the other', () => {
  const platform = bizosaas(testApp(), ENVIRONMENTS[0], { tenants: ['acme', 'acme-2'] });
  const access = expectAccess(platform.stacks);
  for (const [own, other] of [
    ['acme', 'acme-2'],
    ['acme-2', 'acme'],
  ]) {
    access
      .identity(`tenant-${own}`)
      .can(['read', 'write'], tree(`tenants/${own}/api-keys`))
      .cannot(KV_VERBS, tree(`tenants/${other}`))
      .cannotReachAnythingElse();
  }
});
