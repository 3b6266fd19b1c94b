import { loadPolicyParser } from '../../policies/policy-text';
import { unreadSecretsOf } from '../../review/told-secrets';
import { type DeclaredWiring, declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

const unread = (declared: DeclaredWiring) =>
  unreadSecretsOf(declaredWiring(declared)).map(({ where, text, because, nearest, identity }) => [
    where,
    text,
    because,
    nearest ?? identity,
  ]);

test('what is read is told by nobody', () => {
  expect(unread({})).toEqual([]);
});

test('what is mistyped is unknown, and what is another one is refused', () => {
  const env = { DB_SECRET_PATH: 'kv/crm/databese', MAIL_SECRET_PATH: 'kv/mail/smtp' };
  expect(unread({ env })).toEqual([
    ["'DB_SECRET_PATH'", 'kv/crm/databese', 'unknown', 'kv/crm/database'],
    ["'MAIL_SECRET_PATH'", 'kv/mail/smtp', 'refused', "role 'crm'"],
  ]);
});

test('an engine of version 1 has no part of the API in its paths', () => {
  const resource = {
    vault_mount: { kv: { path: 'kv', type: 'kv', options: { version: '1' } } },
    vault_kv_secret_v2: {},
    vault_kv_secret: { database: { path: 'kv/crm/database' } },
    vault_policy: {
      crm: { name: 'crm', policy: 'path "kv/crm/database" {\n  capabilities = ["read"]\n}\n' },
    },
  };
  const agentConfiguration = 'auto_auth {\n}\n';
  expect(unread({ resource, agentConfiguration })).toEqual([]);
  expect(
    unread({ resource, agentConfiguration, env: { DB_SECRET_PATH: 'kv/data/crm/database' } }),
  ).toHaveLength(1);
});

test('hundreds of secrets in one folder are not compared', () => {
  const declared = (count: number): DeclaredWiring => ({
    env: { DB_SECRET_PATH: 'kv/crm/databese' },
    resource: {
      vault_kv_secret_v2: {
        database: { mount: 'kv', name: 'crm/database' },
        more: { count, mount: 'kv', name: 'crm/x${count.index}' },
      },
    },
  });
  expect(unread(declared(100)).map(([, , because]) => because)).toEqual(['unknown']);
  expect(unread(declared(400)).map(([, , because]) => because)).toEqual(['refused']);
});

test.each(['kv/crm/databese/old', 'kv/crw/databese', 'kv/crm/database-2'])(
  '%s is another secret and no mistyped one',
  (DB_SECRET_PATH) => {
    expect(unread({ env: { DB_SECRET_PATH } }).map(([, , because]) => because)).toEqual(['refused']);
  },
);
