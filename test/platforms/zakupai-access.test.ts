import { type AccessExpectation, expectAccess } from '../../access/expect-access';
import { zakupai } from '../../platforms/zakupai';
import { KV_VERBS } from '../../policies/kv-access';
import { testApp } from '../helper';
import { ENVIRONMENTS } from './platform-facts';

const mount = { path: 'zakupai' };
const secret = (path: string) => ({ mount, path });
const EVERYTHING = { mount, pattern: '*' };

/** Each had a `.env` file of its own. */
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

/** Programs that know no Vault: their agents render what they read. */
const PROGRAMS = {
  alertmanager: ['alerting/telegram'],
  'db-backup': ['services/db-backup', 'backup/b2', 'backup/encryption'],
  flowise: ['tools/flowise'],
  n8n: ['tools/n8n'],
  grafana: ['monitoring/grafana'],
};

const READERS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(SERVICES.map((service) => [service, [`services/${service}`]])),
  ...PROGRAMS,
};

describe.each(ENVIRONMENTS)('who can reach what in $name', (environment) => {
  let access: AccessExpectation;
  beforeAll(() => {
    access = expectAccess(zakupai(testApp(), environment).stacks);
  });

  test('nobody else gets a token', () => {
    expect([...access.identities].sort()).toEqual([...Object.keys(READERS), 'monitoring', 'admin'].sort());
  });

  test.each(Object.entries(READERS))(
    '%s reads its own secrets, and reaches nothing else',
    (name, secrets) => {
      const identity = access.identity(name);
      for (const path of secrets) identity.can('read', secret(path));
      identity.cannotReachAnythingElse();
    },
  );

  test('no secret has a second reader, but the administrator', () => {
    for (const [owner, secrets] of Object.entries(READERS)) {
      for (const other of access.identities.filter((name) => name !== owner && name !== 'admin')) {
        for (const path of secrets) access.identity(other).cannot(KV_VERBS, secret(path));
      }
    }
  });

  test('nobody but the administrator writes a secret, or sees which there are', () => {
    for (const name of access.identities.filter((one) => one !== 'admin')) {
      access
        .identity(name)
        .cannot(['write', 'rotate', 'delete', 'destroy', 'list', 'inspect'], EVERYTHING)
        .cannot('list', 'zakupai/metadata');
    }
  });

  test('monitoring reads metrics and health, and no secret', () => {
    access
      .identity('monitoring')
      .can('read', 'sys/metrics')
      .can('read', 'sys/health')
      .cannot(KV_VERBS, EVERYTHING)
      .cannotReachAnythingElse();
  });

  test('the administrator has mount, policies, auth methods and audit, and cannot disable the audit', () => {
    access
      .identity('admin')
      .can(KV_VERBS, EVERYTHING)
      .can(['create', 'read', 'update'], 'sys/mounts/zakupai')
      .can(['read', 'update'], 'sys/mounts/zakupai/tune')
      .can(['create', 'read', 'update', 'list'], 'sys/policies/acl/*')
      .can('read', 'sys/auth')
      .can(['create', 'read', 'update', 'delete'], 'sys/auth/*')
      .can(['create', 'read', 'update', 'delete', 'list'], 'auth/*')
      .can('read', 'sys/audit')
      .can(['create', 'read', 'update'], 'sys/audit/*')
      .cannot('delete', 'sys/audit/*')
      .cannotReachAnythingElse();
  });
});
